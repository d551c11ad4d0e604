// Sealed files in a folder: written aside, flushed, and then linked to their place, which is there from one instant to
// the next or not at all.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { link, mkdir, open, readdir, rmdir, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Unavailable, type FileStore } from '@shouwen/engine';

const ASIDE = '.aside';
const PIECE = 65_536;
/** Milliseconds. */
const DAY = 86_400_000;
/** Names of folders are the first characters of what lies in them, so that none has too many entries. */
const FAN = 2;

export class DirectoryFiles implements FileStore {
  readonly name: string;
  private readonly root: string;

  constructor(directory: string) {
    this.root = resolve(directory);
    this.name = `the folder ${this.root}`;
    mkdirSync(join(this.root, ASIDE), { recursive: true, mode: 0o700 });
  }

  async put(place: string, content: AsyncIterable<Uint8Array>): Promise<boolean> {
    const aside = join(this.root, ASIDE, randomUUID());
    const handle = await this.attempt(() => open(aside, 'wx', 0o600));
    try {
      try {
        for await (const piece of content) await this.attempt(() => writeAll(handle, piece));
        await this.attempt(() => handle.sync());
      } finally {
        await handle.close();
      }
      return await this.attempt(() => this.linkTo(aside, this.path(place)));
    } finally {
      await unlink(aside).catch(() => undefined);
    }
  }

  async read(place: string, range?: { readonly from: number; readonly to: number }) {
    const path = this.path(place);
    const found = await this.attempt(() => this.unlessMissing(() => stat(path)));
    if (!found) return null;
    const { size } = found;
    const { from, to } = range ?? { from: 0, to: size };
    return { size, content: this.pieces(path, from, Math.min(to, size)) };
  }

  async remove(place: string): Promise<void> {
    const path = this.path(place);
    await this.attempt(() =>
      this.unlessMissing(async () => {
        await unlink(path);
        await flush(dirname(path));
        // Only an empty one goes.
        await rmdir(dirname(path)).catch(() => undefined);
      }),
    );
  }

  async *list({ prefix = '', after = '' } = {}): AsyncGenerator<string> {
    await this.attempt(() => stat(join(this.root, ASIDE)));
    for await (const person of this.persons(prefix, after))
      for (const file of await this.entries(join(this.root, person.slice(0, FAN), person))) {
        const place = `${person}/${file}`;
        if (place > after && place.startsWith(prefix)) yield place;
      }
  }

  async tidy(): Promise<void> {
    const aside = join(this.root, ASIDE);
    for (const name of await this.entries(aside)) {
      const path = join(aside, name);
      const left = await this.attempt(() => this.unlessMissing(() => stat(path)));
      if (left && left.mtimeMs < Date.now() - DAY)
        await this.attempt(() => this.unlessMissing(() => unlink(path)));
    }
  }

  /** Folders in order that may hold what is looked for. */
  private async *persons(prefix: string, after: string): AsyncGenerator<string> {
    const isAsked = (name: string) =>
      name.startsWith(prefix.slice(0, name.length)) && name >= after.slice(0, name.length);
    for (const fan of await this.entries(this.root)) {
      if (fan.length !== FAN || !isAsked(fan)) continue;
      for (const person of await this.entries(join(this.root, fan)))
        if (isAsked(person)) yield person;
    }
  }

  private path(place: string): string {
    return join(this.root, place.slice(0, FAN), place);
  }

  /** Others may take away the folder as empty just before something is put into it. */
  private async linkTo(aside: string, path: string): Promise<boolean> {
    const folder = dirname(path);
    for (let attempts = 1; ; attempts++) {
      const made = await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await link(aside, path);
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        if (codeOf(error) === 'ENOENT' && attempts < 5) continue;
        throw error;
      }
      await flush(folder);
      // A new folder is itself an entry of the one above it.
      if (made) await flush(dirname(folder));
      if (made) await flush(this.root);
      return true;
    }
  }

  /** Opened only when it is read, for nobody closes what was never begun. */
  private async *pieces(path: string, from: number, to: number): AsyncGenerator<Buffer> {
    const handle = await this.attempt(() => open(path, 'r'));
    try {
      for (let at = from; at < to;) {
        const buffer = Buffer.allocUnsafe(Math.min(PIECE, to - at));
        const { bytesRead } = await this.attempt(() => handle.read(buffer, 0, buffer.length, at));
        if (bytesRead === 0) return;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  }

  private async entries(folder: string): Promise<string[]> {
    const names = await this.attempt(() => this.unlessMissing(() => readdir(folder)));
    return (names ?? []).sort();
  }

  /** Null where a file is missing; where the whole folder is, as on a volume that was unmounted, nothing is known. */
  private async unlessMissing<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await stat(join(this.root, ASIDE));
      return null;
    }
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      throw new Unavailable(`${this.name} cannot be used (${code}).`, { cause: error });
    }
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.byteLength;) {
    const { bytesWritten } = await handle.write(piece, at);
    at += bytesWritten;
  }
}

/** A name is as durable as its folder. Windows opens no folder, and writes names through by itself. */
async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
