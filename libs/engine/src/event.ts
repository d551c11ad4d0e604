// Contracts read the types of their fields at load, in processes that never load Nest too.
import 'reflect-metadata';
import type { PersonalKind } from './personal.js';

/** The clauses an event was decided by: pack id, its version and content hash, and clause ids of the catalogue. */
export interface PackRef {
  readonly pack: string;
  readonly version: string;
  readonly hash: string;
  readonly clauses: readonly string[];
}

/** What a decider may say beside the data: another instant of happening, the clauses that led here. */
export interface Circumstances {
  /** ISO 8601 instant, UTC. Absent: the `occurredAt` of the command. */
  readonly occurredAt?: string;
  readonly pack?: PackRef;
}

/** An event as a decider returns it: what happened, in which version of its contract. */
export interface Event<
  Type extends string = string,
  Data extends object = object,
> extends Circumstances {
  readonly type: Type;
  readonly version: number;
  readonly data: Data;
}

/** Who did it, for whom, because of what. Stored with every event. */
export interface Meta {
  /** Staff number, or `system:<durable name>` where no person acted. */
  readonly actor: string;
  readonly tenant: string;
  /** Commit id of the first command of this story. */
  readonly correlation: string;
  /** Id of the event that led here; absent where a person began. */
  readonly causation?: string;
  /** W3C Trace Context. */
  readonly traceparent?: string;
  /** Data subjects whose fields are sealed in `data`. */
  readonly subjects?: readonly string[];
  readonly pack?: PackRef;
}

/** Personal fields of one subject in one event, as documents may keep them: readable only through the keyring. */
export interface Sealed {
  readonly $sealed: string;
  readonly subject: string;
  readonly event: string;
  readonly kinds: Readonly<Record<string, PersonalKind>>;
}

/** An event as the log keeps it and consumers see it. */
export type Recorded<E extends Event = Event> = E & {
  readonly id: string;
  /** Name of the log, e.g. `intake.main`. */
  readonly log: string;
  /** Number of the event in its log: 1, 2, 3, no gaps. */
  readonly g: number;
  readonly stream: string;
  readonly streamVersion: number;
  readonly key: string;
  /** When it happened, as reported. ISO 8601, UTC. */
  readonly occurredAt: string;
  /** When we learned it. ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly meta: Meta;
  /** By the field that names the subject: its sealed personal fields. Put it into a document as it is. */
  readonly sealed: Readonly<Record<string, Sealed>>;
};

/** Sentences of the timeline. `{field}` is filled from the data, `{field|date}` as local date and time. */
export interface PlainWords {
  readonly en: string;
  readonly zh: string;
}

export interface EventDefinition<Type extends string, Data extends object> {
  /** Wire name `service.noun-past`; never reused, never renamed. */
  readonly type: Type;
  readonly version: number;
  /** `public`: other services may subscribe. `service`: only its owner, and audit. */
  readonly visibility: 'public' | 'service';
  readonly data: new () => Data;
  /** Field that orders: events with one key are delivered in order. All events of a stream share it. */
  readonly key: keyof Data & string;
  /** Subject field → its personal fields. Personal fields are optional in the class: erasure leaves them absent. */
  readonly personal?: {
    readonly [S in keyof Data]?: { readonly [F in keyof Data]?: PersonalKind };
  };
  readonly says: PlainWords;
  /** From the given older version to the next one. */
  readonly upcasts?: Readonly<Record<number, (old: never) => object>>;
}

/** One declaration is constructor, runtime schema and type of an event. */
export function defineEvent<const Type extends string, Data extends object>(
  definition: EventDefinition<Type, Data>,
) {
  const { type, version } = definition;
  const create = (data: Data, circumstances: Circumstances = {}): Event<Type, Data> => ({
    type,
    version,
    data,
    ...circumstances,
  });
  return Object.assign(create, definition);
}

export type EventContract<E extends Event = Event> = ((
  data: never,
  circumstances?: Circumstances,
) => E) &
  Omit<EventDefinition<E['type'], E['data']>, 'key' | 'personal' | 'upcasts'> & {
    readonly key: string;
    readonly personal?: Readonly<Record<string, Readonly<Record<string, PersonalKind>>>>;
    readonly upcasts?: Readonly<Record<number, (old: never) => object>>;
  };

/** The event type of a contract, or of a list of contracts. */
export type EventFrom<C> = C extends readonly (infer One)[]
  ? EventFrom<One>
  : C extends (...args: never[]) => infer E
    ? E
    : never;

/** The contract of each event of a union. */
export type ContractsOf<E> = E extends Event ? EventContract<E> : never;
