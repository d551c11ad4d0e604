import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused, SealedFiles, Unavailable, placeOf } from '@shouwen/engine';
import { fileStoreContract } from '@shouwen/engine/contract/files';
import { DirectoryFiles } from './directory-files.js';
import { openEmbeddedEngine } from './embedded-engine.js';

const place = placeOf({ tenant: 'main', subject: 'person-1', id: 'photo-1' });
const work = mkdtempSync(join(tmpdir(), 'shouwen-files-'));
let folder: string;
let count = 0;
beforeEach(() => {
  folder = join(work, String(++count));
});
afterAll(() => rmSync(work, { recursive: true }));

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('a folder keeps sealed files', () => {
  fileStoreContract(async () => new DirectoryFiles(folder));
});

describe('the folder of files', () => {
  it('lets nobody else in, and holds nothing but files at their places', async () => {
    const store = new DirectoryFiles(folder);
    await store.put(place, once('abc'));
    const path = join(folder, place.slice(0, 2), place);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, '.aside'))).toEqual([]);
    await store.remove(place);
    expect(existsSync(join(path, '..'))).toBe(false);
  });

  it('is away, and no file missing, while it is not there', async () => {
    const store = new DirectoryFiles(folder);
    await store.put(place, once('abc'));
    renameSync(folder, `${folder}-away`);
    mkdirSync(folder);
    await expect(store.read(place)).rejects.toBeInstanceOf(Unavailable);
    await expect(store.remove(place)).rejects.toBeInstanceOf(Unavailable);
    await expect(store.list().next()).rejects.toBeInstanceOf(Unavailable);
    await expect(store.put(place, once('abc'))).rejects.toBeInstanceOf(Unavailable);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-away`, folder);
    expect((await store.read(place))!.size).toBe(3);
  });

  it('is tidied of what a killed process left more than a day ago, and of nothing else', async () => {
    const store = new DirectoryFiles(folder);
    const [old, young] = ['old', 'young'].map((name) => join(folder, '.aside', name));
    for (const path of [old!, young!]) writeFileSync(path, 'half');
    const longAgo = Date.now() / 1000 - 90_000;
    utimesSync(old!, longAgo, longAgo);
    await store.tidy();
    expect(readdirSync(join(folder, '.aside'))).toEqual(['young']);
  });

  it('is refused in a sentence where it does not do what files rest on', async () => {
    const engine = openEmbeddedEngine({ directory: join(folder, 'data') });
    const proved = (store: DirectoryFiles) =>
      new SealedFiles(store, engine.keys, engine.time).prove().catch((error: unknown) => error);
    class Overwrites extends DirectoryFiles {
      override async put(at: string, content: AsyncIterable<Uint8Array>) {
        await this.remove(at);
        return super.put(at, content);
      }
    }
    class Cuts extends DirectoryFiles {
      override async put(at: string, content: AsyncIterable<Uint8Array>) {
        for await (const piece of content) return super.put(at, once(String(piece).slice(1)));
        return false;
      }
    }
    class Keeps extends DirectoryFiles {
      override async remove() {}
    }
    for (const [store, says] of [
      [new Overwrites(join(folder, 'a')), 'overwrites files'],
      [new Cuts(join(folder, 'b')), 'does not give back what was put'],
      [new Keeps(join(folder, 'c')), 'keeps files that were removed'],
    ] as const) {
      const error = await proved(store);
      expect(error).toBeInstanceOf(Refused);
      expect((error as Error).message).toContain(`${store.name}: it ${says}`);
    }
    expect(await proved(new DirectoryFiles(join(folder, 'd')))).toBe(undefined);
    await engine.close();
  });
});
