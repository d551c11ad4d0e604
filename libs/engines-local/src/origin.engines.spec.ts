import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fetchKafka, fetchMongod } from './fetch.js';
import { findKafka, findMongod } from './found.js';
import { kafka, ownKafka } from './kafka.js';
import { mongo, ownMongo } from './mongo.js';
import { freePorts } from './ports.js';

const before = { ...process.env };
const folders: string[] = [];

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-empty-'));
  folders.push(folder);
  return folder;
}

describe('addresses in the environment', () => {
  it('are taken as they are, and what they name is left alone', async () => {
    const given = await mongo();
    await given.end();
    const again = await mongo();
    expect([given, again]).toMatchObject(
      Array(2).fill({ origin: 'environment', url: process.env['SHOUWEN_MONGO'] }),
    );
    const cluster = await kafka();
    await cluster.end();
    expect(await kafka()).toMatchObject({
      origin: 'environment',
      addresses: process.env['SHOUWEN_KAFKA']!.split(','),
    });
  });

  it('where nobody answers are a failure that names them', async () => {
    const [port] = await freePorts(1);
    process.env['SHOUWEN_MONGO'] = `mongodb://127.0.0.1:${port}/?serverSelectionTimeoutMS=500`;
    process.env['SHOUWEN_KAFKA'] = `127.0.0.1:${port}`;
    await expect(mongo()).rejects.toThrow(`SHOUWEN_MONGO says mongodb://127.0.0.1:${port}`);
    await expect(kafka()).rejects.toThrow(`SHOUWEN_KAFKA says 127.0.0.1:${port}`);
  });

  it('are left alone by an attack, which says so and starts servers of its own', async () => {
    delete process.env['SHOUWEN_OF_THIS_RUN'];
    const said: string[] = [];
    const own = await ownMongo({ tell: (line) => void said.push(line) });
    try {
      expect(said).toContainEqual(expect.stringContaining('SHOUWEN_MONGO is left alone'));
      expect(own.url).not.toBe(process.env['SHOUWEN_MONGO']);
      expect(['container', 'local']).toContain(own.origin);
    } finally {
      await own.end();
    }
  });
});

describe('a place by name', () => {
  it('is taken, and an unknown one is refused', async () => {
    process.env['SHOUWEN_PLACE'] = 'local';
    delete process.env['SHOUWEN_KAFKA'];
    const cluster = await kafka();
    await cluster.end();
    expect(cluster.origin).toBe('local');
    process.env['SHOUWEN_PLACE'] = 'somewhere';
    await expect(ownKafka()).rejects.toThrow('not "somewhere"');
  });
});

describe('local programs', () => {
  const silent = () => undefined;

  it('come from the cache first, then from PATH', async () => {
    const cached = await findMongod(silent);
    process.env['PATH'] = dirname(cached);
    process.env['SHOUWEN_ENGINES'] = emptyFolder();
    expect(await findMongod(silent)).toBe(cached);
    process.env['PATH'] = '';
    process.env['SHOUWEN_ENGINES'] = dirname(cached);
    expect(await findMongod(silent)).toBe(cached);
  });

  it('are fetched where there are none, with word of it, and leave nothing half done', async () => {
    const folder = emptyFolder();
    process.env['SHOUWEN_ENGINES'] = folder;
    const said: string[] = [];
    const tell = (line: string) => void said.push(line);
    await Promise.all([fetchKafka(folder, tell), fetchMongod(folder, tell)]);
    expect((await findKafka(silent)).classpath).toBe(join(folder, 'kafka-4.3.1', '*'));
    expect(await findMongod(silent)).toBe(join(folder, 'mongod'));
    expect(said).toEqual(
      expect.arrayContaining([
        'Kafka 4.3.1 (44 MB of jars) is being downloaded …',
        'mongod 6.0.5 (42 MB) is being downloaded …',
      ]),
    );
    expect(new Set(readdirSync(folder))).toEqual(new Set(['mongod', 'kafka-4.3.1']));
  });

  it('that are not to be had are a failure with the commands to run', async () => {
    process.env['SHOUWEN_ENGINES'] = emptyFolder();
    process.env['PATH'] = emptyFolder();
    delete process.env['JAVA_HOME'];
    await expect(findMongod(silent)).rejects.toThrow(
      /needed and is not to be had.*python3 -m pip/s,
    );
    await expect(findKafka(silent)).rejects.toThrow(/there is no java.*mvn -q -B -f libs/s);
  });
});
