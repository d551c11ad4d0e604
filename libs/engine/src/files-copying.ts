// Sealed files from one store to another, as they are: no key is needed, and the hash at the end of each says whether
// all of it came through.
import { createHash } from 'node:crypto';
import { Corrupt } from './errors.js';
import { HASH } from './files-sealing.js';
import type { FileStore } from './files-port.js';

export interface Copied {
  readonly place: string;
  /** Sealed bytes. */
  readonly size: number;
  /** Lower-case hex: the `sha256` that events have. */
  readonly sha256: string;
  /** False: it was there from an earlier attempt. */
  readonly isNew: boolean;
}

/**
 * Copies what is not there yet, in order of place; begun again after `after`, it goes on. What is there from an
 * earlier attempt is read and compared. Throws Corrupt where a file is not whole, or another one is in its place.
 */
export async function* copyFiles(
  from: FileStore,
  to: FileStore,
  after = '',
): AsyncGenerator<Copied> {
  for await (const place of from.list(after ? { after } : {})) {
    const source = await from.read(place);
    // Removed since it was listed.
    if (!source) continue;
    const { size } = source;
    const checked = verified(source.content, { place, size, store: from });
    const isNew = await to.put(place, checked.pieces, size);
    const sha256 = checked.sha256();
    if (!isNew && (await verifyFile(to, place)) !== sha256)
      throw new Corrupt(`Another file lies at ${place} in ${to.name}.`);
    yield { place, size, sha256, isNew };
  }
}

/** Reads a sealed file to its end and answers its hash; null: nothing is there. Throws Corrupt. */
export async function verifyFile(store: FileStore, place: string): Promise<string | null> {
  const found = await store.read(place);
  if (!found) return null;
  const checked = verified(found.content, { place, size: found.size, store });
  for await (const piece of checked.pieces) void piece;
  return checked.sha256();
}

function verified(
  content: AsyncIterable<Uint8Array>,
  { place, size, store }: { place: string; size: number; store: FileStore },
) {
  const hash = createHash('sha256');
  let end = Buffer.alloc(0);
  /** All but the last 32 bytes go into the hash that these are compared with, before the last piece is let through. */
  async function* pieces() {
    let count = 0;
    for await (const piece of content) {
      count += piece.byteLength;
      const held = Buffer.concat([end, piece]);
      const cut = Math.max(0, held.length - HASH);
      hash.update(held.subarray(0, cut));
      end = held.subarray(cut);
      if (count < size) yield piece;
      else if (count > size || !hash.copy().digest().equals(end)) throw notWhole();
      else yield piece;
    }
    if (count !== size) throw notWhole();
  }
  const notWhole = () => new Corrupt(`The file at ${place} in ${store.name} is not whole.`);
  return { pieces: pieces(), sha256: () => end.toString('hex') };
}
