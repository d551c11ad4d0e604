import { afterAll, beforeAll } from '@jest/globals';
import { crashContract } from '@shouwen/engine/contract/crash';
import { kafka, mongo, type KafkaAddress, type MongoAddress } from '@shouwen/engines-local';
import { ServerWorlds } from './server-worlds.js';

let servers: [MongoAddress, KafkaAddress];
let worlds: ServerWorlds;
beforeAll(async () => {
  servers = await Promise.all([mongo({ members: 1 }), kafka({ brokers: 1 })]);
  const [{ url }, { addresses }] = servers;
  worlds = await ServerWorlds.at(url, addresses);
  process.env['MONGO'] = url;
  process.env['KAFKA'] = addresses.join();
});
afterAll(async () => {
  await worlds.close();
  await Promise.all(servers.map((server) => server.end()));
});

crashContract({
  script: './libs/engine-kafka/test/crash-process.ts',
  processes: ['desk', 'shelf'],
  openEngine: (options) => worlds.open(options),
});
