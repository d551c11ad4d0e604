import { TRIAL_IMAGE, makeTrialImage, removeTrialImage } from '../test/trial-image.js';
import { parentThatIsKilled } from '../test/killed-parent.js';
import { trialRuntime } from '../test/trial-runtime.js';
import type { TrialRuntime } from '../test/trial-runtime.js';
import { ownKafka } from './kafka.js';
import { ownMongo } from './mongo.js';

const PLACES = ['container', 'local'] as const;

let runtime: TrialRuntime;
/** Where servers come from on this machine when a container is the first choice. */
let expected: 'container' | 'local';

beforeAll(async () => {
  runtime = await trialRuntime();
  expected = runtime.answers ? 'container' : 'local';
  process.stderr.write(`containers: ${runtime.says}; these servers are ${expected} processes\n`);
  if (!runtime.answers) return;
  await makeTrialImage();
  process.env['SHOUWEN_MONGO_IMAGE'] = TRIAL_IMAGE;
  process.env['SHOUWEN_KAFKA_IMAGE'] = TRIAL_IMAGE;
  delete process.env['SHOUWEN_PLACE'];
});

afterAll(async () => {
  if (runtime.answers) await removeTrialImage();
  await runtime.end();
});

describe('where a container is the first choice', () => {
  it('MongoDB runs in one if a runtime answers, else as local processes, and takes every blow', async () => {
    const set = await ownMongo({ members: 3, places: PLACES });
    try {
      expect(set.origin).toBe(expected);
      const first = await set.primary();
      await first.kill();
      expect(await first.isAlive()).toBe(false);
      expect(await set.primary()).not.toBe(first);
      await first.start();
      expect(await first.isAlive()).toBe(true);
    } finally {
      await set.end();
    }
  });

  it('so does Kafka', async () => {
    const cluster = await ownKafka({ brokers: 1, places: PLACES });
    try {
      expect(cluster.origin).toBe(expected);
      const [broker] = cluster.brokers;
      await broker!.restart();
      expect(await broker!.isAlive()).toBe(true);
    } finally {
      await cluster.end();
    }
  });

  it('servers end with the process that started them, also where that is killed', async () => {
    const { origin, url, isGone } = await parentThatIsKilled();
    expect({ origin, isGone: await isGone() }).toEqual({ origin: expected, isGone: true });
    expect(url).toMatch(/^mongodb:/);
  });

  it('an image that cannot be had is said aloud and local processes serve', async () => {
    process.env['SHOUWEN_MONGO_IMAGE'] = 'localhost/shouwen-no-such-image:1';
    const said: string[] = [];
    const set = await ownMongo({ places: PLACES, tell: (line) => void said.push(line) });
    await set.end();
    expect(set.origin).toBe('local');
    expect(said.join('\n')).toContain('MongoDB: no container (');
  });
});
