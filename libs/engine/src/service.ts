import type { Actor, AnyStream, Stream, UseCase } from './command.js';
import type { Effect, Reaction, View } from './consumer.js';
import type { Event, Recorded, Sealed } from './event.js';
import type { Find, Page } from './ports.js';

/** What a query may look at: its own service only. */
export interface Reader {
  readonly actor: Actor;
  readonly now: string;
  readonly standards: object;
  /** One document of a view of this service, or null. Sealed fields come opened, and masked unless the role may see. */
  get<Document extends object>(view: View, id: string): Promise<Document | null>;
  find<Document extends object>(view: View, find: Find): Promise<Page<Document>>;
  /** State of a stream, now or as of an instant by what had happened or what was known. */
  state<State, E extends Event>(
    stream: Stream<State, E>,
    id: string,
    asOf?: { occurred?: string; recorded?: string },
  ): Promise<State>;
  history(stream: AnyStream | Stream<never, never>, id: string): Promise<readonly Recorded[]>;
  /** Opens sealed fields, masked unless the caller's role may see them; an erased person gives {}. */
  open(sealed: Sealed | undefined): Promise<Readonly<Record<string, string>>>;
  blind(value: string): string;
}

/** A question that the views' own route cannot say. Fields carry their validation. */
export abstract class Query {}

export interface Ask {
  readonly query: new () => Query;
  readonly answer: (query: Query, reader: Reader) => Promise<object>;
}

export const answers = <Q extends Query>(
  query: new () => Q,
  answer: (query: Q, reader: Reader) => Promise<object>,
): Ask => ({ query, answer: answer as Ask['answer'] });

/** One HTTP route: a command or a query, and who may use it. Path parameters fill the fields of the same name. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Below the service's prefix, e.g. `/tickets/:ticketId/close`. */
  readonly path: string;
  readonly does: UseCase | Ask;
  /** Any of these roles; `anyone` for every authenticated caller. */
  readonly roles: readonly string[];
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
}

export const post = (
  path: string,
  does: UseCase,
  roles: readonly string[],
  summary: string,
): Route => ({ method: 'POST', path, does, roles, summary });

export const get = (path: string, does: Ask, roles: readonly string[], summary: string): Route => ({
  method: 'GET',
  path,
  does,
  roles,
  summary,
});

/** The manifest of one service: everything it does, in one place. */
export interface Service {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly commands: readonly UseCase[];
  readonly views: readonly View[];
  readonly reactions: readonly Reaction[];
  readonly effects: readonly Effect[];
}

export const defineService = (service: Service): Service => service;
