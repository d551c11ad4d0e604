// N6: from a command's answer until a view of another service has what follows from it. The load asks at fixed times,
// whatever is still on its way. Who watches looks into the store of the views itself, as a reader of its own: at the
// instant at which it finds the document, a query of the service would have found it.
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient, type ChangeStreamInsertDocument } from 'mongodb';
import { ChildPlatform, freePort } from '../demo/child.js';
import { Apart, isThrough, SERVICES } from './apart.js';
import { inDirectory, percentile, type Figure } from './figures.js';
import { bodyOfContact, freshKey } from './open.js';
import { PASSWORD, signIn } from './platform.js';
import { withServers, type Servers } from './servers.js';

/** Tickets a second on two cores. */
export const RATE = 50;
const WARM_UP = 5;
/** The view of dispatch that reads intake's events. */
const VIEW = 'view:work-order-tickets:1';
/** Milliseconds between two looks into the embedded store. */
const LOOK = 2;
/** Seconds until a ticket that is seen nowhere counts as a failure. */
const PATIENCE = 120;

export interface Opened {
  /** Milliseconds of this process's clock: when it was due, and when its answer came. */
  readonly due: number;
  readonly answered: number;
  readonly ticketId: string;
}

interface Watch {
  /** When a ticket was seen first; absent: not yet. */
  readonly seen: ReadonlyMap<string, number>;
  /** Tickets to look for. */
  expect(ticketId: string): void;
  close(): Promise<void>;
}

/** Opens tickets at their own times, each as soon as it is due. Throws where one is refused. */
export async function load(
  url: string,
  wish: { token: string; seconds: number; onOpened?: (opened: Opened) => void },
): Promise<readonly Opened[]> {
  const { token, seconds, onOpened = () => undefined } = wish;
  const running: Promise<Opened>[] = [];
  const start = performance.now();
  for (let i = 0; i < RATE * seconds; i++) {
    const due = start + (i * 1000) / RATE;
    await pause(Math.max(0, due - performance.now()));
    const opening = open(url, token, due).then((opened) => {
      onOpened(opened);
      return opened;
    });
    opening.catch(() => undefined);
    running.push(opening);
  }
  return Promise.all(running);
}

async function open(url: string, token: string, due: number): Promise<Opened> {
  const response = await fetch(`${url}/intake/contacts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': freshKey(),
    },
    body: bodyOfContact(),
  });
  const answered = performance.now();
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  const { matters } = JSON.parse(text) as { matters: readonly { ticketId: string }[] };
  return { due, answered, ticketId: matters[0]!.ticketId };
}

/** Looks into the file of the views, which another process writes, every 2 ms. */
function watchFile(file: string): Watch {
  const db = new DatabaseSync(file, { readOnly: true });
  const find = db.prepare(`SELECT 1 FROM "${VIEW}" WHERE tenant = 'main' AND id = ?`);
  const seen = new Map<string, number>();
  const wanted = new Set<string>();
  const look = setInterval(() => {
    for (const ticketId of wanted)
      if (find.get(ticketId)) {
        seen.set(ticketId, performance.now());
        wanted.delete(ticketId);
      }
  }, LOOK);
  return {
    seen,
    expect: (ticketId) => {
      // What is there when its answer comes was there in time.
      if (find.get(ticketId)) seen.set(ticketId, performance.now());
      else wanted.add(ticketId);
    },
    close: async () => {
      clearInterval(look);
      db.close();
    },
  };
}

/** Is told by MongoDB of each document that a majority has. */
async function watchCollection({ mongo, prefix }: Servers): Promise<Watch> {
  const client = await MongoClient.connect(mongo);
  const db = client.db(`${prefix}_dispatch_main`);
  const table = await db
    .collection<{ _id: string; collection: string }>('tables')
    .findOne({ _id: VIEW });
  if (!table) throw new Error(`${VIEW} is not where the bench looks for it`);
  type Inserted = ChangeStreamInsertDocument<{ _id: string }>;
  const stream = db
    .collection<{ _id: string }>(table.collection)
    .watch<{ _id: string }, Inserted>([
      { $match: { operationType: 'insert' } },
      { $project: { documentKey: 1, operationType: 1 } },
    ]);
  const seen = new Map<string, number>();
  stream.on('change', ({ documentKey }) => {
    const [ticketId] = documentKey._id.split('\0');
    seen.set(ticketId!, performance.now());
  });
  return {
    seen,
    expect: () => undefined,
    close: async () => {
      await stream.close();
      await client.close();
    },
  };
}

async function measured(
  at: { url: string; token: string; seconds: number },
  watch: Watch,
): Promise<readonly (Opened & { seen: number })[]> {
  const { url, token, seconds } = at;
  const onOpened = ({ ticketId }: Opened) => watch.expect(ticketId);
  await load(url, { token, seconds: WARM_UP, onOpened });
  const opened = await load(url, { token, seconds, onOpened });
  const until = performance.now() + PATIENCE * 1000;
  while (opened.some(({ ticketId }) => !watch.seen.has(ticketId))) {
    if (performance.now() > until) throw new Error('a ticket did not come to the view of dispatch');
    await pause(10);
  }
  return opened.map((one) => ({ ...one, seen: watch.seen.get(one.ticketId)! }));
}

async function embedded(seconds: number): Promise<Figure> {
  return inDirectory(async (dataDir) => {
    const child = new ChildPlatform({
      ...{ port: await freePort(), dataDir, password: PASSWORD, args: [], patience: 240 },
    });
    try {
      await child.start();
      const watch = watchFile(join(dataDir, 'dispatch.main.documents.db'));
      const token = await signIn(child.url);
      const found = await measured({ url: child.url, token, seconds }, watch);
      await watch.close();
      return figureOf('N6 embedded', 'all-in-one, SQLite', { found, target: 50 });
    } finally {
      await child.stop();
    }
  });
}

async function separate(seconds: number): Promise<Figure> {
  return withServers(async (servers) => {
    const apart = await Apart.start(servers);
    try {
      while (!(await isThrough(SERVICES.map((name) => apart.process(name).url)))) await pause(200);
      const watch = await watchCollection(servers);
      const { url } = apart.process('intake');
      const token = await signIn(apart.process('dispatch').url);
      const found = await measured({ url, token, seconds }, watch);
      await watch.close();
      return figureOf('N6 Kafka', 'four processes, MongoDB of three members, Kafka of one broker', {
        ...{ found, target: 250 },
      });
    } finally {
      await apart.stop();
    }
  });
}

function figureOf(
  id: string,
  where: string,
  { found, target }: { found: readonly (Opened & { seen: number })[]; target: number },
): Figure {
  const after = found.map(({ answered, seen }) => Math.max(0, seen - answered));
  const whole = found.map(({ due, seen }) => seen - due);
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    id,
    what:
      `p99 from the answer to a contact that opens a ticket until dispatch's view work-order-tickets has it; ${where}; ` +
      `${found.length} tickets at ${RATE}/s, each at its fixed time; p50 ${round(percentile(after, 0.5))} ms; from when ` +
      `the call was due p50 ${round(percentile(whole, 0.5))}, p99 ${round(percentile(whole, 0.99))} ms`,
    value: round(percentile(after, 0.99)),
    unit: 'ms',
    baseline: null,
    ratio: null,
    target,
  };
}

export async function visibleFigures(seconds: number): Promise<Figure[]> {
  console.error('  in one process');
  const one = await embedded(seconds);
  console.error('  in a process for each service');
  return [one, await separate(seconds)];
}
