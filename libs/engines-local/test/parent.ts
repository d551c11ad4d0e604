import { ownMongo } from '../src/mongo.js';

/** A process that starts servers, says which, and stays until somebody kills it. */
const set = await ownMongo({ members: 1 });
const [member] = set.members;
process.stdout.write(`${JSON.stringify({ origin: set.origin, url: set.url, pid: member!.pid })}\n`);
setInterval(() => undefined, 60_000);
