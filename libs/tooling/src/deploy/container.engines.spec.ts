import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trialRuntime, type TrialRuntime } from '@shouwen/engines-local/trial';
import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { freePort } from '../demo/child.js';
import { makeTrialRoot, TRIAL_BASE } from '../../test/trial-base.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const IMAGE = 'localhost/shouwen-trial:latest';

let runtime: TrialRuntime;
beforeAll(async () => {
  runtime = await trialRuntime();
  process.stderr.write(`containers: ${runtime.says}\n`);
});
afterAll(() => runtime.end());

/** Builds as `docker build` does; throws with what the build said where it fails. */
async function build(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-context-'));
  try {
    const archive = join(folder, 'context.tar');
    const parts = ['package.json', 'package-lock.json', 'LICENSE', 'libs', 'services', 'deploy'];
    execFileSync('tar', ['-cf', archive, '--exclude=node_modules', '-C', ROOT, ...parts]);
    const { dockerode } = (await getContainerRuntimeClient()).container;
    const stream = await dockerode.buildImage(archive, {
      ...{ t: IMAGE, dockerfile: 'deploy/image/Dockerfile', networkmode: 'host' },
      buildargs: { BASE: TRIAL_BASE },
      // Podman alone knows this: steps are not kept, each of which would be a copy of everything before it.
      ...{ layers: false },
    });
    let said = '';
    for await (const chunk of stream) said += String(chunk);
    if (said.includes('"error"')) throw new Error(said.slice(-3_000));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the image, where a container runtime answers', () => {
  it('is built on a base of our choice, starts as nobody, and stops in order', async () => {
    if (!runtime.answers) {
      // Then there must truly be none; what the stages do is tested without one beside this.
      expect(spawnSync('docker', ['info']).status).not.toBe(0);
      return;
    }
    await makeTrialRoot();
    await build();
    const port = await freePort();
    const container = await new GenericContainer(IMAGE)
      .withNetworkMode('host')
      .withEnvironment({ PORT: String(port), HOST: '127.0.0.1' })
      .withWaitStrategy(Wait.forLogMessage(/ready on/))
      .start();
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`);
      expect(answer.status).toBe(200);
      const who = await container.exec([
        'node',
        '-e',
        'process.stdout.write(String(process.getuid()))',
      ]);
      expect(who.output).toContain('10001');
    } finally {
      await container.stop();
    }
  }, 900_000);
});
