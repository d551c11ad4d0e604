import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isFree } from '../src/ports.js';
import { until } from '../src/until.js';

const LOADER = new URL('../../tooling/source.mjs', import.meta.url).href;
const PARENT = fileURLToPath(new URL('./parent.ts', import.meta.url));

interface Started {
  readonly origin: string;
  readonly url: string;
  readonly folder: string;
}

/** Starts a server from a process of its own and kills that process without a warning. */
export async function parentThatIsKilled() {
  const parent = spawn(process.execPath, ['--import', LOADER, PARENT], {
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const started = JSON.parse(line) as Started;
  const port = Number(/:(\d+)\//.exec(started.url)![1]);
  const didListen = !(await isFree(port));
  const gone = once(parent, 'exit');
  parent.kill('SIGKILL');
  await gone;
  const isGone = () => until('the server is gone', async () => didListen && isFree(port), 30);
  return { ...started, isGone };
}
