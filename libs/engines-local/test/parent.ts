import { ownMongo } from '../src/mongo.js';

/** A process that starts servers, says which, and stays until somebody kills it. */
const set = await ownMongo({ members: 1 });
const { origin, url, folder } = set;
process.stdout.write(`${JSON.stringify({ origin, url, folder })}\n`);
setInterval(() => undefined, 60_000);
