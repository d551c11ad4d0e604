import autocannon from 'autocannon';
import { inDirectory, median, type Figure } from './figures.js';
import { signIn, start, type Started } from './platform.js';

const CONNECTIONS = 64;
const SECONDS = 4;
const ROUNDS = 5;

let count = 0;

/** A fresh UUID with the time in front, as clients send it. */
export function freshKey(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = (++count).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest}`;
}

export const bodyOfContact = () =>
  JSON.stringify({
    channel: 'phone',
    callerName: '张小三',
    callerPhone: '19900001234',
    matters: [
      {
        opens: {
          utility: 'heat',
          typeCode: 'heat.consultation',
          gridCode: 'heat-east',
          address: '明城东区一号楼二单元三零一',
          description: '请问今年的采暖期从哪一天开始，停暖以后还能补交费用吗？',
        },
      },
    ],
  });

interface Load {
  /** Contacts a second that opened a ticket each. */
  readonly rate: number;
  /** Microseconds of processor time for each, until everything that follows is done too. */
  readonly each: number;
}

/** Every answer must be a 2xx. */
async function load(server: Started, token: string): Promise<Load> {
  const { url } = server;
  const before = server.processorTime();
  const {
    '2xx': opened,
    non2xx,
    errors,
    duration,
  } = await autocannon({
    url: `${url}/intake/contacts`,
    method: 'POST',
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    requests: [
      {
        body: bodyOfContact(),
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, 'idempotency-key': freshKey() },
        }),
      },
    ],
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} failed`);
  // Everything that follows from the tickets is done too before the other side is measured.
  await settled(server);
  return { rate: opened / duration, each: (server.processorTime() - before) / opened };
}

async function settled({ url }: Started): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/health/ready`);
    if (response.status === 404) return void (await fetch(`${url}/settle`));
    const { services } = (await response.json()) as {
      services: Record<string, { behind: number }>;
    };
    if (Object.values(services).every(({ behind }) => behind === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export async function openFigures(): Promise<Figure[]> {
  return inDirectory(async (directory) => {
    await using bare = await start('./libs/tooling/src/bench/bare-server.ts', `${directory}/bare`);
    const figures: Figure[] = [];
    for (const { id, main, what, target } of [
      {
        id: 'N5',
        main: './libs/tooling/src/bench/intake-server.ts',
        what: 'intake in a process of its own',
        target: 0.5,
      },
      {
        id: 'N5 floor',
        main: './libs/tooling/src/bench/leavings-server.ts',
        what: 'a bare route that writes by hand what a ticket leaves behind, and decides, folds and reads nothing',
        target: null,
      },
      {
        id: 'N5 all-in-one',
        main: './services/all-in-one/src/main.ts',
        what: 'all services, and all that follows from the ticket, on the same thread',
        target: 0.5,
      },
    ]) {
      await using platform = await start(main, `${directory}/${id}`);
      const { value, base } = await takeTurns(platform, bare);
      figures.push({
        id,
        what:
          `open a ticket over HTTP, ${CONNECTIONS} connections, ${Buffer.byteLength(bodyOfContact())} bytes to both sides; ` +
          `${what}; processor time ${value.each} µs each, baseline ${base.each} µs`,
        value: Math.round(value.rate),
        unit: 'tickets/s',
        baseline: Math.round(base.rate),
        ratio: Math.round((value.rate / base.rate) * 100) / 100,
        target,
      });
    }
    return figures;
  });
}

async function takeTurns(platform: Started, bare: Started) {
  const [token, bareToken] = [await signIn(platform.url), await signIn(bare.url)];
  const own: Load[] = [];
  const base: Load[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const [theirs, ours] = [await load(bare, bareToken), await load(platform, token)];
    // The first round warms up both sides.
    if (i > 0) {
      base.push(theirs);
      own.push(ours);
    }
  }
  return { value: middle(own), base: middle(base) };
}

const middle = (loads: readonly Load[]): Load => ({
  rate: median(loads.map(({ rate }) => rate)),
  each: Math.round(median(loads.map(({ each }) => each))),
});
