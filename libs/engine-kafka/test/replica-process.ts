// One of several processes that run the same service, to be killed, stopped and frozen. It says which consumers run here
// whenever that has changed, and stops in order at the end of its input. Arguments: directory, seat. The addresses of
// the servers are in the environment: MONGO and KAFKA.
import { join } from 'node:path';
import { World } from '@shouwen/engine/contract/world';
import { openKafkaEngine } from '../src/index.js';
import { countingShelf } from './counting-shelf.js';
import { prefixOf } from './server-worlds.js';

const { MONGO, KAFKA } = process.env as { MONGO: string; KAFKA: string };
const [directory, seat] = process.argv.slice(2) as [string, string];

const world = await World.open({
  directory,
  services: [countingShelf],
  openEngine: ({ from }) =>
    openKafkaEngine({
      mongo: { url: MONGO, prefix: prefixOf(directory) },
      kafka: { brokers: KAFKA.split(',') },
      masterKeyFile: join(directory, 'master.key'),
      training: { from },
      seat,
    }),
});

let said = '';
function say(): void {
  const states = world.runtime('shelf').states();
  const running = states.filter(({ state }) => state === 'running').map(({ name }) => name);
  const line = `runs ${running.join()}`;
  if (line !== said) console.log((said = line));
}
const saying = setInterval(say, 50);
say();

process.stdin.on('end', () => {
  clearInterval(saying);
  void world.stop().then(() => console.log('done'));
});
process.stdin.resume();
