import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSettingsOf, fileStoreOf } from './file-settings.js';
import { Mistakes } from './mistakes.js';

const directory = mkdtempSync(join(tmpdir(), 'shouwen-file-settings-'));
const keyFile = join(directory, 'secret-key');
writeFileSync(keyFile, 'from a file\n');
afterAll(() => rmSync(directory, { recursive: true }));

const S3 = {
  FILES: 's3',
  S3_ENDPOINT: 'https://minio.example:9000',
  S3_BUCKET: 'files',
  S3_ACCESS_KEY: 'access',
  S3_SECRET_KEY: 'secret',
};

const settingsOf = (env: Record<string, string>, isOnServers = false) => {
  const mistakes = new Mistakes();
  const settings = fileSettingsOf(env, mistakes, isOnServers);
  mistakes.refuse();
  return settings;
};

const sentenceOf = (env: Record<string, string>, isOnServers = false): string => {
  try {
    settingsOf(env, isOnServers);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the settings of files', () => {
  it('leave them with the engine', async () => {
    for (const isOnServers of [true, false]) {
      const own = { FILES: isOnServers ? 'mongodb' : 'directory' };
      expect(settingsOf({}, isOnServers)).toEqual({});
      expect(settingsOf(own, isOnServers)).toEqual({});
      expect(await fileStoreOf({}, directory)).toBe(undefined);
    }
  });

  it('keep them in a directory that processes on servers share', async () => {
    const settings = settingsOf({ FILES: 'directory' }, true);
    expect(settings).toEqual({ files: { in: 'directory' } });
    const store = await fileStoreOf(settings, directory);
    expect(store!.name).toBe(`the folder ${join(directory, 'files')}`);
  });

  it('name a bucket of S3, at an address or at Amazon', async () => {
    const s3 = { bucket: 'files', accessKey: 'access', secretKey: 'secret' };
    const settings = settingsOf(S3);
    expect(settings.files).toEqual({
      in: 's3',
      s3: { ...s3, endpoint: S3.S3_ENDPOINT, region: 'us-east-1' },
    });
    expect((await fileStoreOf(settings, directory))!.name).toBe(
      'the bucket files at minio.example:9000',
    );
    const { S3_SECRET_KEY: _key, S3_ENDPOINT: _endpoint, ...rest } = S3;
    const more = { S3_SECRET_KEY_FILE: keyFile, S3_REGION: 'eu-central-1', S3_PREFIX: 'city/a' };
    const amazon = settingsOf({ ...rest, ...more }, true);
    expect(amazon.files).toEqual({
      in: 's3',
      s3: { ...s3, secretKey: 'from a file', region: 'eu-central-1', prefix: 'city/a/' },
    });
    expect((await fileStoreOf(amazon, directory))!.name).toBe(
      'the bucket files at files.s3.eu-central-1.amazonaws.com',
    );
    expect(settingsOf({ ...S3, S3_STYLE: 'host' }).files).toMatchObject({
      s3: { isPathStyle: false },
    });
  });

  it.each([
    ['a place that is none', { FILES: 'nfs' }, 'FILES must be directory, mongodb, s3; it is nfs.'],
    ['MongoDB without one', { FILES: 'mongodb' }, 'MONGO_URL, which would say where that is'],
    ['a bucket that is not used', { S3_BUCKET: 'files' }, 'S3_BUCKET is set, and files are kept'],
    ['no bucket', { ...S3, S3_BUCKET: '' }, 'S3_BUCKET is missing'],
    ['a bucket that is none', { ...S3, S3_BUCKET: 'A b' }, 'S3_BUCKET must be 3 to 63'],
    ['no region and no address', { ...S3, S3_ENDPOINT: '' }, 'S3_REGION is missing'],
    ['a region that is none', { ...S3, S3_REGION: 'up/there' }, 'S3_REGION must be a name'],
    ['an address that is none', { ...S3, S3_ENDPOINT: 'minio:9000' }, 'S3_ENDPOINT must be'],
    ['an address with a password', { ...S3, S3_ENDPOINT: 'http://a:b@c' }, 'S3_ENDPOINT must be'],
    ['a style that is none', { ...S3, S3_STYLE: 'virtual' }, 'S3_STYLE must be path or host'],
    ['a prefix that leads away', { ...S3, S3_PREFIX: '../a' }, 'S3_PREFIX must be'],
    ['no access key', { ...S3, S3_ACCESS_KEY: '' }, 'S3_ACCESS_KEY is missing'],
    ['no secret key', { ...S3, S3_SECRET_KEY: '' }, 'S3_SECRET_KEY is missing'],
    ['a secret said twice', { ...S3, S3_SECRET_KEY_FILE: keyFile }, 'not both'],
  ])('are refused with %s in a sentence', (_what, env, sentence) => {
    expect(sentenceOf(env)).toContain(sentence);
  });

  it('are refused with all that is wrong at once', () => {
    expect(sentenceOf({ FILES: 's3' }).split('\n')).toHaveLength(4);
  });
});
