// Files sealed with the key of the person they are of, whatever store keeps the bytes. With the key goes the content;
// what is left, and what events say of it, is the hash of a ciphertext that nobody can make again from a guess.
import { createHash, randomUUID, type KeyObject } from 'node:crypto';
import { Corrupt, Invalid, NotFound, Refused, Rejected } from './errors.js';
import { HASH, LONGEST_HEAD, headBytes, newSalt, parseHead } from './files-sealing.js';
import { seal, sealedSize, unseal } from './files-sealing.js';
import type { FileAddress, FileDocument, FileStore, Files, NewFile } from './files-port.js';
import type { Keys, Time } from './ports.js';

/** What a browser shows or plays without running anything in it. */
export const FILE_TYPES: readonly string[] = [
  'application/pdf',
  'audio/aac',
  'audio/amr',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'image/heic',
  'image/jpeg',
  'image/png',
  'image/webp',
  'video/mp4',
  'video/webm',
];

/** Bytes of one file at most: an hour of recorded speech, a minute of film from a telephone. */
export const LARGEST_FILE = 64 * 1024 * 1024;
/** Characters of a tenant, a subject or an id. */
const LONGEST_NAME = 200;
/** Documents whose persons are looked up together in a sweep. */
const SWEPT_TOGETHER = 100;

type Bytes = AsyncIterable<Uint8Array>;

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A hash, so that no name leads out of the store; all files of a person begin alike. */
export const placeOf = ({ tenant, subject, id }: FileAddress): string =>
  `${hex(subject)}/${hex(JSON.stringify([tenant, id]))}`;

export class SealedFiles implements Files {
  constructor(
    readonly store: FileStore,
    private readonly keys: Keys,
    private readonly time: Pick<Time, 'now'>,
  ) {}

  async put(file: NewFile, content: Bytes): Promise<FileDocument> {
    check(file);
    const { tenant, subject, id, type, size } = file;
    const key = (await this.keys.ensure([subject])).get(subject)!;
    const clear = hashed(content);
    if (await this.find(file)) return this.repeated(file, await sizedHash(clear, size));
    const at = new Date(this.time.now()).toISOString();
    const head = headBytes({ tenant, subject, id, type, size, at, salt: newSalt() });
    const sealed = ending(seal(head, key, clear.pieces));
    const isKept = await this.store.put(placeOf(file), sealed.pieces, sealedSize(head, size));
    // Somebody else put it meanwhile, and theirs was first.
    if (!isKept) return this.repeated(file, clear.hash());
    await this.refuseErased(file);
    return { tenant, subject, id, type, size, sha256: sealed.hash(), at };
  }

  async get(address: FileAddress, sha256?: string) {
    const key = await this.keyOf(address);
    const document = key && (await this.find(address));
    if (!document) throw missing(address);
    if (sha256 !== undefined && document.sha256 !== sha256)
      throw new Corrupt(
        `File ${address.id} is not the one that was put: its hash is ${document.sha256}.`,
      );
    const found = await this.store.read(placeOf(address));
    if (!found) throw missing(address);
    const content = unseal(found.content, { key, length: found.size });
    return { document, content: await begun(content) };
  }

  async find(address: FileAddress): Promise<FileDocument | null> {
    const document = await this.documentAt(placeOf(address));
    if (document && placeOf(document) !== placeOf(address))
      throw new Corrupt(`What lies where file ${address.id} belongs is another one.`);
    return document;
  }

  async remove(address: FileAddress): Promise<void> {
    await this.store.remove(placeOf(address));
  }

  async removeOf(subject: string): Promise<number> {
    let count = 0;
    for await (const place of this.store.list({ prefix: `${hex(subject)}/` })) {
      await this.store.remove(place);
      count++;
    }
    return count;
  }

  async *list(): AsyncGenerator<FileDocument> {
    for await (const place of this.store.list()) {
      const document = await this.documentAt(place);
      // Removed since it was listed.
      if (document) yield document;
    }
  }

  async sweep({ before, isReferred }: Parameters<Files['sweep']>[0]): Promise<FileDocument[]> {
    await this.store.tidy();
    const removed: FileDocument[] = [];
    for await (const some of grouped(this.list(), SWEPT_TOGETHER)) {
      const keys = await this.keys.find(some.map(({ subject }) => subject));
      for (const file of some) {
        const key = keys.get(file.subject);
        // Of another installation in the same store: nobody here could have put it.
        if (!key) continue;
        if (key !== 'erased' && (file.at >= before || (await isReferred(file)))) continue;
        await this.remove(file);
        removed.push(file);
      }
    }
    return removed;
  }

  async prove(): Promise<void> {
    const place = placeOf({ tenant: 'proof', subject: randomUUID(), id: 'proof' });
    const { store } = this;
    try {
      if (await store.read(place)) throw keepsNot(store, 'shows files that are not there');
      if (!(await store.put(place, once('one'), 3))) throw keepsNot(store, 'takes no new file');
      if (await store.put(place, once('two'), 3)) throw keepsNot(store, 'overwrites files');
      if ((await textAt(store, place)) !== 'one')
        throw keepsNot(store, 'does not give back what was put');
      const prefix = place.slice(0, place.indexOf('/') + 1);
      for await (const listed of store.list({ prefix }))
        if (listed !== place) throw keepsNot(store, 'lists files under other names');
    } finally {
      await store.remove(place);
    }
    if (await store.read(place)) throw keepsNot(store, 'keeps files that were removed');
  }

  private async documentAt(place: string): Promise<FileDocument | null> {
    const start = await this.store.read(place, { from: 0, to: LONGEST_HEAD });
    if (!start) return null;
    const { head } = parseHead(await whole(start.content));
    const { size } = start;
    const end = await this.store.read(place, { from: size - HASH, to: size });
    if (!end) return null;
    const sha256 = (await whole(end.content)).toString('hex');
    const { tenant, subject, id, type, at } = head;
    return { tenant, subject, id, type, size: head.size, sha256, at };
  }

  /** The file that is there, if it is the same as the one that was sent again. */
  private async repeated(file: NewFile, hash: string): Promise<FileDocument> {
    const there = await this.find(file);
    if (there?.type === file.type && there.size === file.size) {
      const { document, content } = await this.get(file);
      if ((await sizedHash(hashed(content), document.size)) === hash) return document;
    }
    throw new Rejected(
      'file.exists',
      `There is another file ${file.id} of this person; send this one under an id of its own.`,
    );
  }

  /** Between key and end of the put the person may have been erased, and the files of theirs removed. */
  private async refuseErased(file: NewFile): Promise<void> {
    if ((await this.keys.find([file.subject])).get(file.subject) !== 'erased') return;
    await this.remove(file);
    throw erased();
  }

  private async keyOf({ subject }: FileAddress): Promise<KeyObject | undefined> {
    const key = (await this.keys.find([subject])).get(subject);
    if (key === 'erased') throw erased();
    return key;
  }
}

function check({ tenant, subject, id, type, size, limit }: NewFile): void {
  const names = [tenant, subject, id];
  if (names.some((name) => name.length === 0 || name.length > LONGEST_NAME))
    throw new Invalid(
      'file.address',
      `A file needs a tenant, a person and an id, each of at most ${LONGEST_NAME} characters.`,
    );
  if (!FILE_TYPES.includes(type))
    throw new Invalid(
      'file.type',
      `Files of type ${type || '(none)'} are not kept; these are: ${FILE_TYPES.join(', ')}.`,
    );
  if (!Number.isSafeInteger(size) || size < 1)
    throw new Invalid('file.size', 'A file needs its size in bytes, at least 1.');
  const most = Math.min(limit ?? LARGEST_FILE, LARGEST_FILE);
  if (size > most)
    throw new Invalid(
      'file.too-large',
      `The file has ${size} bytes; at most ${most} are taken. Make it smaller or send it in parts.`,
    );
}

const missing = ({ id, subject }: FileAddress) =>
  new NotFound('file.not-found', `There is no file ${id} of ${subject}.`);

const erased = () =>
  new Rejected('subject.erased', 'This person was erased, and their files with them.');

const keepsNot = ({ name }: FileStore, what: string) =>
  new Refused(`Files cannot be kept in ${name}: it ${what}.`);

interface Hashed {
  readonly pieces: Bytes;
  /** Once all pieces are through. */
  hash(): string;
  count(): number;
}

function hashed(content: Bytes): Hashed {
  const hash = createHash('sha256');
  let count = 0;
  async function* through() {
    for await (const piece of content) {
      hash.update(piece);
      count += piece.byteLength;
      yield piece;
    }
  }
  return { pieces: through(), count: () => count, hash: () => hash.copy().digest('hex') };
}

/** The sealed form ends with its own hash. */
function ending(content: Bytes): Pick<Hashed, 'pieces' | 'hash'> {
  let last: Uint8Array = new Uint8Array();
  async function* through() {
    for await (const piece of content) yield (last = piece);
  }
  return {
    pieces: through(),
    hash: () => Buffer.from(last.subarray(-HASH)).toString('hex'),
  };
}

async function sizedHash(content: Hashed, size: number): Promise<string> {
  for await (const piece of content.pieces) {
    void piece;
    if (content.count() > size) break;
  }
  if (content.count() !== size)
    throw new Invalid(
      'file.size',
      `The file does not have the ${size} bytes it was announced with.`,
    );
  return content.hash();
}

/** The first piece is fetched and checked before anybody is promised a file. */
async function begun(content: AsyncGenerator<Uint8Array>): Promise<Bytes> {
  const waiting = [await content.next()];
  // No generator: one that nobody has begun lets go of nothing when it is closed.
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => waiting.shift() ?? (await content.next()),
      return: async () => {
        waiting.length = 0;
        return content.return(undefined);
      },
    }),
  };
}

async function* grouped<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    if (group.push(item) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function whole(content: Bytes): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function textAt(store: FileStore, place: string): Promise<string | undefined> {
  const found = await store.read(place);
  return found ? (await whole(found.content)).toString() : undefined;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
