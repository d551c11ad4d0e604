import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafka, mongo, type KafkaAddress, type MongoAddress } from '@shouwen/engines-local';
import { City, finished, killAll, ROOT, until } from './city.js';

const MAP = join(ROOT, 'deploy/import/sample.yaml');
const LINES = 12;

const work = mkdtempSync(join(tmpdir(), 'shouwen-simulate-'));
const file = join(work, 'sample.csv');
let mongodb: MongoAddress;
let cluster: KafkaAddress;

beforeAll(async () => {
  const all = readFileSync(join(ROOT, 'deploy/import/sample.csv'), 'utf8').split('\n');
  writeFileSync(file, `${all.slice(0, LINES + 1).join('\n')}\n`);
  [mongodb, cluster] = await Promise.all([mongo({ members: 3 }), kafka({ brokers: 1 })]);
});

afterAll(async () => {
  killAll();
  await Promise.all([mongodb.end(), cluster.end()]);
  rmSync(work, { recursive: true, force: true });
});

const simulate = (city: City, out: string) =>
  finished(city.tool('simulate', ['--seed', '7', '--import', file, '--map', MAP, '--json', out]));
const table = (out: string) => JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;

describe('a simulation on separate processes', () => {
  it('ends with the table of one process, although each of them was killed on the way', async () => {
    const one = await City.raise(join(work, 'one'));
    const calm = join(work, 'one.json');
    expect(await simulate(one, calm)).toMatchObject({ code: 0 });
    await one.stop();

    const servers = { mongo: mongodb.url, kafka: cluster.addresses.join() };
    const city = await City.raise(join(work, 'each'), servers);
    const out = join(work, 'each.json');
    const closed = async () => (await city.list('/intake/tickets?status=closed')).length;
    const end = simulate(city, out);
    for (const [count, service] of ['dispatch', 'intake', 'audit', 'notifications'].entries()) {
      await until(async () => (await closed()) > count, end);
      await city.process(service).kill();
      await city.process(service).start();
    }
    expect(await end).toMatchObject({ code: 0 });
    expect(table(out)).toEqual(table(calm));
    expect(table(out)['opened']).toBeGreaterThan(LINES / 2);
    await city.stop();
  }, 900_000);
});
