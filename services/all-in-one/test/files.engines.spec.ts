import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3, type S3Address } from '@shouwen/engines-local';
import { finished, freePort, killAll, node, Platform } from './child.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-files-'));
let store: S3Address;
let env: Record<string, string>;

beforeAll(async () => {
  store = await s3();
  env = {
    ...{ ADMIN_PASSWORD: 'correct horse', DATA_DIR: work, FILES: 's3', S3_PREFIX: 'files-spec' },
    ...{ S3_ENDPOINT: store.endpoint, S3_BUCKET: store.bucket, S3_REGION: store.region },
    ...{ S3_ACCESS_KEY: store.accessKey, S3_SECRET_KEY: store.secretKey },
  };
});
afterAll(async () => {
  killAll();
  await store.end();
  rmSync(work, { recursive: true, force: true });
});

const attempt = (wrong: Record<string, string>) =>
  finished(node('services/all-in-one/src/main.ts', [], { ...env, PORT: '0', ...wrong }));

describe('files in a bucket of S3, chosen by the environment', () => {
  it('are proved at the start, which is refused in a sentence where they cannot be kept', async () => {
    const { code, said } = await attempt({ S3_BUCKET: 'nowhere' });
    expect(code).toBe(1);
    expect(said).toMatch(
      /^Files cannot be kept: the bucket nowhere at \S+ refuses: .*NoSuchBucket/,
    );
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  it('keep nobody from starting where they can', async () => {
    const platform = new Platform(await freePort(), [], env);
    await platform.start();
    await platform.stop();
    expect(platform.said).toContain('is ready on');
  });
});
