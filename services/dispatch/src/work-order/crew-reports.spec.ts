// A crew in a basement reports hours later, twice and in any order. Whatever the order, each fact counts once, at the
// instant at which it happened, and nothing that was accepted is contradicted by something accepted later.
import fc from 'fast-check';
import { Rejected, type Command, type Event, type UseCase } from '@shouwen/engine';
import { contextFor } from '@shouwen/testkit';
import {
  CREW_MEMBER,
  WORK_ORDER,
  aCrewAssigned,
  aWorkOrderIssued,
  at,
  recorded,
  standards,
} from '../../test/build.js';
import { workOrdersView, type WorkOrderDocument } from '../views/work-orders.view.js';
import { arrive } from './arrive.js';
import { depart } from './depart.js';
import { finishWork } from './finish-work.js';
import { signFor } from './sign-for.js';
import { workOrders, type WorkOrder, type WorkOrderEvent } from './work-order.js';

interface Report {
  readonly useCase: UseCase;
  readonly fields: object;
}

const report = (useCase: UseCase, time: string, fields: object = {}): Report => ({
  useCase,
  fields: { workOrderId: WORK_ORDER, occurredAt: at(time), ...fields },
});
const DAY: readonly Report[] = [
  report(signFor, '14:05'),
  report(depart, '14:10'),
  report(arrive, '14:40'),
  report(finishWork, '15:30', { outcome: 'restored', result: '已修复', signature: 'signed' }),
];

const START = [aWorkOrderIssued(), aCrewAssigned()] as readonly WorkOrderEvent[];
const stateOf = (events: readonly WorkOrderEvent[]): WorkOrder =>
  events.reduce(workOrders.evolve, workOrders.initial);

/** The events of a report, or none where the rules refuse it. */
function told(events: readonly WorkOrderEvent[], { useCase, fields }: Report): WorkOrderEvent[] {
  const command = Object.assign(new useCase.command() as Command, fields);
  const context = contextFor({ actor: CREW_MEMBER, standards, now: at('20:00') }, fields);
  try {
    const written = useCase.decide(() => stateOf(events) as never, command, context);
    return written.flatMap((one) => [...one.events]) as WorkOrderEvent[];
  } catch (error) {
    if (error instanceof Rejected) return [];
    throw error;
  }
}

const after = (reports: readonly Report[]): readonly WorkOrderEvent[] =>
  reports.reduce((events, one) => [...events, ...told(events, one)], START);

const types = (events: readonly Event[]) => events.map(({ type }) => type).sort();

describe('reports of a crew', () => {
  const inOrder = after(DAY);

  it('come in any order, some of them twice, and lead to the same facts', () => {
    const anyOrder = fc
      .shuffledSubarray([...DAY, ...DAY], { minLength: DAY.length * 2 })
      .map((reports) => reports);
    fc.assert(
      fc.property(anyOrder, (reports) => {
        const events = after(reports);
        expect(types(events)).toEqual(types(inOrder));
        expect(stateOf(events)).toEqual(stateOf(inOrder));
      }),
    );
  });

  it('read the same after every prefix: nobody needs the rest to replay it', () => {
    const anyReports = fc.array(
      fc.record({
        useCase: fc.constantFrom(signFor, depart, arrive, finishWork),
        minute: fc.integer({ min: -30, max: 240 }),
        outcome: fc.constantFrom('restored', 'customer-side', 'answered'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyReports, (wishes) => {
        const events = after(
          wishes.map(({ useCase, minute, outcome }) => ({
            useCase,
            fields: {
              workOrderId: WORK_ORDER,
              occurredAt: new Date(Date.parse(at('14:00')) + minute * 60_000).toISOString(),
              ...(useCase === finishWork ? { outcome, result: '已处理', signature: 'signed' } : {}),
            },
          })),
        );
        const state = stateOf(events);
        if (state.status === 'unknown') throw new Error('the work order was issued');
        const instants = state.visits.map((fact) => fact.at);
        expect(instants).toEqual([...instants].sort());
        expect(instants.every((instant) => instant >= state.receivedAt)).toBe(true);
        if (state.status === 'finished')
          expect(instants.every((instant) => instant <= state.endedAt)).toBe(true);
        expect(types(events).filter((type) => type === 'dispatch.work-finished').length).toBe(
          state.status === 'finished' ? 1 : 0,
        );
        events.forEach((_, count) => expect(() => stateOf(events.slice(0, count))).not.toThrow());
      }),
    );
  });

  it('give the same document whether told in order or not', () => {
    const documentOf = (events: readonly WorkOrderEvent[]) =>
      events.reduce<object | null>(
        (document, event) =>
          workOrdersView.evolve(document, recorded(event), WORK_ORDER, { blind: (value) => value }),
        null,
      ) as WorkOrderDocument;
    const late = after([DAY[3]!, DAY[2]!, DAY[0]!, DAY[1]!]);
    expect(documentOf(late)).toEqual(documentOf(inOrder));
    expect(documentOf(late)).toMatchObject({ status: 'finished', firstArrivedAt: at('14:40') });
  });
});
