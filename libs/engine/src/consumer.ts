import type { Command, Context } from './command.js';
import type { ContractsOf, Event, EventContract, EventFrom, Recorded } from './event.js';

export interface ViewTools {
  /** Keyed hash of a personal value (phone tail, account): equal values meet, nobody can read them back. */
  blind(value: string): string;
}

/** What a view may declare of a document's field: text, number or boolean at a dotted path, or a list of them. */
export type IndexPath = string;

/** Where a document says who is let in: see `LetIn`. */
export interface OpenTo {
  /** Indexed field with the staff number, or a list of them. */
  readonly staff: string;
  /** Field with the unit paths whose roles let nobody in. */
  readonly notFrom?: string;
}

/** Events folded into documents: what queries read. Rebuilt at will, beside the one that serves. */
export interface View {
  readonly name: string;
  readonly on: readonly EventContract[];
  /** The documents that an event concerns; null or [] for none. */
  readonly id: (event: Recorded) => string | readonly string[] | null;
  /** The next document; null removes it. */
  readonly evolve: (
    document: object | null,
    event: Recorded,
    id: string,
    tools: ViewTools,
  ) => object | null;
  /** Fields that queries may filter and sort by. */
  readonly indexes: readonly IndexPath[];
  /** Who may read it by HTTP; empty: nobody, it serves queries of its own service only. */
  readonly roles: readonly string[];
  /** Indexed field that holds the unit path: readers see their own subtree only. */
  readonly unit?: IndexPath;
  /** Field with the staff numbers that may not see the document. */
  readonly closedTo?: string;
  /** Who sees the document whatever their unit; the tenant, `roles` and `closedTo` hold for them too. */
  readonly openTo?: OpenTo;
  /** True: `data` comes with its personal fields decrypted (to blind them; sealed values need no decryption). */
  readonly personal?: boolean;
}

export function defineView<Document extends object, E extends Event>(view: {
  readonly name: string;
  readonly on: readonly ContractsOf<E>[];
  readonly id: (event: Recorded<E>) => string | readonly string[] | null;
  readonly evolve: (
    document: Document | null,
    event: Recorded<E>,
    id: string,
    tools: ViewTools,
  ) => Document | null;
  readonly indexes: readonly IndexPath[];
  readonly roles: readonly string[];
  readonly unit?: IndexPath;
  readonly closedTo?: string;
  readonly openTo?: OpenTo;
  readonly personal?: boolean;
}): View {
  return view as unknown as View;
}

/** An event leads to commands. Never rebuilt. `name` is durable: it is never renamed. */
export interface Reaction {
  readonly name: string;
  readonly on: readonly EventContract[];
  /** Present: a timer. The instants at which `react` is due, in ISO 8601; it may come late or twice. */
  readonly due?: (event: Recorded) => string | readonly string[] | null;
  readonly react: (event: Recorded, context: Context) => readonly Command[];
  readonly personal?: boolean;
}

export function when<const C extends EventContract | readonly EventContract[]>(
  on: C,
  name: string,
  react: (event: Recorded<EventFrom<C>>, context: Context) => readonly Command[],
  options: { personal?: boolean } = {},
): Reaction {
  return { name, on: [on].flat(), react, ...options } as unknown as Reaction;
}

/**
 * A timeout: at the due instants that the event names, these commands. Never cancelled; on arrival the state of
 * the stream decides. `context.occurredAt` is the due instant.
 */
export function after<const C extends EventContract | readonly EventContract[]>(
  on: C,
  name: string,
  due: (event: Recorded<EventFrom<C>>) => string | readonly string[] | null,
  react: (event: Recorded<EventFrom<C>>, context: Context) => readonly Command[],
): Reaction {
  return { name, on: [on].flat(), due, react } as unknown as Reaction;
}

/** An event leads to the outside world. Only notifications, exporters and reply adapters have them. */
export interface Effect {
  readonly name: string;
  readonly on: readonly EventContract[];
  /** Committed before the call; null: there is nothing to call for. The attempt id is the one `perform` gets. */
  readonly attempt: (event: Recorded, context: Context, attemptId: string) => Command | null;
  /** The call. Answers the command that records how it went; throwing retries, then parks. */
  readonly perform: (event: Recorded, attemptId: string, context: Context) => Promise<Command>;
  readonly personal?: boolean;
}

export function defineEffect<const C extends EventContract | readonly EventContract[]>(effect: {
  readonly name: string;
  readonly on: C;
  readonly attempt: (
    event: Recorded<EventFrom<C>>,
    context: Context,
    attemptId: string,
  ) => Command | null;
  readonly perform: (
    event: Recorded<EventFrom<C>>,
    attemptId: string,
    context: Context,
  ) => Promise<Command>;
  readonly personal?: boolean;
}): Effect {
  return { ...effect, on: [effect.on].flat() } as unknown as Effect;
}
