// What a ticket leaves behind, and nothing else: the baseline's route, which then writes by hand what opening a ticket
// writes. One key, three sealed and hashed events in two commits, four documents with the indexes of their views. It
// decides nothing, folds nothing and reacts to nothing, so no engine that keeps these facts is faster on this machine.
import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import { Controller, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ContactRecorded, OwnershipBegun, TicketOpened } from '@shouwen/contracts';
import { samples } from '@shouwen/contracts/samples';
import { encode, type Event, type EventContract, type Put } from '@shouwen/engine';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { intake } from '@shouwen/intake';
import { bodyOf, callerOf, makeContainer, Tokens } from '@shouwen/nest';
import type { FastifyRequest } from 'fastify';
import { serve } from './serve.js';

const engine = openEmbeddedEngine({ directory: process.env['DATA_DIR']! });
const { log, documents } = await engine.open('bare');
const tokens = new Tokens(engine.keys.purpose('token'));
const fingerprintKey = createSecretKey(engine.keys.purpose('fingerprint'));
const { command } = intake.commands.find(({ command: c }) => c.name === 'RecordContact')!;

const VIEWS = ['contacts', 'tickets', 'ticket-callers', 'ticket-traits'].map((name) =>
  intake.views.find((view) => view.name === name)!,
);
for (const { name, indexes } of VIEWS) await documents.define({ name, indexes });

const PERSON = {
  callerName: '张小三',
  callerPhone: '19900001234',
  affectedName: '张小三',
  affectedPhone: '19900001234',
  address: '明城东区一号楼二单元三零一',
  description: '请问今年的采暖期从哪一天开始，停暖以后还能补交费用吗？',
};

/** A sample of each contract about one person, without what the load does not say. */
const TEMPLATES = new Map(
  [ContactRecorded, TicketOpened, OwnershipBegun].map((contract: EventContract) => {
    const personal = Object.values(contract.personal ?? {}).flatMap(Object.keys);
    const [sample] = samples(contract.type);
    const open = Object.entries(sample!.data).filter(([name]) => !personal.includes(name));
    const said = Object.entries(PERSON).filter(([name]) => personal.includes(name));
    return [contract.type, Object.fromEntries([...open, ...said])] as const;
  }),
);

function prepared(contract: EventContract, id: string): Event {
  const data: Record<string, unknown> = {
    ...TEMPLATES.get(contract.type),
    [contract.key]: id,
  };
  for (const subject of Object.keys(contract.personal ?? {})) data[subject] = id;
  return { type: contract.type, version: contract.version, data };
}

/** Writes of one turn of the consumers go together, as the platform's do. */
const TURN = 10;
let waiting: (() => void)[] = [];
function later(work: () => void): void {
  if (waiting.push(work) === 1)
    setTimeout(() => {
      const due = waiting;
      waiting = [];
      for (const one of due) one();
    }, TURN);
}

@Controller('contacts')
class Leavings {
  @Post()
  @RouteConfig({ roles: ['call-taker', 'administrator'] })
  async open(@Req() request: FastifyRequest) {
    const { key, fingerprint } = callerOf(request, fingerprintKey);
    (request.body as { contactId?: string }).contactId ??= key;
    bodyOf(command, request);
    const at = new Date().toISOString();
    const keys = await engine.keys.ensure([key]);
    const meta = { actor: 'admin', tenant: 'main', correlation: key };
    const eventOf = (contract: EventContract, nth: number) =>
      encode(
        prepared(contract, key),
        contract,
        {
          stream: `${contract.type}-${key}`,
          version: 1,
          id: `${key}-${nth}`,
          occurredAt: at,
          recordedAt: at,
          meta,
        },
        keys,
      );
    const commit = (id: string, contracts: readonly EventContract[]) => {
      const events = contracts.map(eventOf);
      const expects = events.map(({ stream, version }) => ({ stream, version: version - 1 }));
      return log.append({ id, at, fingerprint, expects, events });
    };
    const { header } = await commit(key, [ContactRecorded, TicketOpened]);
    later(() => {
      void commit(`${key}-owner`, [OwnershipBegun]);
      void documents.write(
        VIEWS.map(({ name }): Put => ({
          table: name,
          tenant: 'main',
          id: key,
          document: prepared(name === 'contacts' ? ContactRecorded : TicketOpened, key).data,
        })),
      );
    });
    return { log: header.g };
  }
}

const app = await makeContainer([Leavings], [], { tokens, log: () => {}, prefix: 'intake' });
await serve(app, tokens, {
  settle: async () => {},
  stop: async () => {
    await app.close();
    await engine.close();
  },
});
