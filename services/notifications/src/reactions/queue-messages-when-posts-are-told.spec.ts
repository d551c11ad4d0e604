import { describe, expect, it } from '@jest/globals';
import { faultsOf, type Recorded } from '@shouwen/engine';
import { queueMessage, QueueMessage } from '../message/queue-message.js';
import { spec } from '@shouwen/testkit';
import {
  ChasePassedOn,
  ClockBreachWithdrawn,
  ClockWarned,
  ClockWithdrawn,
  EscalationWithdrawn,
  TicketEscalated,
  TicketSupervised,
} from '@shouwen/contracts';
import { aClockBreached, aContext, DUE, recorded, TICKET } from '../../test/build.js';
import { queueMessagesWhenPostsAreTold } from './queue-messages-when-posts-are-told.js';

const { tells: told, isLateEntry: _isLateEntry, pack, ...fact } = aClockBreached().data;
const tells = [...told];
const { deadline: _deadline, stage: _stage, ...matter } = fact;
const step = {
  ...matter,
  ladder: 'heat-repair',
  step: 'first',
  hours: 24,
  post: 'head-of-station',
};
const METAT = '2026-01-15T07:10:00.000Z';

const react = (event: Recorded) =>
  queueMessagesWhenPostsAreTold.react(
    event,
    aContext({ occurredAt: event.occurredAt }),
  ) as QueueMessage[];

const texts = (event: Recorded) => react(event).map(({ textEn, textZh }) => ({ textEn, textZh }));

describe('queue messages when posts are told', () => {
  it('gives the holder one message with everything in it', () =>
    expect(react(recorded(aClockBreached()))).toEqual([
      expect.objectContaining({
        messageId: '018f4b3c-0000-7000-8000-000000000001',
        ticketId: TICKET,
        number: 'H260115-7K2M9QX4',
        kind: 'clock-breached',
        unit: '/mingcheng/heat/east',
        staff: '2001',
        posts: ['head-of-station'],
        textEn:
          'Ticket H260115-7K2M9QX4 (heat.no-heat): the limit for “arrival” passed unmet at 2026-01-15 15:30. Clause: H-031.',
        textZh:
          '工单H260115-7K2M9QX4（heat.no-heat）：“到场”时限已于2026年1月15日 15:30超期，请立即处理。依据条款：H-031。',
        dueAt: DUE,
        pack,
      }),
    ]));

  it('tells a person who holds two posts once', () =>
    expect(
      react(
        recorded(
          aClockBreached({
            tells: [
              { post: 'head-of-station', staff: '2001' },
              { post: 'dispatcher', staff: '2002' },
              { post: 'duty-leader', staff: '2001' },
            ],
          }),
        ),
      ).map(({ staff, posts }) => [staff, posts]),
    ).toEqual([
      ['2001', ['head-of-station', 'duty-leader']],
      ['2002', ['dispatcher']],
    ]));

  it('tells nobody of a late entry', () =>
    expect(react(recorded(aClockBreached({ isLateEntry: true })))).toEqual([]));

  it('tells nobody of a chase that was taken down long after, but of a breach all the same', () => {
    const occurredAt = '2026-01-15T07:00:00.000Z';
    expect(react(recorded(ChasePassedOn({ ...chase, tells }), { occurredAt }))).toEqual([]);
    expect(react(recorded(aClockBreached(), { occurredAt }))).toHaveLength(1);
  });

  it('tells nobody where nobody holds the post', () =>
    expect(react(recorded(aClockBreached({ tells: [] })))).toEqual([]));

  it('makes the same commands each time, so that a second delivery changes nothing', () => {
    const event = recorded(aClockBreached());
    expect(react(event)).toEqual(react(event));
    const queued = spec(queueMessage)().when(react(event)[0]!).events();
    spec(queueMessage)(...queued)
      .when(react(event)[0]!)
      .changesNothing();
  });

  it('makes messages that the command accepts, of every kind', () => {
    for (const event of everyKind)
      expect(react(event).map((command) => faultsOf(QueueMessage, command))).toEqual([[]]);
    expect(new Set(everyKind.map((event) => react(event)[0]!.kind)).size).toBe(everyKind.length);
  });

  it('leaves no placeholder and no hole in any text', () => {
    for (const { textEn, textZh } of everyKind.flatMap(texts)) {
      expect(textEn).not.toMatch(/[{}]|not stated|undefined/);
      expect(textZh).not.toMatch(/[{}]|未注明|undefined/);
    }
  });

  it('names the ticket by its number in every text', () => {
    for (const { textEn, textZh } of everyKind.flatMap(texts)) {
      expect(textEn).toContain('H260115-7K2M9QX4');
      expect(textZh).toContain('H260115-7K2M9QX4');
    }
  });

  it('corrects a breach that was none, whichever of the two events comes first', () => {
    const [breach, correction] = [recorded(aClockBreached()), everyKind[2]!];
    const inOrder = [breach, correction].map((event) => react(event)[0]!.textEn);
    const outOfOrder = [correction, breach].map((event) => react(event)[0]!.textEn);
    expect(outOfOrder).toEqual(inOrder.toReversed());
    expect(inOrder[1]).toBe(
      'Correction, ticket H260115-7K2M9QX4: the limit for “arrival” at 2026-01-15 15:30, reported to you as missed, was kept: done at 2026-01-15 15:10. Clause: H-031.',
    );
  });
});

const chase = {
  workOrderId: TICKET,
  ticketIds: [TICKET],
  ticketId: TICKET,
  number: 'H260115-7K2M9QX4',
  unit: '/mingcheng/heat/east',
  count: 2,
};

const everyKind: Recorded[] = [
  recorded(ClockWarned({ ...fact, pack, warnAt: METAT, tells })),
  recorded(aClockBreached()),
  recorded(ClockBreachWithdrawn({ ...fact, pack, metAt: METAT, tells })),
  recorded(ClockWithdrawn({ ...fact, pack, because: 'reclassified', withdrawnAt: METAT, tells })),
  recorded(TicketEscalated({ ...step, pack, tells, isLateEntry: false })),
  recorded(EscalationWithdrawn({ ...step, pack, handledAt: METAT, tells })),
  recorded(TicketSupervised({ ...matter, by: '3001', tells })),
  recorded(ChasePassedOn({ ...chase, tells })),
];
