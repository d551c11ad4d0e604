import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownKafka, ownMongo, type Cluster, type ReplicaSet } from '@shouwen/engines-local';
import { freePort, killAll, Platform, until } from './child.js';

const work = mkdtempSync(join(tmpdir(), 'shouwen-readiness-'));
let mongodb: ReplicaSet;
let cluster: Cluster;
let intake: Platform;

beforeAll(async () => {
  const masterKey = join(work, 'master.key');
  writeFileSync(masterKey, randomBytes(32).toString('base64'));
  [mongodb, cluster] = await Promise.all([ownMongo({ members: 1 }), ownKafka({ brokers: 1 })]);
  intake = new Platform(await freePort(), ['intake'], {
    ...{ MONGO_URL: mongodb.url, KAFKA_BROKERS: cluster.addresses.join(), KAFKA_PARTITIONS: '3' },
    ...{ MASTER_KEY_FILE: masterKey, DATA_DIR: work },
  });
  await intake.start();
});

afterAll(async () => {
  killAll();
  await Promise.all([mongodb.end(), cluster.end()]);
  rmSync(work, { recursive: true, force: true });
});

interface Readiness {
  readonly services: {
    readonly intake: { readonly log: string; readonly behind: number | null };
  };
}

async function intakeNow() {
  const answer = await fetch(`${intake.url}/health/ready`);
  const { services } = (await answer.json()) as Readiness;
  return { status: answer.status, log: services.intake.log, behind: services.intake.behind };
}
const live = async () => (await fetch(`${intake.url}/health/live`)).status;

describe('the readiness of a service by itself', () => {
  it('outlasts Kafka, for what it is told is kept in its log', async () => {
    expect(await intakeNow()).toMatchObject({ status: 200, log: 'answers' });
    await cluster.brokers[0]!.kill();
    await until(async () => (await intakeNow()).behind === null);
    expect(await intakeNow()).toEqual({ status: 200, log: 'answers', behind: null });
    await cluster.brokers[0]!.start();
    await until(async () => (await intakeNow()).behind === 0);
  });

  it('ends with its log and comes back with it, while the process lives on', async () => {
    const [member] = mongodb.members;
    await member!.freeze();
    await until(async () => (await intake.readiness()) === 503);
    expect(await intakeNow()).toMatchObject({ status: 503, log: 'away' });
    expect(await live()).toBe(200);
    await member!.thaw();
    await until(async () => (await intake.readiness()) === 200);
  });

  it('is refused to whoever comes with another master key, or with the clock of a training', async () => {
    const other = join(work, 'other.key');
    writeFileSync(other, randomBytes(32).toString('base64'));
    const env = { MONGO_URL: mongodb.url, KAFKA_BROKERS: cluster.addresses.join(), DATA_DIR: work };
    const stranger = new Platform(await freePort(), ['audit'], { ...env, MASTER_KEY_FILE: other });
    await expect(stranger.start()).rejects.toThrow('is not the master key of');
    const trainee = new Platform(await freePort(), ['intake', '--training'], {
      ...{ ...env, MASTER_KEY_FILE: join(work, 'master.key') },
    });
    await expect(trainee.start()).rejects.toThrow('real data; training needs its own');
  });
});
