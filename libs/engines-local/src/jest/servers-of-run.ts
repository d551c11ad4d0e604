import { statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { kafka } from '../kafka.js';
import type { KafkaAddress } from '../kafka.js';
import { FILES_IN } from '../local-place.js';
import { mongo } from '../mongo.js';
import type { MongoAddress } from '../mongo.js';
import { OF_RUN } from '../somewhere.js';

const started: (MongoAddress | KafkaAddress)[] = [];

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';
const GIB = 1024 ** 3;

/**
 * Servers of specs write thousands of small files, each flushed to disk, three times over. No spec cuts the power, so
 * memory keeps them as safely, where there is enough of it for these and for everything else.
 */
function isMemoryAmple(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > 4 * GIB && freemem() > 10 * GIB;
  } catch {
    return false;
  }
}

/**
 * One set of servers for all specs of a run, told through the environment, as servers of the developer's own would be.
 * Specs that stop or kill start their own.
 */
export async function startShared(): Promise<void> {
  const from = Date.now();
  if (isMemoryAmple()) process.env[FILES_IN] ??= MEMORY;
  const answers = await Promise.allSettled([mongo({ members: 3 }), kafka({ brokers: 1 })]);
  for (const answer of answers) if (answer.status === 'fulfilled') started.push(answer.value);
  const [mongodb, cluster] = answers;
  if (mongodb.status === 'rejected' || cluster.status === 'rejected') {
    await endShared();
    const reasons = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason] : [],
    );
    throw new Error(`\n${reasons.map(sentence).join('\n\n')}\n`);
  }
  const names = ['SHOUWEN_MONGO', 'SHOUWEN_KAFKA'].filter((name) => !process.env[name]);
  process.env[OF_RUN] = names.join(' ');
  process.env['SHOUWEN_MONGO'] = mongodb.value.url;
  process.env['SHOUWEN_KAFKA'] = cluster.value.addresses.join(',');
  // What was found out once need not be tried again by every spec that starts servers of its own.
  const origins = new Set(started.map(({ origin }) => origin));
  const [origin] = origins;
  if (origin && origins.size === 1 && origin !== 'environment')
    process.env['SHOUWEN_PLACE'] ??= origin;
  const seconds = ((Date.now() - from) / 1000).toFixed(1);
  const where = `MongoDB ${mongodb.value.origin}, Kafka ${cluster.value.origin}`;
  process.stderr.write(`servers of this run after ${seconds} s: ${where}\n`);
}

export async function endShared(): Promise<void> {
  await Promise.all(started.splice(0).map((each) => each.end()));
}

const sentence = (reason: unknown) => (reason instanceof Error ? reason.message : String(reason));
