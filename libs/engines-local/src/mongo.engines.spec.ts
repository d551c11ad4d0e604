import { MongoClient, MongoNetworkError } from 'mongodb';
import type { Collection } from 'mongodb';
import { ownMongo } from './mongo.js';
import type { ReplicaSet } from './mongo.js';

const majority = { w: 'majority', j: true, wtimeoutMS: 30_000 } as const;

let set: ReplicaSet;
let client: MongoClient;
let notes: Collection<{ _id: number }>;

beforeAll(async () => {
  set = await ownMongo({ members: 3 });
  client = await MongoClient.connect(set.url, { writeConcern: majority });
  notes = client.db('attack').collection<{ _id: number }>('notes');
  await notes.insertOne({ _id: 1 });
});

afterAll(async () => {
  await client.close();
  await set.end();
});

const stored = () => notes.find({}, { readConcern: 'majority' }).sort('_id').toArray();

/** The driver tries once more by itself, which may be before anybody has been elected; who insists gets through. */
async function insist(_id: number): Promise<void> {
  for (;;)
    try {
      await notes.updateOne({ _id }, { $setOnInsert: { _id } }, { upsert: true });
      return;
    } catch (error) {
      if (!(error instanceof MongoNetworkError)) throw error;
    }
}

describe('a replica set of three members', () => {
  it('has one primary and two that follow', async () => {
    expect(set.members).toContain(await set.primary());
    expect(await set.secondaries()).toHaveLength(2);
  });

  it('goes on with another primary when the first is killed, and takes it back with its files', async () => {
    const first = await set.primary();
    await first.kill();
    await insist(2);
    expect(await set.primary()).not.toBe(first);
    await first.restart();
    expect(await first.isAlive()).toBe(true);
    expect(await stored()).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  it('promises nothing to a majority while those that follow are frozen, and goes on when they thaw', async () => {
    const following = await set.secondaries();
    expect(following).toHaveLength(2);
    for (const each of following) await each.freeze();
    const writeConcern = { ...majority, wtimeoutMS: 300 };
    await expect(notes.insertOne({ _id: 3 }, { writeConcern })).rejects.toThrow();
    for (const each of following) {
      expect(await each.isAlive()).toBe(true);
      await each.thaw();
    }
    await notes.insertOne({ _id: 4 });
    expect((await stored()).map(({ _id }) => _id)).toEqual(expect.arrayContaining([1, 2, 4]));
  });

  it('is asked in order to stop, and a member that runs is not started twice', async () => {
    const [last] = (await set.secondaries()).slice(-1);
    await last!.stop();
    expect(await last!.isAlive()).toBe(false);
    await last!.start();
    await expect(last!.start()).rejects.toThrow('runs already');
  });
});
