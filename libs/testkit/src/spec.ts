import { expect } from '@jest/globals';
import type { Command, Context, Event, Stream, UseCase } from '@shouwen/engine';

/** The instant of every pure spec: 16:00 on a Thursday in Beijing. */
export const NOW = '2026-01-15T08:00:00.000Z';

const freeze = <T>(value: T): T => {
  if (value !== null && typeof value === 'object') {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
};

/** Freezes it, and proves that it is plain JSON: what a round trip changes would change in the log. */
export const plain = <T>(value: T): T => {
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  return freeze(value);
};

/** What happened on one stream before the command. */
export interface Past {
  readonly stream: { readonly name: string };
  readonly id: string;
  readonly events: readonly Event[];
}

/** History of another stream that the command reads. */
export const past = <State, E extends Event>(
  stream: Stream<State, E>,
  id: string,
  ...events: readonly E[]
): Past => ({ stream, id, events });

/**
 * Given these events, when this command comes, then these events or this refusal.
 *
 *     const given = spec(answerTicket, { standards });
 *     given(aTicketOpened()).when(anAnswer()).records(aTicketAnswered());
 *
 * Plain events are the history of the command's own stream; `past(stream, id, …)` that of others.
 */
export const spec =
  (useCase: UseCase, context: Partial<Context> = {}) =>
  (...history: readonly (Event | Past)[]) => ({
    when: (fields: Partial<Command> & object, override: Partial<Context> = {}) => {
      const run = () => decide(useCase, history, fields, { ...context, ...override });
      return {
        records: (...events: readonly Event[]) => expect(run()).toEqual(events),
        changesNothing: () => expect(run()).toEqual([]),
        isRejected: (code: string) =>
          expect(run).toThrow(expect.objectContaining({ code }) as unknown as Error),
        /** The events themselves, to look at one property of them. */
        events: () => run(),
      };
    },
  });

function decide(
  { command, stream, reads, decide: rule }: UseCase,
  history: readonly (Event | Past)[],
  fields: object,
  override: Partial<Context>,
): Event[] {
  const context = contextFor(override, fields);
  const asked = Object.assign(new command(), fields);
  const refs = reads(asked, context);
  const own = refs.find((ref) => ref.stream.name === stream.name);
  const states = new Map<string, unknown>();
  for (const ref of refs) {
    const events = history.flatMap((item) => {
      if (!('events' in item)) return ref === own ? [item] : [];
      return item.stream.name === ref.stream.name && item.id === ref.id ? item.events : [];
    });
    const known = ref.stream as unknown as Stream<unknown, Event>;
    states.set(
      `${ref.stream.name}-${ref.id}`,
      events.reduce<unknown>(
        (state, event) => plain(known.evolve(state, plain(event))),
        known.initial,
      ),
    );
  }
  const written = rule(
    (s, id) => {
      const key = `${s.name}-${id}`;
      if (!states.has(key)) throw new Error(`${key} is read but not declared in reads`);
      return states.get(key) as never;
    },
    plain(asked),
    context,
  );
  return written.flatMap(({ events }) => [...events]).map(plain);
}

/** A context with fixed time, actor and ids `…0001`, `…0002`. */
export function contextFor(override: Partial<Context> = {}, fields: object = {}): Context {
  let count = 0;
  const now = override.now ?? NOW;
  return {
    now,
    occurredAt: (fields as { occurredAt?: string }).occurredAt ?? now,
    actor: { number: '1001', tenant: 'main', grants: [] },
    standards: {},
    newId: () => `018f4b3c-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    ...override,
  };
}
