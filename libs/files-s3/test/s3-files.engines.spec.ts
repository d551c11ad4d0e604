import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused, SealedFiles, Unavailable, placeOf } from '@shouwen/engine';
import { fileContract, fileStoreContract } from '@shouwen/engine/contract/files';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { ownS3, s3, type S3Address } from '@shouwen/engines-local';
import { S3Files, type S3Options } from '../src/index.js';

let server: S3Address;
beforeAll(async () => {
  server = await s3();
});
afterAll(() => server.end());

const storeOf = (options: Partial<S3Options> = {}) =>
  new S3Files({ ...server, prefix: `${randomUUID()}/`, ...options });

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('a bucket of S3 keeps sealed files', () => {
  fileStoreContract(async () => storeOf());
});

describe('an engine with its files in S3', () => {
  const prefixes = new Map<string, string>();
  fileContract(({ directory, from }) => {
    const prefix = prefixes.get(directory) ?? `${randomUUID()}/`;
    prefixes.set(directory, prefix);
    return openEmbeddedEngine({ directory, training: { from }, files: storeOf({ prefix }) });
  });
});

describe('a store that speaks S3', () => {
  const place = placeOf({ tenant: 'main', subject: 'person-1', id: 'photo-1' });
  const directory = mkdtempSync(join(tmpdir(), 'shouwen-s3-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('is asked for one page of a list after the other', async () => {
    const store = storeOf({ page: 7 });
    const places = Array.from({ length: 21 }, (_, i) =>
      placeOf({ tenant: 'main', subject: 'person-1', id: String(i) }),
    ).sort();
    await Promise.all(places.map((each) => store.put(each, once('x'), 1)));
    const listed: string[] = [];
    for await (const each of store.list()) listed.push(each);
    expect(listed).toEqual(places);
  });

  it('is Unavailable, and no file missing, where it does not know us or the bucket', async () => {
    const cases: [Partial<S3Options>, RegExp][] = [
      [{ secretKey: 'wrong' }, /SignatureDoesNotMatch/],
      [{ accessKey: 'nobody' }, /InvalidAccessKeyId|UserNotFound/],
      [{ bucket: 'nowhere' }, /NoSuchBucket/],
      [{ endpoint: 'http://127.0.0.1:9' }, /ECONNREFUSED/],
    ];
    for (const [options, says] of cases) {
      const store = storeOf(options);
      const asks = [
        () => store.read(place),
        () => store.put(place, once('x'), 1),
        () => store.remove(place),
        () => store.list()[Symbol.asyncIterator]().next(),
      ];
      for (const ask of asks) {
        const error = await ask().catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Unavailable);
        expect((error as Error).message).toMatch(says);
      }
    }
  });

  it('is away when it is away, with what was put before there again', async () => {
    const own = await ownS3();
    const engine = openEmbeddedEngine({ directory, files: new S3Files(own) });
    try {
      const { files } = engine;
      const file = { tenant: 'main', subject: 'person-1', id: 'a', type: 'image/png', size: 3 };
      const document = await files.put(file, once('abc'));
      await own.server.kill();
      await expect(files.get(file)).rejects.toBeInstanceOf(Unavailable);
      await expect(files.find(file)).rejects.toBeInstanceOf(Unavailable);
      await expect(files.put({ ...file, id: 'b' }, once('abc'))).rejects.toBeInstanceOf(
        Unavailable,
      );
      await expect(files.prove()).rejects.toBeInstanceOf(Unavailable);
      await own.server.start();
      expect(await files.find(file)).toEqual(document);
      expect(await files.find({ ...file, id: 'b' })).toBe(null);
    } finally {
      await engine.close();
      await own.end();
    }
  });

  it('is refused in a sentence where it passes over the condition that nothing is there', async () => {
    class Careless extends S3Files {
      override async put(place: string, content: AsyncIterable<Uint8Array>, size: number) {
        await super.remove(place);
        return super.put(place, content, size);
      }
    }
    const careless = new Careless({ ...server, prefix: `${randomUUID()}/` });
    const engine = openEmbeddedEngine({ directory });
    try {
      const files = new SealedFiles(careless, engine.keys, engine.time);
      const error = await files.prove().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Refused);
      expect((error as Error).message).toContain('overwrites files');
    } finally {
      await engine.close();
    }
  });
});
