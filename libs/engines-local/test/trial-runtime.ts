import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../src/until.js';
import { watch } from '../src/watch.js';

export interface TrialRuntime {
  readonly answers: boolean;
  /** Why none answers, or which one does. */
  readonly says: string;
  end(): Promise<void>;
}

const nothing = async () => undefined;

/** The container runtime of this machine; where none runs and Podman is installed, one of the trial's own. */
export async function trialRuntime(): Promise<TrialRuntime> {
  const reason = whyNot();
  if (!reason) return { answers: true, says: 'the runtime of this machine', end: nothing };
  if (spawnSync('podman', ['--version']).status !== 0)
    return { answers: false, says: `${reason}; Podman is not installed`, end: nothing };
  const end = await startPodman();
  const stillNot = whyNot();
  if (!stillNot) return { answers: true, says: 'a Podman of the trial', end };
  await end();
  return { answers: false, says: `${stillNot}, also after starting Podman`, end: nothing };
}

const PROBE = `import('testcontainers')
  .then((found) => (found.default ?? found).getContainerRuntimeClient())
  .then(() => process.exit(0), (error) => { process.stderr.write(error.message); process.exit(1); });`;

/** Asked in a process of its own, for testcontainers remembers which runtime it looked for first. */
function whyNot(): string | null {
  const { status, stderr } = spawnSync(process.execPath, ['--eval', PROBE], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    // Jest gives specs a copy; children would see the original.
    env: { ...process.env },
  });
  return status === 0 ? null : stderr;
}

/** With its own images and settings that also hold inside a sandbox, so that nothing of the machine changes. */
async function startPodman(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-podman-'));
  const crossOut = watch({ kind: 'folder', of: folder });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const socket = join(folder, 'podman.sock');
  const env = {
    ...process.env,
    CONTAINERS_CONF: file('containers.conf', containersConf()),
    CONTAINERS_STORAGE_CONF: file(
      'storage.conf',
      `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/images"\nrunroot = "${folder}/run"\n`,
    ),
  };
  const args = ['system', 'service', '--time=0', `unix://${socket}`];
  const service = spawn('podman', args, { env, stdio: 'ignore' });
  const forget = watch({ kind: 'process', of: service.pid! });
  await until('Podman listens', async () => existsSync(socket) || service.exitCode !== null);
  process.env['DOCKER_HOST'] = `unix://${socket}`;
  return async () => {
    delete process.env['DOCKER_HOST'];
    const gone = once(service, 'exit');
    service.kill('SIGTERM');
    if (service.exitCode === null) await gone;
    forget();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    crossOut();
  };
}

function containersConf(): string {
  const runtime = spawnSync('runc', ['--version']).status === 0 ? 'runtime = "runc"\n' : '';
  return (
    '[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\n' +
    // Else what was run in a container is remembered, by two processes each, for five minutes.
    `[engine]\nexit_command_delay = 30\ncgroup_manager = "cgroupfs"\n${runtime}`
  );
}
