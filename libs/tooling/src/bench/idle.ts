import { setTimeout as pause } from 'node:timers/promises';
import { createSecretKey } from 'node:crypto';
import { encode, nameBased, type EventContract } from '@shouwen/engine';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { ContactRecorded } from '@shouwen/contracts';
import { inDirectory, median, type Figure } from './figures.js';
import { start } from './platform.js';

const EVENTS = 1_000_000;
const MAIN = './services/all-in-one/src/main.ts';
const STARTS = 3;

/** Enquiries that were answered on the phone: they open nothing, and stand in the views of contacts and in the timeline. */
async function fill(directory: string): Promise<void> {
  const engine = openEmbeddedEngine({ directory });
  const { log } = await engine.open('intake');
  const first = Date.now() - EVENTS * 1000;
  for (let n = 0; n < EVENTS; n += 500) {
    const batch = Array.from({ length: 500 }, (_, i) => anAppend(n + i, first + (n + i) * 1000));
    await Promise.all(batch.map((append) => log.append(append)));
  }
  await engine.close();
}

function anAppend(n: number, time: number) {
  const at = new Date(time).toISOString();
  const id = nameBased(time.toString(16).padStart(12, '0'), 'bench', String(n));
  const event = ContactRecorded({
    contactId: id,
    channel: 'phone',
    receivedAt: at,
    answeredAt: at,
    takenBy: '1001',
    callerId: id,
    isAnonymous: true,
    isConfidential: false,
    isLateEntry: false,
    aboutStaff: [],
    disposition: 'answered',
    matters: [],
  });
  const place = {
    stream: `contact-${id}`,
    version: 1,
    id: `${id}-0`,
    occurredAt: at,
    recordedAt: at,
    meta: { actor: '1001', tenant: 'main', correlation: id },
  };
  const keys = new Map([[id, createSecretKey(Buffer.alloc(32))]]);
  const stored = encode(event, ContactRecorded as unknown as EventContract, place, keys);
  const expects = [{ stream: place.stream, version: 0 }];
  return { id, at, fingerprint: null, expects, events: [stored] };
}

async function behind(url: string): Promise<number> {
  const { services } = (await (await fetch(`${url}/health/ready`)).json()) as {
    services: Record<string, { behind: number }>;
  };
  return Object.values(services).reduce((sum, one) => sum + one.behind, 0);
}

/** Starts, waits until every view has read everything, and stops. */
async function readEverything(directory: string): Promise<void> {
  await using platform = await start(MAIN, directory);
  for (let left = await behind(platform.url); left > 0; left = await behind(platform.url)) {
    console.error(`  ${left} events left to read`);
    await pause(10_000);
  }
}

export async function idleFigures(): Promise<Figure[]> {
  return inDirectory(async (directory) => {
    await readEverything(directory);
    await fill(directory);
    await readEverything(directory);
    const ready: number[] = [];
    const memory: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      await using platform = await start(MAIN, directory);
      await pause(10_000);
      ready.push(platform.readyAfter);
      memory.push(platform.memory());
    }
    const what = `all-in-one holding ${EVENTS} events, all of them in its views`;
    return [
      figure(
        { id: 'N10 memory', what: `resident, idle for 10 s; ${what}`, unit: 'MiB', target: 250 },
        memory,
      ),
      figure({ id: 'N10 start', what: `start to ready; ${what}`, unit: 's', target: 3 }, ready),
    ];
  });
}

const figure = (
  about: Pick<Figure, 'id' | 'what' | 'unit' | 'target'>,
  values: readonly number[],
): Figure => ({
  ...about,
  value: Math.round(median(values) * 100) / 100,
  baseline: null,
  ratio: null,
});
