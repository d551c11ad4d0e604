// N8: services and servers are killed at random while tickets are opened and pressed for; then the logs are counted
// against what was acknowledged, and the letters against the attempts.
import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '@shouwen/engines-local';
import { Platform } from '../import/platform.js';
import { Apart, behindOf, SERVICES, type ServiceName } from './apart.js';
import type { Figure } from './figures.js';
import { countApart, type Counted, type Told } from './kills-count.js';
import { freshKey } from './open.js';
import { PASSWORD } from './platform.js';
import { withOwnServers, type OwnServers } from './servers.js';

/** Tickets a second; each is a leak of gas with a work order, and is pressed for once. */
const RATE = 5;
/** Of a hundred kills so many hit a member of MongoDB, and so many the broker. */
const OF_MEMBERS = 15;
const OF_BROKER = 5;
/** Milliseconds between a process that is ready again and the next kill, at most. */
const CALM = 1_000;
/** Seconds that nothing may move while something is left to do. */
const PATIENCE = 300;
/** Takes what the first one opened, so that somebody else has pressed. */
const COLLEAGUE = { staff: '1001', password: 'measured as a colleague' };

export async function killFigures(kills: number): Promise<Figure[]> {
  return withOwnServers(async (servers) => {
    const apart = await Apart.start(servers);
    try {
      const told: Told = { tickets: [], chased: [] };
      const platform = await welcome(apart);
      const stopping = new AbortController();
      const working = work(platform, told, stopping.signal);
      working.catch(() => undefined);
      const hits = await killThem({ apart, servers, kills, working });
      stopping.abort();
      await working;
      console.error('  settling …');
      await settled(apart);
      await apart.stop();
      console.error('  counting …');
      return figuresOf({ kills, hits, told }, await countApart(servers, told));
    } finally {
      await apart.stop();
    }
  });
}

/** Waits for whoever is away and asks again under the same key, as the commands do. */
async function welcome(apart: Apart): Promise<Platform> {
  await settled(apart);
  const platform = new Platform({
    ...{ url: apart.addresses, user: 'admin', password: PASSWORD },
    ...{ patienceSeconds: PATIENCE, tell: () => undefined },
  });
  const { staff, password } = COLLEAGUE;
  const path = `/auth/staff/${staff}/password`;
  const { status, body } = await platform.post(
    path,
    { newPassword: password },
    { key: freshKey() },
  );
  if (status >= 400) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
  platform.knows(staff, password);
  return platform;
}

/** Opens tickets at fixed times until the signal, and waits for the answer of each. */
async function work(platform: Platform, told: Told, signal: AbortSignal): Promise<void> {
  const running: Promise<void>[] = [];
  const start = performance.now();
  for (let i = 0; !signal.aborted; i++) {
    await pause(Math.max(0, start + (i * 1000) / RATE - performance.now()));
    const one = openAndPress(platform, i, told);
    one.catch(() => undefined);
    running.push(one);
  }
  await Promise.all(running);
}

async function openAndPress(platform: Platform, nth: number, told: Told): Promise<void> {
  const opens = { typeCode: 'gas.leak-alarm', address: `杏林巷${nth}号` };
  const contact = { channel: 'phone', matters: [{ opens }] };
  const opened = await acknowledged(platform, '/intake/contacts', contact);
  const { ticketId } = (opened['matters'] as { ticketId: string }[])[0]!;
  told.tickets.push(ticketId);
  await acknowledged(platform, `/intake/tickets/${ticketId}/chase`, {}, COLLEAGUE.staff);
  told.chased.push(ticketId);
}

async function acknowledged(platform: Platform, path: string, body: object, as = 'admin') {
  const answer = await platform.post(path, body, { key: freshKey(), as });
  if (answer.status < 400) return answer.body;
  throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

export interface Hits {
  services: number;
  members: number;
  brokers: number;
}

async function killThem(parts: {
  apart: Apart;
  servers: OwnServers;
  kills: number;
  working: Promise<void>;
}): Promise<Hits> {
  const { apart, servers, kills, working } = parts;
  const hits: Hits = { services: 0, members: 0, brokers: 0 };
  const failed = working.then(() => undefined);
  for (let kill = 1; kill <= kills; kill++) {
    await Promise.race([pause(Math.random() * CALM), failed]);
    const dice = Math.random() * 100;
    const start = performance.now();
    let name: string;
    if (dice < OF_BROKER) name = await hit(oneOf(servers.cluster.brokers), hits, 'brokers');
    else if (dice < OF_BROKER + OF_MEMBERS)
      name = await hit(oneOf(servers.set.members), hits, 'members');
    else name = await hitService(apart, oneOf(SERVICES), hits);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(`  ${kill} of ${kills}: ${name}, there again after ${seconds} s`);
  }
  return hits;
}

const oneOf = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!;

async function hit(server: Server, hits: Hits, kind: 'members' | 'brokers'): Promise<string> {
  await server.kill();
  await server.start();
  hits[kind] += 1;
  return server.name;
}

async function hitService(apart: Apart, service: ServiceName, hits: Hits): Promise<string> {
  const child = apart.process(service);
  await child.kill();
  await child.start();
  hits.services += 1;
  return service;
}

/**
 * Nothing is left to read, and looks again say so too: what one has done may be work for another. However much is left,
 * it is waited for as long as it gets less.
 */
async function settled(apart: Apart): Promise<void> {
  const urls = SERVICES.map((name) => apart.process(name).url);
  let [left, movedAt] = [null as number | null, performance.now()];
  for (let calm = 0; calm < SERVICES.length; calm = left === 0 ? calm + 1 : 0) {
    await pause(500);
    const now = await behindOf(urls);
    if (now !== left) movedAt = performance.now();
    left = now;
    if (performance.now() - movedAt > PATIENCE * 1000)
      throw new Error(
        `the services do not settle: ${left ?? 'an unknown number of'} events are left`,
      );
  }
}

function figuresOf(
  { kills, hits, told }: { kills: number; hits: Hits; told: Told },
  counted: Counted,
): Figure[] {
  const { services, members, brokers } = hits;
  const load =
    `${kills} kills (${services} of services, ${members} of MongoDB members, ${brokers} of the broker) under ${RATE} ` +
    `tickets/s: ${told.tickets.length} tickets and ${told.chased.length} presses were acknowledged`;
  const none = { unit: 'of them', baseline: null, ratio: null, target: 0 };
  const { lost, repeated, faults, letters } = counted;
  return [
    {
      id: 'N8 lost',
      what: `${load}; each must be in intake's log, and have its clock, its work order and its letter`,
      value: lost,
      ...none,
    },
    {
      id: 'N8 repeated',
      what:
        `events, clocks, work orders, queued messages and attempts beyond the one of each; ${letters} letters in the ` +
        'outbox, each named after the attempt that the log has',
      value: repeated,
      ...none,
    },
    {
      id: 'N8 faults',
      what: `events out of number, twice or with a wrong hash among the ${counted.events} of three logs`,
      value: faults,
      ...none,
    },
  ];
}
