// Helm and the checker of manifests are built from their published modules, and schemas come out of such modules, so
// that neither an installer nor a web site has to be reached. The Go module proxy holds every version for ever.
import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const PROGRAMS = {
  helm: 'helm.sh/helm/v3/cmd/helm@v3.22.0',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
} as const;

const cache = () => process.env['SHOUWEN_ENGINES'] ?? join(ROOT, '.cache/engines');

/** The program's path: cache, PATH, else built into the cache, where nobody sees it half done. */
export function program(name: keyof typeof PROGRAMS): string {
  const cached = join(cache(), name);
  const there = existsSync(cached) ? cached : onPath(name);
  if (there) return there;
  mkdirSync(cache(), { recursive: true });
  const workshop = mkdtempSync(join(cache(), 'building-'));
  try {
    process.stderr.write(`${name} is being built from ${PROGRAMS[name]}, once\n`);
    go(['install', PROGRAMS[name]], { GOBIN: workshop });
    renameSync(join(workshop, name), cached);
    return cached;
  } catch (error) {
    throw missing(name, error, [`GOBIN="$PWD/.cache/engines" go install ${PROGRAMS[name]}`]);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** The folder of a module's files, `path@version`. */
export function moduleFolder(module: string): string {
  try {
    const { Dir } = JSON.parse(go(['mod', 'download', '-json', module])) as { Dir: string };
    return Dir;
  } catch (error) {
    throw missing(module, error, [`go mod download ${module}`]);
  }
}

/** Away from the repository, which is no Go module and must not become one. */
const go = (args: readonly string[], env: Record<string, string> = {}): string =>
  execFileSync('go', args, {
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const onPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function missing(what: string, error: unknown, commands: readonly string[]): Error {
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = [
    'Go 1.24 or newer is needed: apt-get install golang, or https://go.dev/dl',
    ...commands,
  ];
  return new Error(
    `${what} cannot be had: ${(stderr ?? message).trim()}\nWhat helps, at the root of the repository:\n` +
      lines.map((line) => `  ${line}`).join('\n'),
    { cause: error },
  );
}
