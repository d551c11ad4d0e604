import { afterAll, beforeAll } from '@jest/globals';
import { engineContract } from '@shouwen/engine/contract';
import { kafka, mongo, type KafkaAddress, type MongoAddress } from '@shouwen/engines-local';
import { ServerWorlds } from './server-worlds.js';

let servers: [MongoAddress, KafkaAddress];
let worlds: ServerWorlds;
beforeAll(async () => {
  servers = await Promise.all([mongo({ members: 1 }), kafka({ brokers: 1 })]);
  worlds = await ServerWorlds.at(servers[0].url, servers[1].addresses);
});
afterAll(async () => {
  await worlds.close();
  await Promise.all(servers.map((server) => server.end()));
});

engineContract('The engine on MongoDB and Kafka', (options) => worlds.open(options));
