import { randomUUID } from 'node:crypto';
import { MongoClient, ObjectId, type Db } from 'mongodb';
import { Unavailable, placeOf } from '@shouwen/engine';
import { fileStoreContract } from '@shouwen/engine/contract/files';
import { mongo, ownMongo, type MongoAddress } from '@shouwen/engines-local';
import { MongoFiles } from '../src/index.js';
import { connect } from '../src/mongo.js';

const place = placeOf({ tenant: 'main', subject: 'person-1', id: 'photo-1' });
let server: MongoAddress;
let client: MongoClient;
let db: Db;
const made: Db[] = [];
beforeAll(async () => {
  server = await mongo({ members: 1 });
  client = await connect(server.url);
});
beforeEach(() => {
  db = client.db(`spec-files-${randomUUID().slice(0, 8)}`);
  made.push(db);
});
afterAll(async () => {
  for (const each of made) await each.dropDatabase();
  await client.close();
  await server.end();
});

async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

const chunksIn = (of: Db) => of.collection('files.chunks').countDocuments();

describe('MongoDB keeps sealed files', () => {
  fileStoreContract(() => MongoFiles.open(db));
});

describe('files in MongoDB', () => {
  it('leave no chunk behind that belongs to none', async () => {
    const store = await MongoFiles.open(db);
    const content = Buffer.alloc(600_000, 'a');
    await store.put(place, once(content));
    expect(await chunksIn(db)).toBe(3);
    expect(await store.put(place, once(content))).toBe(false);
    async function* broken() {
      yield content;
      throw new Error('the caller hung up');
    }
    await expect(store.put(place, broken())).rejects.toThrow('hung up');
    expect(await chunksIn(db)).toBe(3);
    await store.remove(place);
    expect(await chunksIn(db)).toBe(0);
  });

  it('are tidied of what a killed process left more than a day ago, and of nothing else', async () => {
    const store = await MongoFiles.open(db);
    await store.put(place, once('kept'));
    const left = (secondsAgo: number) => ({
      _id: ObjectId.createFromTime(Math.floor(Date.now() / 1000) - secondsAgo),
      ...{ files_id: new ObjectId(), n: 0, data: Buffer.from('half') },
    });
    const [old, young] = [left(90_000), left(80_000)];
    await db.collection('files.chunks').insertMany([old, young]);
    await store.tidy();
    const there = await db.collection('files.chunks').find({ files_id: young.files_id }).toArray();
    expect(there.length).toBe(1);
    expect(await chunksIn(db)).toBe(2);
    expect((await store.read(place))!.size).toBe(4);
  });

  it('are away, and none of them missing, while no server answers', async () => {
    const own = await ownMongo({ members: 1 });
    const its = await connect(own.url);
    try {
      const store = await MongoFiles.open(its.db('files'));
      await store.put(place, once('abc'));
      const [member] = own.members;
      await member!.kill();
      const asked = [
        store.read(place),
        store.remove(place),
        store.list().next(),
        store.put(place, once('abc')),
      ];
      for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[])
        expect(reason).toBeInstanceOf(Unavailable);
      await member!.start();
      await own.primary();
      expect((await store.read(place))!.size).toBe(3);
    } finally {
      await its.close();
      await own.end();
    }
  });
});
