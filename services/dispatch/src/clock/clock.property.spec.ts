import { describe, expect, it } from '@jest/globals';
import type { Event, UseCase } from '@shouwen/engine';
import { loadStandards } from '@shouwen/standards';
import { contextFor } from '@shouwen/testkit';
import fc from 'fast-check';
import { aStart, after, EAST, HOUR, TICKET } from '../../test/build-clock.js';
import { posts } from '../post/post.js';
import { routings } from '../routing/routing.js';
import { breachClock } from './breach-clock.js';
import { type Clock, type ClockEvent, clocks } from './clock.js';
import { endClocks } from './end-clocks.js';
import { escalateTicket } from './escalate-ticket.js';
import { meetDeadline } from './meet-deadline.js';
import { replaceArrivalBySlot } from './replace-arrival-by-slot.js';
import { startClocks } from './start-clocks.js';

// Messages of several subscriptions and timers reach a clock in any order, some of them twice. Whatever the order,
// the same facts must lead to the same verdicts, because the facts and not their arrival are what is judged.

const standards = await loadStandards();
const END = after(200 * HOUR);

interface Message {
  readonly useCase: UseCase;
  readonly fields: object;
}

const timers: Message[] = [
  ...['arrive', 'restore'].flatMap((deadline) =>
    [1, 2].map((run) => ({
      useCase: breachClock,
      fields: { ticketId: TICKET, deadline, run, unit: EAST },
    })),
  ),
  ...['station-head', 'company-manager', 'field-manager', 'general-manager'].map((step) => ({
    useCase: escalateTicket,
    fields: { ticketId: TICKET, step, run: 1, unit: EAST },
  })),
];

const fact = (stage: string, minute: number): Message => ({
  useCase: meetDeadline,
  fields: { ticketId: TICKET, stage, occurredAt: after(minute), knownFrom: END },
});

const appointment = (minute: number): Message => ({
  useCase: replaceArrivalBySlot,
  fields: {
    ...{ ticketId: TICKET, occurredAt: after(minute), knownFrom: END },
    ...{ from: after(minute + 120), to: after(minute + 180) },
  },
});

const receipt: Message = { useCase: startClocks, fields: aStart() };

/** The events of one message at the end of time, on the clock as it stands. */
function eventsOf(clock: Clock, { useCase, fields }: Message): readonly Event[] {
  const command = Object.assign(new useCase.command(), fields);
  const context = contextFor({ standards, now: END }, fields);
  const read = (stream: { name: string }) =>
    stream.name === 'clock' ? clock : stream.name === 'post' ? posts.initial : routings.initial;
  return useCase
    .decide(read as Parameters<UseCase['decide']>[0], command, context)
    .flatMap(({ events }) => events);
}

const play = (clock: Clock, message: Message): Clock =>
  eventsOf(clock, message).reduce<Clock>(
    (state, event) => clocks.evolve(state, event as ClockEvent),
    clock,
  );

/** What a report would count: each run of each limit, and the steps that stand. */
function verdictsOf(clock: Clock): object {
  if (clock.status === 'none') return {};
  const limits = clock.deadlines
    .filter(({ stage }) => stage !== 'callback')
    .map((one) => [`${one.stage} due ${one.dueAt}`, verdictOf(one)] as const)
    .sort(([some], [other]) => (some < other ? -1 : 1));
  const steps = (clock.ladder?.steps ?? [])
    .filter(({ status }) => status === 'escalated')
    .map(({ step }) => step);
  return { limits, steps: steps.sort() };
}

function verdictOf(one: (Clock & { status: 'open' })['deadlines'][number]): string {
  switch (one.status) {
    case 'running':
    case 'withdrawn':
      return one.status;
    case 'met':
      return one.isOnTime ? 'on time' : 'late';
    case 'breach-withdrawn':
      return 'on time';
    case 'breached':
      return 'late';
  }
}

/** Every timer comes once more at the end, as one that was set by a late message would. */
const playAll = (messages: readonly Message[]): object =>
  verdictsOf([...messages, ...timers].reduce(play, clocks.initial));

const minutes = (hours: number) => fc.integer({ min: 0, max: hours * HOUR });
const facts = fc.record({
  arrivals: fc.array(minutes(3), { maxLength: 3 }),
  restorals: fc.array(minutes(100), { maxLength: 2 }),
  answers: fc.array(minutes(100), { maxLength: 1 }),
});

const messagesOf = ({
  arrivals,
  restorals,
  answers,
}: typeof facts extends fc.Arbitrary<infer T> ? T : never) => [
  ...arrivals.map((minute) => fact('arrive', minute)),
  ...restorals.map((minute) => fact('restore', minute)),
  ...answers.map((minute) => fact('answer', minute)),
];

const anyOrderOf = (messages: readonly Message[]) =>
  fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 });

describe('the verdicts of a clock', () => {
  it('do not depend on the order in which facts and timers arrive, nor on how often', () =>
    fc.assert(
      fc.property(
        facts.chain((happened) => {
          const messages = [receipt, ...messagesOf(happened), ...timers];
          return fc.tuple(fc.constant(messages), anyOrderOf(messages));
        }),
        ([inOrder, shuffled]) => {
          expect(playAll(shuffled)).toEqual(playAll(inOrder));
        },
      ),
      { numRuns: 100 },
    ));

  it('do not depend on when we hear of an appointment', () =>
    fc.assert(
      fc.property(
        fc.tuple(facts, minutes(3)).chain(([happened, appointedAt]) => {
          const messages = [receipt, appointment(appointedAt), ...messagesOf(happened), ...timers];
          return fc.tuple(fc.constant(messages), anyOrderOf(messages));
        }),
        ([inOrder, shuffled]) => {
          expect(playAll(shuffled)).toEqual(playAll(inOrder));
        },
      ),
      { numRuns: 100 },
    ));

  it('do not depend on what was heard before the closing and what after it', () =>
    fc.assert(
      fc.property(
        fc
          .tuple(facts, fc.integer({ min: 101 * HOUR, max: 150 * HOUR }))
          .chain(([happened, at]) => {
            const closing = {
              useCase: endClocks,
              fields: { ticketId: TICKET, occurredAt: after(at) },
            };
            const rest = [...messagesOf(happened), ...timers];
            return fc.tuple(
              fc.constant([receipt, ...rest, closing]),
              anyOrderOf([closing, ...rest]).map((shuffled) => [receipt, ...shuffled]),
            );
          }),
        ([inOrder, shuffled]) => {
          expect(playAll(shuffled)).toEqual(playAll(inOrder));
        },
      ),
      { numRuns: 60 },
    ));

  it('are late exactly when nothing met the limit by its due instant', () =>
    fc.assert(
      fc.property(facts, (happened) => {
        const { limits } = playAll([receipt, ...messagesOf(happened)]) as {
          limits: [string, string][];
        };
        const isKept = (instants: readonly number[], due: number) =>
          instants.some((minute) => minute <= due);
        expect(limits).toEqual([
          [`arrive due ${after(60)}`, isKept(happened.arrivals, 60) ? 'on time' : 'late'],
          [
            `restore due ${after(24 * HOUR)}`,
            isKept(happened.restorals, 24 * HOUR) ? 'on time' : 'late',
          ],
        ]);
      }),
      { numRuns: 60 },
    ));

  it('escalate each step exactly when nobody handled the ticket by then', () =>
    fc.assert(
      fc.property(facts, (happened) => {
        const { steps } = playAll([receipt, ...messagesOf(happened)]) as { steps: string[] };
        const handled = Math.min(Infinity, ...happened.restorals, ...happened.answers);
        const due = { 'station-head': 24, 'company-manager': 48, 'field-manager': 72 };
        for (const [step, hours] of Object.entries(due))
          expect(steps.includes(step)).toBe(handled > hours * HOUR);
      }),
      { numRuns: 60 },
    ));
});
