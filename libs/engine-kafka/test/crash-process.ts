// The addresses of the servers are in the environment: MONGO and KAFKA.
import { join } from 'node:path';
import { crashProcess } from '@shouwen/engine/contract/crash-process';
import { openKafkaEngine } from '../src/index.js';
import { prefixOf } from './server-worlds.js';

const { MONGO, KAFKA } = process.env as { MONGO: string; KAFKA: string };

await crashProcess(({ directory, from }) =>
  openKafkaEngine({
    mongo: { url: MONGO, prefix: prefixOf(directory) },
    kafka: { brokers: KAFKA.split(','), partitions: 3 },
    masterKeyFile: join(directory, 'master.key'),
    training: { from },
  }),
);
