import { createHash } from 'node:crypto';
import { Corrupt, Invalid, NotFound, Rejected } from '../errors.js';
import { copyFiles, verifyFile, type Copied } from '../files-copying.js';
import type { FileDocument, FileStore, NewFile } from '../files-port.js';
import { FILE_TYPES, LARGEST_FILE, SealedFiles, placeOf } from '../files.js';
import type { Engine } from '../ports.js';
import type { OpenEngine } from './world.js';
import { World } from './world.js';

const PERSON = 'person-1';
/** Three chunks and a bit. */
const LONG = 3 * 65_536 + 17;

const bytes = (size: number, seed = 'a'): Buffer => {
  const block = createHash('sha512').update(seed).digest();
  return Buffer.alloc(size, block);
};

async function* inPieces(content: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

const aFile = (over: Partial<NewFile> = {}): NewFile => ({
  ...{ tenant: 'main', subject: PERSON, id: 'photo-1', type: 'image/jpeg', size: LONG },
  ...over,
});

async function textOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

const allOf = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** What any store of sealed bytes does, written to run on each. `open` answers one that nothing lies in. */
export function fileStoreContract(open: () => Promise<FileStore>): void {
  const places = ['a', 'b', 'c', 'd'].map((id) => placeOf({ tenant: 'main', subject: id, id }));
  const [place, other] = places as [string, string];
  const put = (store: FileStore, at: string, content: Buffer) =>
    store.put(at, inPieces(content), content.length);
  let store: FileStore;
  beforeEach(async () => {
    store = await open();
  });

  it('gives back what was put, whole and in part', async () => {
    const content = bytes(LONG);
    expect(await put(store, place, content)).toBe(true);
    const found = await store.read(place);
    expect(found!.size).toBe(LONG);
    expect((await textOf(found!.content)).equals(content)).toBe(true);
    for (const [from, to] of [
      [0, 10],
      [65_000, 66_000],
      [LONG - 32, LONG],
      [0, LONG + 5_000],
    ] as const) {
      const part = (await store.read(place, { from, to }))!;
      expect(part.size).toBe(LONG);
      expect((await textOf(part.content)).equals(content.subarray(from, to))).toBe(true);
    }
  });

  it('keeps the first of two, read to their end, also of two at once', async () => {
    let count = 0;
    async function* counted(content: Buffer) {
      for await (const piece of inPieces(content)) {
        count += piece.length;
        yield piece;
      }
    }
    expect(await put(store, place, bytes(LONG))).toBe(true);
    expect(await store.put(place, counted(bytes(LONG, 'b')), LONG)).toBe(false);
    expect(count).toBe(LONG);
    expect((await textOf((await store.read(place))!.content)).equals(bytes(LONG))).toBe(true);
    const both = ['c', 'd'].map((seed) => put(store, other, bytes(LONG, seed)));
    const kept = await Promise.all(both);
    expect([...kept].sort()).toEqual([false, true]);
    const winner = bytes(LONG, kept[0] ? 'c' : 'd');
    expect((await textOf((await store.read(other))!.content)).equals(winner)).toBe(true);
  });

  it('keeps nothing of a put whose content fails, and hands its error on', async () => {
    const gone = new Error('the caller hung up');
    async function* broken() {
      yield* inPieces(bytes(LONG));
      throw gone;
    }
    await expect(store.put(place, broken(), LONG + 1)).rejects.toBe(gone);
    expect(await store.read(place)).toBe(null);
    expect(await allOf(store.list())).toEqual([]);
    expect(await put(store, place, bytes(10))).toBe(true);
  });

  it('removes, and knows missing from present', async () => {
    expect(await store.read(place)).toBe(null);
    expect(await store.read(place, { from: 0, to: 5 })).toBe(null);
    await store.remove(place);
    await put(store, place, bytes(10));
    await store.remove(place);
    expect(await store.read(place)).toBe(null);
    expect(await put(store, place, bytes(11))).toBe(true);
  });

  it('lists places in order, by what they begin with and from where one stands', async () => {
    for (const each of places) await put(store, each, bytes(3));
    const sorted = [...places].sort();
    expect(await allOf(store.list())).toEqual(sorted);
    expect(await allOf(store.list({ after: sorted[1]! }))).toEqual(sorted.slice(2));
    expect(await allOf(store.list({ prefix: sorted[2]!.slice(0, 65) }))).toEqual([sorted[2]]);
    expect(await allOf(store.list({ prefix: sorted[0]!.slice(0, 65), after: sorted[0]! }))).toEqual(
      [],
    );
  });

  it('has nothing to tidy of what came to its end', async () => {
    await put(store, place, bytes(LONG));
    await store.tidy();
    expect(await allOf(store.list())).toEqual([place]);
  });
}

/** Files on the store that an engine brings along. */
export function fileContract(openEngine: OpenEngine): void {
  let world: World;
  let engine: Engine;
  beforeEach(async () => {
    world = await World.open({ openEngine, services: [] });
    ({ engine } = world);
  });
  afterEach(() => world.close());

  const put = (over: Partial<NewFile> = {}, content = bytes(over.size ?? LONG)) =>
    engine.files.put(aFile(over), inPieces(content));
  const contentOf = async (file: FileDocument, sha256?: string) =>
    textOf((await engine.files.get(file, sha256)).content);

  it('are given back as they were put, with a document that tells nothing of their content', async () => {
    for (const size of [1, 65_535, 65_536, 65_537, LONG]) {
      const document = await put({ id: `photo-${size}`, size });
      expect(document).toEqual({
        ...{ tenant: 'main', subject: PERSON, id: `photo-${size}`, type: 'image/jpeg', size },
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        at: '2026-01-15T08:00:00.000Z',
      });
      expect(await engine.files.find(document)).toEqual(document);
      expect((await contentOf(document, document.sha256)).equals(bytes(size))).toBe(true);
      expect(document.sha256).not.toBe(createHash('sha256').update(bytes(size)).digest('hex'));
      expect(await verifyFile(engine.files.store, placeOf(document))).toBe(document.sha256);
    }
    const same = await put({ id: 'same-content', size: 1 });
    expect(same.sha256).not.toBe((await engine.files.find(aFile({ id: 'photo-1' })))!.sha256);
  });

  it('lie sealed in the store', async () => {
    const text = Buffer.from('the customer signed here '.repeat(4_000));
    const document = await put({ size: text.length }, text);
    const raw = await textOf((await engine.files.store.read(placeOf(document)))!.content);
    expect(raw.includes('signed here')).toBe(false);
    expect(raw.length).toBeGreaterThan(text.length);
  });

  it('that are sent again are the same file; another one under the id is refused', async () => {
    const [first, atOnce] = await Promise.all([put(), put()]);
    expect(atOnce).toEqual(first);
    await world.advance('1h');
    expect(await put()).toEqual(first);
    for (const again of [
      put({}, bytes(LONG, 'b')),
      put({ type: 'image/png' }),
      put({ size: LONG - 1 }),
    ])
      await expect(again).rejects.toMatchObject({ code: 'file.exists' });
    expect((await contentOf(first)).equals(bytes(LONG))).toBe(true);
    expect((await put({ tenant: 'other' }, bytes(LONG, 'b'))).sha256).not.toBe(first.sha256);
  });

  it('are refused with a reason where they are too large, empty, of another type or length', async () => {
    const refused = async (over: Partial<NewFile>, code: string, content = bytes(10)) => {
      const error = await put(over, content).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Invalid);
      expect(error).toMatchObject({ code });
      expect(await engine.files.find(aFile())).toBe(null);
    };
    await refused({ size: LARGEST_FILE + 1 }, 'file.too-large');
    await refused({ size: 11, limit: 10 }, 'file.too-large');
    await refused({ size: 0 }, 'file.size');
    await refused({ size: 11 }, 'file.size');
    await refused({ size: 9 }, 'file.size');
    await refused({ size: 10, type: 'text/html' }, 'file.type');
    await refused({ size: 10, id: '' }, 'file.address');
    await refused({ size: 10, subject: 'x'.repeat(201) }, 'file.address');
    expect(await allOf(engine.files.list())).toEqual([]);
    expect(FILE_TYPES).not.toContain('image/svg+xml');
  });

  it('have ids of any letters, none of which leads anywhere', async () => {
    const ids = ['../../../etc/passwd', 'a/b', '.', '\u0000', '照片'.repeat(100), 'A', 'a'];
    for (const id of ids) await put({ id, size: 5 });
    const listed = await allOf(engine.files.list());
    expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const id of ids)
      expect((await contentOf((await engine.files.find(aFile({ id })))!)).length).toBe(5);
  });

  it('that are missing are said to be, by name', async () => {
    const { files } = engine;
    const error = await files.get(aFile({ id: 'photo-9' })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotFound);
    expect((error as Error).message).toContain('photo-9');
    await put();
    await files.remove(aFile());
    await files.remove(aFile());
    await expect(files.get(aFile())).rejects.toMatchObject({ code: 'file.not-found' });
    expect(await files.find(aFile())).toBe(null);
  });

  it('of an erased person cannot be read by anybody, and go when they are swept', async () => {
    const { files, keys } = engine;
    const document = await put();
    const others = await put({ subject: 'person-2' });
    await keys.erase(PERSON);
    await expect(files.get(document)).rejects.toMatchObject({ code: 'subject.erased' });
    await expect(put({ id: 'photo-2' })).rejects.toBeInstanceOf(Rejected);
    expect(await files.find(document)).toEqual(document);
    const swept = { before: '2020-01-01T00:00:00.000Z', isReferred: async () => true };
    expect(await files.sweep(swept)).toEqual([document]);
    expect(await allOf(files.list())).toEqual([others]);
    expect(await files.removeOf('person-2')).toBe(1);
    expect(await allOf(files.list())).toEqual([]);
  });

  it('that no event names are swept once they are old', async () => {
    const [named, orphan] = [await put({ id: 'named' }), await put({ id: 'orphan' })];
    await world.advance('2h');
    const young = await put({ id: 'young' });
    const isReferred = async ({ id }: FileDocument) => id === 'named';
    const { files } = engine;
    expect(await files.sweep({ before: named.at, isReferred })).toEqual([]);
    expect(await files.sweep({ before: young.at, isReferred })).toEqual([orphan]);
    const left = (await allOf(files.list())).map(({ id }) => id).sort();
    expect(left).toEqual(['named', 'young']);
  });

  it('of another installation in the same store are left alone', async () => {
    const second = await World.open({ openEngine, services: [] });
    try {
      const theirs = new SealedFiles(engine.files.store, second.engine.keys, second.engine.time);
      const document = await theirs.put(aFile({ subject: 'person-9' }), inPieces(bytes(LONG)));
      await world.advance('2h');
      const isReferred = async () => false;
      expect(await engine.files.sweep({ before: world.now, isReferred })).toEqual([]);
      expect(await theirs.sweep({ before: world.now, isReferred })).toEqual([document]);
    } finally {
      await second.close();
    }
  });

  it('are there after a restart', async () => {
    const document = await put();
    world = await world.restart();
    ({ engine } = world);
    expect((await contentOf(document, document.sha256)).equals(bytes(LONG))).toBe(true);
  });

  it('that were changed, cut, moved or are another than an event says are never handed out', async () => {
    const document = await put();
    const { store } = engine.files;
    const place = placeOf(document);
    const whole = await textOf((await store.read(place))!.content);
    const lie = async (as: Buffer) => {
      await store.remove(place);
      await store.put(place, inPieces(as), as.length);
      await expect(contentOf(document)).rejects.toBeInstanceOf(Corrupt);
    };
    const flipped = Buffer.from(whole);
    flipped[whole.length >> 1]! ^= 1;
    await lie(flipped);
    await lie(whole.subarray(0, whole.length - 1_000));
    const another = await put({ id: 'photo-2' }, bytes(LONG, 'b'));
    await lie(await textOf((await store.read(placeOf(another)))!.content));
    await expect(contentOf(another, document.sha256)).rejects.toBeInstanceOf(Corrupt);
  });

  it('are proved to be kept before anything rests on it', async () => {
    await engine.files.prove();
    expect(await allOf(engine.files.store.list())).toEqual([]);
  });

  it('are carried to another store as they are, and an interrupted copy goes on', async () => {
    const documents = [await put(), await put({ subject: 'person-2', id: 'b', size: 70_000 })];
    const second = await World.open({ openEngine, services: [] });
    try {
      const [from, to] = [engine.files.store, second.engine.files.store];
      const started: Copied[] = [];
      for await (const copied of copyFiles(from, to)) {
        started.push(copied);
        break;
      }
      const all = await allOf(copyFiles(from, to));
      expect(all.map(({ isNew }) => isNew)).toEqual([false, true]);
      expect(all[0]).toEqual({ ...started[0], isNew: false });
      expect(await allOf(copyFiles(from, to, started[0]!.place))).toEqual([
        { ...all[1], isNew: false },
      ]);
      expect(all.map(({ sha256 }) => sha256).sort()).toEqual(
        documents.map(({ sha256 }) => sha256).sort(),
      );
      const there = new SealedFiles(to, engine.keys, engine.time);
      for (const document of documents)
        expect((await textOf((await there.get(document)).content)).length).toBe(document.size);
    } finally {
      await second.close();
    }
  });
}
