import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Status of /health/ready; 0 where nobody answers. */
const readiness = async (url: string): Promise<number> =>
  (await fetch(`${url}/health/ready`).catch(() => null))?.status ?? 0;

describe('npm run distributed', () => {
  it('starts servers and each service for itself, and ends all of them on Ctrl-C', async () => {
    const child = spawn(
      process.execPath,
      [
        ...['--import', join(ROOT, 'libs/tooling/source.mjs')],
        join(ROOT, 'libs/tooling/src/distributed/main.ts'),
      ],
      { cwd: ROOT, env: { ...process.env } },
    );
    const ended = once(child, 'exit');
    let said = '';
    const ready = new Promise<string>((found) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const [, addresses] = /export SHOUWEN_URL='([^']+)'/.exec(said) ?? [];
          if (addresses) found(addresses);
        });
    });
    const failed = ended.then(() => Promise.reject(new Error(said)));
    failed.catch(() => undefined);
    const addresses = await Promise.race([ready, failed]);
    const urls = addresses.split(',').map((one) => one.split('=')[1]!);
    expect(addresses.split(',').map((one) => one.split('=')[0])).toEqual([
      ...['dispatch', 'intake', 'notifications', 'audit'],
    ]);
    expect(await Promise.all(urls.map(readiness))).toEqual([200, 200, 200, 200]);
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await Promise.all(urls.map(readiness))).toEqual([0, 0, 0, 0]);
  });
});
