// A base for the image, made of the programs of this machine, for machines that reach no registry of images.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { getContainerRuntimeClient } from 'testcontainers';

/** Always the latest: Podman gives no other tag to what it imports. */
export const TRIAL_BASE = 'localhost/shouwen-trial-base:latest';

const PROGRAMS = ['sh', 'cp', 'rm', 'mkdir', 'env'];
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** A root with Node.js, npm and a shell, and the certificates by which this machine knows the registry of packages. */
export async function makeTrialRoot(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-base-'));
  try {
    const root = join(folder, 'root');
    gather(root);
    const archive = join(folder, 'root.tar');
    execFileSync('tar', ['-cf', archive, '-C', root, '.']);
    const [repo, tag] = TRIAL_BASE.split(':') as [string, string];
    const { dockerode } = (await getContainerRuntimeClient()).container;
    const changes = [`ENV NODE_EXTRA_CA_CERTS=${CERTIFICATES}`, 'ENV PATH=/usr/bin:/bin'];
    const answer = await dockerode.importImage(archive, { repo, tag, changes });
    answer.resume();
    await finished(answer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function gather(root: string): void {
  const place = (path: string, from: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(realpathSync(from), join(root, path), { recursive: true });
  };
  for (const name of PROGRAMS) place(`bin/${name}`, which(name));
  place('usr/bin/node', process.execPath);
  place('usr/lib/npm', dirname(dirname(realpathSync(which('npm')))));
  const npm = '#!/bin/sh\nexec /usr/bin/node /usr/lib/npm/bin/npm-cli.js "$@"\n';
  writeFileSync(join(root, 'usr/bin/npm'), npm, { mode: 0o755 });
  for (const path of [CERTIFICATES, '/etc/passwd', '/etc/group']) place(path, path);
  mkdirSync(join(root, 'tmp'));
  const linked = [...PROGRAMS.map(which), process.execPath, compiler()];
  for (const library of new Set(linked.flatMap(librariesOf))) place(library, library);
}

const which = (name: string): string => execFileSync('which', [name], { encoding: 'utf8' }).trim();

/** What compiles the sources is native, too. */
const compiler = (): string =>
  execFileSync('find', ['-L', 'node_modules/@swc', '-name', '*.node'], { encoding: 'utf8' })
    .split('\n')
    .find((path) => path.endsWith('linux-x64-gnu.node') || path.endsWith('linux-arm64-gnu.node'))!;

const librariesOf = (program: string): string[] =>
  [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(
    ([, path]) => path!,
  );
