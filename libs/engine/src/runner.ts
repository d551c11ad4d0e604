// Carries out commands of one service: idempotency before decide, one queue a stream, decide, append, and again
// when the stream has moved on.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { blind, commitIdOf, contextOf, covers, isLetIn, type Caller } from './caller.js';
import { assertDeclared, decode, encode, subjectsOf } from './codec.js';
import {
  idField,
  type AnyStream,
  type Command,
  type Context,
  type Stream,
  type StreamRef,
  type UseCase,
  type Written,
} from './command.js';
import { Busy, Conflict, Forbidden, Invalid, KeyReused, NotFound, Rejected } from './errors.js';
import type { Event, EventContract, Meta, Recorded } from './event.js';
import { positionToken } from './identifiers.js';
import { forPerson } from './precedence.js';
import type { Append, CommitHeader, Engine, NewEvent, Store } from './ports.js';
import { faultsOf } from './validation.js';

/** A stream that moved on is decided anew this often; with the growing pauses that is about a second. */
const ATTEMPTS = 12;
/** Clocks of callers may run ahead of ours by this much; what they report is then taken as now. Milliseconds. */
const AHEAD = 5_000;
/** States of streams kept in memory, so that a long history is read once; some KiB each. */
const REMEMBERED = 1_000;

export interface Outcome {
  readonly answer: object;
  readonly isReplay: boolean;
}

interface Loaded {
  readonly ref: StreamRef;
  readonly name: string;
  readonly version: number;
  readonly state: unknown;
}

/** A stream up to a version. `tenant` is null while nothing was written. */
interface Folded {
  readonly tenant: string | null;
  readonly version: number;
  readonly state: unknown;
}

type Reducible = Stream<unknown, Event>;

export interface RunnerOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly standards: object;
}

export const streamName = ({ stream, id }: StreamRef): string => `${stream.name}-${id}`;

export class Runner {
  private readonly queues = new Map<string, Promise<unknown>>();
  /** States by stream, the one that was written longest ago first. */
  private readonly states = new Map<string, Folded>();
  private readonly blindKey: KeyObject;

  constructor(private readonly options: RunnerOptions) {
    this.blindKey = createSecretKey(options.engine.keys.purpose('blind'));
  }

  /** Throws Invalid, Forbidden, NotFound, Rejected, KeyReused, Busy or Unavailable; only then nothing was recorded. */
  execute(useCase: UseCase, command: Command, caller: Caller): Promise<Outcome> {
    const work = () => this.carryOut(useCase, command, caller);
    return caller.isSystem ? work() : forPerson(work);
  }

  private async carryOut(useCase: UseCase, command: Command, caller: Caller): Promise<Outcome> {
    const commitId = commitIdOf(caller);
    const now = new Date(this.options.engine.time.now()).toISOString();
    const context = contextOf(
      { ...caller, key: commitId },
      { now, standards: this.options.standards },
      happenedAt(command, caller, now),
    );
    const fields = command as unknown as Record<string, string | undefined>;
    const field = idField(useCase.stream);
    if (!useCase.stream.idField) fields[field] ??= context.newId();
    const faults = faultsOf(useCase.command, command);
    if (faults.length) throw new Invalid('request.invalid', 'The request breaks a rule.', faults);
    const id = fields[field]!;
    return this.inTurn(`${useCase.stream.name}-${id}`, async () => {
      const done = await this.options.store.log.lookUp(commitId);
      if (done) return this.replay(useCase, id, done, caller);
      return this.decide({ useCase, command, caller, context, commitId, id });
    });
  }

  /** Every event of a stream after a version, as its newest contract has it. Personal fields stay sealed. */
  async history(ref: StreamRef, after = 0): Promise<Recorded[]> {
    const { log } = this.options.store;
    const contracts = contractsOf(ref.stream);
    const stored = await log.readStream(streamName(ref), after);
    return stored.map((event) => decode(event, log.name, contracts));
  }

  blind(value: string): string {
    return blind(this.blindKey, value);
  }

  position(g: number): string {
    const { name, identity } = this.options.store.log;
    return positionToken({ log: name, epoch: identity.epoch, g });
  }

  private async decide(work: {
    useCase: UseCase;
    command: Command;
    caller: Caller;
    context: Context;
    commitId: string;
    id: string;
  }): Promise<Outcome> {
    const { useCase, command, caller, context, commitId, id } = work;
    const { log } = this.options.store;
    for (let attempt = 1; ; attempt++) {
      const loaded = await this.load(useCase.reads(command, context), caller);
      const written = useCase.decide(readerOf(loaded), command, context);
      if (written.every(({ events }) => events.length === 0)) {
        const { g } = await log.head();
        return { answer: this.answer(useCase, id, g, []), isReplay: false };
      }
      const events = await this.encode(written, loaded, work);
      const expects = [...loaded.values()].map(({ name, version }) => ({ stream: name, version }));
      try {
        const { fingerprint } = caller;
        const append: Append = { id: commitId, at: context.now, fingerprint, expects, events };
        const { header, isDuplicate } = await log.append(append);
        if (isDuplicate) return await this.replay(useCase, id, header, caller);
        return { answer: this.answer(useCase, id, lastOf(header), events), isReplay: false };
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        for (const name of loaded.keys()) this.states.delete(name);
        if (attempt === ATTEMPTS)
          throw new Busy(
            'Many people are working on this at once; nothing was recorded, try again.',
          );
        await pause(Math.random() * attempt * 10);
      }
    }
  }

  private async load(
    refs: readonly StreamRef[],
    caller: Caller,
  ): Promise<ReadonlyMap<string, Loaded>> {
    const loaded = new Map<string, Loaded>();
    for (const ref of refs) {
      const name = streamName(ref);
      if (loaded.has(name)) continue;
      const { tenant, version, state } = await this.folded(ref, name);
      if (tenant !== null && tenant !== caller.actor.tenant) throw notFound(ref.stream);
      authorise(ref.stream, state, caller);
      loaded.set(name, { ref, name, version, state });
    }
    return loaded;
  }

  /** The state as the log has it now: what was folded before, and what has been written since. */
  private async folded(ref: StreamRef, name: string): Promise<Folded> {
    const { evolve, initial } = ref.stream as unknown as Reducible;
    const before = this.states.get(name) ?? { tenant: null, version: 0, state: initial };
    const later = await this.history(ref, before.version);
    if (later.length === 0) return before;
    const folded: Folded = {
      tenant: before.tenant ?? later[0]!.meta.tenant,
      version: before.version + later.length,
      state: later.reduce<unknown>((state, event) => evolve(state, event), before.state),
    };
    this.states.delete(name);
    this.states.set(name, folded);
    if (this.states.size > REMEMBERED) this.states.delete(this.states.keys().next().value!);
    return folded;
  }

  private async encode(
    written: readonly Written[],
    loaded: ReadonlyMap<string, Loaded>,
    { caller, context, commitId }: { caller: Caller; context: Context; commitId: string },
  ): Promise<NewEvent[]> {
    const meta: Meta = {
      actor: caller.actor.number,
      tenant: caller.actor.tenant,
      correlation: caller.correlation ?? commitId,
      ...(caller.causation ? { causation: caller.causation } : {}),
      ...(caller.traceparent ? { traceparent: caller.traceparent } : {}),
    };
    const placed = written.flatMap(({ events, ...ref }) => {
      const before = loaded.get(streamName(ref));
      if (!before) throw new Error(`${streamName(ref)} is written but not declared in reads`);
      if (before.version === 0 && events.length > 0) authoriseNew(ref.stream, events, caller);
      return events.map((event, i) => {
        const contract = contractsOf(ref.stream).get(event.type);
        if (!contract) throw new Error(`${event.type} is not an event of ${ref.stream.name}`);
        assertDeclared(event, contract);
        return { event, contract, stream: before.name, version: before.version + i + 1 };
      });
    });
    const subjects = placed.flatMap(({ event, contract }) => subjectsOf(contract, event.data));
    const keys = subjects.length
      ? await this.options.engine.keys.ensure(subjects)
      : new Map<string, KeyObject>();
    const { now: recordedAt, occurredAt } = context;
    return placed.map(({ event, contract, stream, version }, i) => {
      const place = { stream, version, id: `${commitId}-${i}`, occurredAt, recordedAt, meta };
      return encode(event, contract, place, keys);
    });
  }

  private async replay(
    useCase: UseCase,
    id: string,
    header: CommitHeader,
    caller: Caller,
  ): Promise<Outcome> {
    const isOther = header.fingerprint !== null && caller.fingerprint !== null;
    if (isOther && header.fingerprint !== caller.fingerprint)
      throw new KeyReused(
        'This Idempotency-Key was used for another request; take a new key for a new request.',
      );
    const events = useCase.fullAnswer
      ? await this.options.store.log.read(header.g - 1, header.count)
      : [];
    return { answer: this.answer(useCase, id, lastOf(header), events), isReplay: true };
  }

  /** Computed from what was recorded, so that a replay answers the same. Personal fields are not in it. */
  private answer(useCase: UseCase, id: string, g: number, events: readonly NewEvent[]): object {
    return {
      [idField(useCase.stream)]: id,
      ...(useCase.fullAnswer?.(events.map(eventOf)) ?? {}),
      log: this.position(g),
    };
  }

  /** Commands to one stream wait for each other here, so that they do not fight in the log. */
  private async inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(stream) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.queues.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (this.queues.get(stream) === mine) this.queues.delete(stream);
    }
  }
}

const contractMaps = new WeakMap<AnyStream, ReadonlyMap<string, EventContract>>();

function contractsOf(stream: AnyStream): ReadonlyMap<string, EventContract> {
  const known = contractMaps.get(stream);
  if (known) return known;
  const { events } = stream as unknown as { events: readonly EventContract[] };
  const made = new Map(events.map((contract) => [contract.type, contract]));
  contractMaps.set(stream, made);
  return made;
}

const lastOf = ({ g, count }: CommitHeader): number => g + count - 1;

function eventOf({ type, v, data }: NewEvent): Event {
  const { $sealed: _sealed, ...open } = JSON.parse(data) as { $sealed?: object };
  return { type, version: v, data: open };
}

function happenedAt(command: Command, caller: Caller, now: string): string {
  const { occurredAt } = command;
  if (occurredAt === undefined) return caller.occurredAt ?? now;
  const at = Date.parse(occurredAt);
  if (Number.isNaN(at))
    throw new Invalid('request.invalid', 'The request breaks a rule.', [
      { field: 'occurredAt', rule: 'isIso8601', message: 'occurredAt must be an ISO 8601 instant' },
    ]);
  if (at > Date.parse(now) + AHEAD)
    throw new Rejected(
      'occurred-at.future',
      'This lies in the future; give the time at which it really happened.',
      'occurredAt',
    );
  return new Date(Math.min(at, Date.parse(now))).toISOString();
}

function readerOf(loaded: ReadonlyMap<string, Loaded>) {
  return <State, E extends Event>(stream: Stream<State, E>, id: string): State => {
    const found = loaded.get(`${stream.name}-${id}`);
    if (!found) throw new Error(`${stream.name}-${id} is read but not declared in reads`);
    return found.state as State;
  };
}

const notFound = (stream: AnyStream) =>
  new NotFound(`${stream.name}.not-found`, `There is no such ${stream.name.replaceAll('-', ' ')}.`);

/** Persons named in a matter are kept from it; the others keep to their units, but for those who answer for it. */
function authorise(stream: AnyStream, state: unknown, caller: Caller): void {
  if (caller.isSystem) return;
  const { closedTo, openTo, unit } = stream as unknown as Reducible;
  if (closedTo?.(state).includes(caller.actor.number))
    throw new Forbidden('matter.closed-to-you', 'This matter names you; somebody else handles it.');
  const path = unit?.(state);
  if (!path || covers(caller.actor, path, caller.roles)) return;
  if (!openTo || !isLetIn(caller.actor, openTo(state), caller.roles))
    throw new Forbidden('unit.missing', `This belongs to ${path}; your roles do not reach there.`);
}

/**
 * Somebody may take down what names them, a complaint of a caller they answered; from then on it is closed to them.
 * Nobody lets themselves in: what is new must lie in a unit that they reach.
 */
function authoriseNew(stream: AnyStream, events: readonly Event[], caller: Caller): void {
  const { evolve, initial } = stream as unknown as Reducible;
  const ownEntry: AnyStream = { ...stream, closedTo: () => [], openTo: () => ({ staff: [] }) };
  authorise(ownEntry, events.reduce(evolve, initial), caller);
}
