// Sealed files in GridFS, each under an id of its own until its last write names its place: the unique index on that
// name lets the first one in. What a put left behind that never came so far is in nobody's way and goes later.
import { GridFSBucket, ObjectId, type Collection, type Db, type GridFSFile } from 'mongodb';
import type { FileStore } from '@shouwen/engine';
import { attempt, isDuplicateKey } from './mongo.js';

const BUCKET = 'files';
/** Seconds. */
const DAY = 86_400;

interface Chunk {
  readonly _id: ObjectId;
  readonly files_id: ObjectId;
  readonly n: number;
}

export class MongoFiles implements FileStore {
  readonly name: string;
  private readonly bucket: GridFSBucket;
  private readonly files: Collection<GridFSFile>;
  private readonly chunks: Collection<Chunk>;

  private constructor(db: Db) {
    this.name = `the database ${db.databaseName} of MongoDB`;
    this.bucket = new GridFSBucket(db, { bucketName: BUCKET });
    this.files = db.collection(`${BUCKET}.files`);
    this.chunks = db.collection(`${BUCKET}.chunks`);
  }

  static async open(db: Db): Promise<MongoFiles> {
    const store = new MongoFiles(db);
    await attempt(async () => {
      await store.files.createIndex({ filename: 1 }, { unique: true });
      await store.chunks.createIndex({ files_id: 1, n: 1 }, { unique: true });
    });
    return store;
  }

  async put(place: string, content: AsyncIterable<Uint8Array>): Promise<boolean> {
    const upload = this.bucket.openUploadStream(place);
    // Whoever writes or ends hears of an error; an event that nobody hears would end the process.
    upload.on('error', () => undefined);
    const told = (work: (done: (error?: Error | null) => void) => void) =>
      attempt(
        () =>
          new Promise<void>((resolve, reject) => {
            upload.once('error', reject);
            work((error) => {
              upload.off('error', reject);
              if (error) reject(error);
              else resolve();
            });
          }),
      );
    try {
      for await (const piece of content) await told((done) => upload.write(piece, done));
    } catch (error) {
      await this.forget(upload.id).catch(() => undefined);
      throw error;
    }
    try {
      await told((done) => upload.end(done));
      return true;
    } catch (error) {
      // Only a server's word that another one is there says that ours is not: what is unknown may still come true.
      if (!isDuplicateKey((error as Error).cause)) throw error;
      await this.forget(upload.id);
      return false;
    }
  }

  async read(place: string, range?: { readonly from: number; readonly to: number }) {
    const file = await attempt(() => this.files.findOne({ filename: place }));
    if (!file) return null;
    const { _id, length: size } = file;
    const span = range && { start: range.from, end: Math.min(range.to, size) };
    return { size, content: this.pieces(_id, span) };
  }

  async remove(place: string): Promise<void> {
    const file = await attempt(() => this.files.findOneAndDelete({ filename: place }));
    if (file) await attempt(() => this.chunks.deleteMany({ files_id: file._id }));
  }

  async *list({ prefix = '', after = '' } = {}): AsyncGenerator<string> {
    const within = prefix ? { $gte: prefix, $lt: `${prefix}\uffff` } : {};
    const found = this.files.find(
      { filename: { ...within, $gt: after } },
      { projection: { _id: 0, filename: 1 }, sort: { filename: 1 } },
    );
    try {
      for (;;) {
        const file = await attempt(() => found.next());
        if (!file) return;
        yield file.filename;
      }
    } finally {
      await found.close();
    }
  }

  async tidy(): Promise<void> {
    const before = ObjectId.createFromTime(Math.floor(Date.now() / 1000) - DAY);
    await attempt(async () => {
      const first = this.chunks.find(
        { n: 0, _id: { $lt: before } },
        { projection: { files_id: 1 } },
      );
      for await (const { files_id: id } of first)
        if (!(await this.files.findOne({ _id: id }))) await this.forget(id);
    });
  }

  private async *pieces(
    id: ObjectId,
    span: { readonly start: number; readonly end: number } | undefined,
  ): AsyncGenerator<Uint8Array> {
    const download = this.bucket.openDownloadStream(id, span);
    const pieces = download[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    try {
      for (;;) {
        const { done, value } = await attempt(() => pieces.next());
        if (done) return;
        yield value;
      }
    } finally {
      download.destroy();
    }
  }

  private async forget(id: ObjectId): Promise<void> {
    await attempt(() => this.chunks.deleteMany({ files_id: id }));
  }
}
