import { MongoClient } from 'mongodb';

/** Documents written at a time. */
const PAGE = 500;

/**
 * Makes a database what another one is, indexes included, as a backup that is put back would: whatever it was before
 * is gone.
 */
export async function copyDatabase(url: string, from: string, to: string): Promise<void> {
  const client = await MongoClient.connect(url);
  try {
    await client.db(to).dropDatabase();
    const collections = await client.db(from).listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of collections) {
      const [source, target] = [client.db(from).collection(name), client.db(to).collection(name)];
      const indexes = (await source.indexes()).filter((index) => index.name !== '_id_');
      await client.db(to).createCollection(name);
      if (indexes.length > 0)
        await target.createIndexes(indexes.map(({ v: _version, ...index }) => index));
      const documents = await source.find().toArray();
      for (let i = 0; i < documents.length; i += PAGE)
        await target.insertMany(documents.slice(i, i + PAGE));
    }
  } finally {
    await client.close();
  }
}
