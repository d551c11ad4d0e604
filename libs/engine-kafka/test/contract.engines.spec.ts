import { afterAll, beforeAll, jest } from '@jest/globals';
import { engineContract } from '@shouwen/engine/contract';
import { mongo, type MongoAddress } from '@shouwen/engines-local';
import { MongoWorlds } from './mongo-world.js';

jest.setTimeout(120_000);

let server: MongoAddress;
let worlds: MongoWorlds;
beforeAll(async () => {
  server = await mongo({ members: 1 });
  worlds = await MongoWorlds.at(server.url);
});
afterAll(async () => {
  await worlds.close();
  await server.end();
});

engineContract('The engine on MongoDB', (options) => worlds.open(options));
