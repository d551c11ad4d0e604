// How a file lies in a store, version 1:
//
//   "SWF1" | length of the header, 2 bytes | header, JSON | chunks | SHA-256 of everything before it, 32 bytes
//
// Each chunk is 64 KiB of the content (the last one what is left) in AES-256-GCM with its tag. The key is derived from
// the person's key, 32 random bytes of this file alone and the header, so a nonce need only be new within the file: it
// is the number of the chunk and whether it is the last (the STREAM construction). A chunk that is missing, moved, cut
// or from elsewhere fails its tag, and a header that was changed derives another key.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { Corrupt, Invalid } from './errors.js';
import type { FileAddress } from './files-port.js';

export interface Head extends FileAddress {
  readonly type: string;
  readonly size: number;
  readonly at: string;
  /** Base64. */
  readonly salt: string;
}

type Bytes = AsyncIterable<Uint8Array>;

const MAGIC = Buffer.from('SWF1');
const PREAMBLE = MAGIC.length + 2;
export const CHUNK = 65_536;
const TAG = 16;
export const HASH = 32;
/** Magic, length and header together. */
export const LONGEST_HEAD = 4_096;

export const newSalt = (): string => randomBytes(32).toString('base64');

export function headBytes(head: Head): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

/** The head at the beginning of a file, and how many bytes it takes. */
export function parseHead(bytes: Uint8Array): { readonly head: Head; readonly length: number } {
  const start = Buffer.from(bytes);
  if (start.length < PREAMBLE || !start.subarray(0, MAGIC.length).equals(MAGIC))
    throw new Corrupt('This is not a sealed file.');
  const length = PREAMBLE + start.readUInt16BE(MAGIC.length);
  try {
    return { head: JSON.parse(start.toString('utf8', PREAMBLE, length)) as Head, length };
  } catch (cause) {
    throw new Corrupt('The head of a sealed file cannot be read.', { cause });
  }
}

export const sealedSize = (head: Buffer, size: number): number =>
  head.length + size + Math.ceil(size / CHUNK) * TAG + HASH;

/** Throws Invalid `file.size` where the content is not as long as its head says; nothing is complete then. */
export async function* seal(head: Buffer, key: KeyObject, clear: Bytes): AsyncGenerator<Buffer> {
  const { size, salt } = parseHead(head).head;
  const fileKey = deriveKey(key, salt, head);
  const hash = createHash('sha256').update(head);
  yield head;
  const from = new ByteReader(clear);
  try {
    for (let at = 0, number = 0; at < size; at += CHUNK, number++) {
      const piece = await from.take(Math.min(CHUNK, size - at));
      if (!piece) throw differs(size);
      const isLast = at + CHUNK >= size;
      const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(number, isLast));
      const sealed = Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
      hash.update(sealed);
      // Whatever follows is looked for before the last piece goes out: a store may take the length for the end.
      if (isLast && !(await from.isAtEnd())) throw differs(size);
      yield isLast ? Buffer.concat([sealed, hash.digest()]) : sealed;
    }
  } finally {
    await from.close();
  }
}

/** The content of a sealed file of `sealed` bytes; a piece is handed on once it has been checked. */
export async function* unseal(
  sealed: Bytes,
  { key, length }: { readonly key: KeyObject; readonly length: number },
): AsyncGenerator<Buffer> {
  const from = new ByteReader(sealed);
  try {
    const start = await need(from, PREAMBLE);
    const rest = await need(from, start.readUInt16BE(MAGIC.length));
    const bytes = Buffer.concat([start, rest]);
    const { size, salt } = parseHead(bytes).head;
    if (sealedSize(bytes, size) !== length) throw changed();
    const fileKey = deriveKey(key, salt, bytes);
    const hash = createHash('sha256').update(bytes);
    for (let at = 0, number = 0; at < size; at += CHUNK, number++) {
      const chunk = await need(from, Math.min(CHUNK, size - at) + TAG);
      hash.update(chunk);
      yield open(chunk, fileKey, nonceOf(number, at + CHUNK >= size));
    }
    const said = await need(from, HASH);
    if (!said.equals(hash.digest()) || !(await from.isAtEnd())) throw changed();
  } finally {
    await from.close();
  }
}

function deriveKey(key: KeyObject, salt: string, head: Buffer): KeyObject {
  const info = Buffer.concat([
    Buffer.from('shouwen file 1'),
    createHash('sha256').update(head).digest(),
  ]);
  const bytes = hkdfSync('sha256', key, Buffer.from(salt, 'base64'), info, 32);
  return createSecretKey(Buffer.from(bytes));
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function open(chunk: Buffer, key: KeyObject, nonce: Buffer): Buffer {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce);
    cipher.setAuthTag(chunk.subarray(-TAG));
    return Buffer.concat([cipher.update(chunk.subarray(0, -TAG)), cipher.final()]);
  } catch (cause) {
    throw changed(cause);
  }
}

async function need(from: ByteReader, count: number): Promise<Buffer> {
  const bytes = await from.take(count);
  if (!bytes) throw changed();
  return bytes;
}

const changed = (cause?: unknown) =>
  new Corrupt('A sealed file is not what was put: it was cut, changed, or is another one.', {
    cause,
  });

const differs = (size: number) =>
  new Invalid('file.size', `The file does not have the ${size} bytes it was announced with.`);

/** Takes bytes from pieces of any size. */
class ByteReader {
  private readonly pieces: AsyncIterator<Uint8Array>;
  private held: Buffer[] = [];
  private count = 0;
  private isOver = false;

  constructor(content: Bytes) {
    this.pieces = content[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes, or null where there are fewer. */
  async take(count: number): Promise<Buffer | null> {
    while (this.count < count) if (!(await this.pull())) return null;
    const all = this.held.length === 1 ? this.held[0]! : Buffer.concat(this.held);
    this.held = [all.subarray(count)];
    this.count -= count;
    return all.subarray(0, count);
  }

  async isAtEnd(): Promise<boolean> {
    while (this.count === 0) if (!(await this.pull())) return true;
    return false;
  }

  /** Lets go of the source, also where it was not read to its end. */
  async close(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    await this.pieces.return?.();
  }

  private async pull(): Promise<boolean> {
    if (this.isOver) return false;
    const { done, value } = await this.pieces.next();
    if (done) {
      this.isOver = true;
      return false;
    }
    this.held.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    this.count += value.byteLength;
    return true;
  }
}
