import { IsISO8601, IsOptional } from 'class-validator';
import type { ContractsOf, Event } from './event.js';

/** A wish. Its fields carry their own validation; it is HTTP body and bus message at once. */
export abstract class Command {
  /** When it happened, as reported (late entry, basement without network). Absent: now. */
  @IsOptional() @IsISO8601({ strict: true }) occurredAt?: string;

  static of<C extends Command>(this: new () => C, fields: Partial<C>): C {
    return Object.assign(new this(), fields);
  }
}

/** A role held in a unit and everything below it. `unit` is a path such as `/city/heat/east`. */
export interface Grant {
  readonly role: string;
  readonly unit: string;
}

export interface Actor {
  /** Staff number, or `system:<durable name>`. */
  readonly number: string;
  readonly tenant: string;
  readonly grants: readonly Grant[];
}

export interface Context {
  /** When we learn it: becomes recordedAt. ISO 8601, UTC. */
  readonly now: string;
  /** When it happened, as reported. For a reaction that of its event, for a timer the due instant. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** The loaded service standards; `standardsOf(context)` of @shouwen/standards types it. */
  readonly standards: object;
  /** The same id each time this message is handled, so that a second delivery changes nothing. */
  newId(): string;
}

/** Persons who are let in whatever their unit, because they answer for the matter. */
export interface LetIn {
  /** Staff numbers. Each still needs one of the roles that the route allows, in any unit. */
  readonly staff: readonly string[];
  /** Unit paths: a role held there or below lets nobody in, because the matter is about these units. */
  readonly notFrom?: readonly string[];
}

export interface Stream<State, E extends Event> {
  /** First part of every stream id, and of the field that carries the rest: `work-order`, `workOrderId`. */
  readonly name: string;
  /** Field that carries the id where the world gives it (a staff number, a unit's path): it is never made up. */
  readonly idField?: string;
  readonly events: readonly ContractsOf<E>[];
  readonly initial: State;
  /** Exhaustive over the events; never throws: what is recorded is a fact. Personal fields are absent here. */
  readonly evolve: (state: State, event: E) => State;
  /** Unit path the stream belongs to: callers need a grant on it or above. Absent or null: open to the role. */
  readonly unit?: (state: State) => string | null;
  /** Staff numbers that may neither see nor touch it, whatever their role. */
  readonly closedTo?: (state: State) => readonly string[];
  /** Who is let in beside the roles on its unit. Lifts the unit only: never the tenant, never `closedTo`. */
  readonly openTo?: (state: State) => LetIn;
}

export const defineStream = <State, E extends Event>(stream: Stream<State, E>) => stream;

export type AnyStream = Stream<never, never>;
export type AnyCommand = new () => Command;

/** One stream that a command reads, and may write. */
export interface StreamRef {
  readonly stream: AnyStream;
  readonly id: string;
}

/** Events for one of the streams that were read. */
export interface Written extends StreamRef {
  readonly events: readonly Event[];
}

export const at = <State, E extends Event>(stream: Stream<State, E>, id: string): StreamRef => ({
  stream: stream as unknown as AnyStream,
  id,
});

/** These events onto that stream. */
export const write = <State, E extends Event>(
  stream: Stream<State, E>,
  id: string,
  events: readonly E[],
): Written => ({ ...at(stream, id), events });

/** State of a stream that the command declared; asking for another one throws. */
export type Read = <State, E extends Event>(stream: Stream<State, E>, id: string) => State;

export interface UseCase {
  readonly command: AnyCommand;
  /** The stream whose id names the command in answers and in its queue. */
  readonly stream: AnyStream;
  /** Streams to read before deciding. Those not written become conditions of the commit. */
  readonly reads: (command: Command, context: Context) => readonly StreamRef[];
  readonly decide: (read: Read, command: Command, context: Context) => readonly Written[];
  readonly fullAnswer?: (events: readonly Event[]) => object;
}

/** `work-order` → `workOrderId`, unless the stream names a field of its own. */
export const idField = (stream: { readonly name: string; readonly idField?: string }): string =>
  stream.idField ??
  `${stream.name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`;

/**
 * One use case: this command, on this kind of stream, decided so. The command carries the stream's id in the
 * field named after it; where it is absent a new id is made, and answered.
 */
export function handles<State, E extends Event, C extends Command>(
  command: new () => C,
  stream: Stream<State, E>,
  decide: (state: State, command: C, context: Context) => readonly E[],
): UseCase {
  const idOf = (c: Command) => (c as unknown as Record<string, string>)[idField(stream)]!;
  return {
    command,
    stream: stream as unknown as AnyStream,
    reads: (c) => [at(stream, idOf(c))],
    decide: (read, c, context) => [
      write(stream, idOf(c), decide(read(stream, idOf(c)), c as C, context)),
    ],
  };
}

/** One use case over several streams, committed together or not at all. */
export function handlesAcross<C extends Command, State, E extends Event>(definition: {
  command: new () => C;
  stream: Stream<State, E>;
  reads: (command: C, context: Context) => readonly StreamRef[];
  decide: (read: Read, command: C, context: Context) => readonly Written[];
  /** Shape of the answer beside the stream's id and `log`, computed from what was recorded. */
  answer?: (events: readonly Event[]) => object;
}): UseCase {
  const { command, stream, reads, decide, answer } = definition;
  return {
    command,
    stream: stream as unknown as AnyStream,
    reads: reads as UseCase['reads'],
    decide: decide as UseCase['decide'],
    ...(answer ? { fullAnswer: answer } : {}),
  };
}
