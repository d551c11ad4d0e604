import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '@shouwen/engine';
import { anEvent, recorded, TICKET } from '../../test/build.js';
import { ticketAccessView } from './ticket-access.view.js';

const story = [
  recorded(anEvent('intake.ticket-opened', { aboutStaff: ['2007'] })),
  recorded(anEvent('dispatch.clock-opened', { ticketId: TICKET, unit: '/mingcheng/heat/east' })),
  recorded(anEvent('dispatch.clock-moved', { ticketId: TICKET, unit: '/mingcheng/heat/west' })),
  recorded(anEvent('intake.ticket-routed', { ticketId: TICKET, unit: '/mingcheng/heat/west' })),
];

const fold = (events: readonly Recorded[]) =>
  events.reduce<object | null>(
    (document, event) => ticketAccessView.evolve(document, event, TICKET, { blind: (v) => v }),
    null,
  );

describe('who may see a ticket', () => {
  it('gathers units, and the persons and units it complains about', () =>
    expect(fold(story)).toMatchObject({
      ticketId: TICKET,
      units: ['/mingcheng', '/mingcheng/heat/east', '/mingcheng/heat/west'],
      aboutStaff: expect.arrayContaining(['2007']),
    }));

  it('names whoever answers for it now', () => {
    const handedOver = recorded(
      anEvent('intake.ticket-handed-over', { ticketId: TICKET, to: '1002' }),
    );
    const owned = story.slice(0, 1);
    expect(fold(owned)).toMatchObject({ owner: '1001' });
    // Indexed: what a directory kept before the owner was known here is read anew.
    expect(ticketAccessView.indexes).toContain('owner');
    expect(fold([...owned, handedOver])).toMatchObject({ owner: '1002' });
    expect(fold([...owned, handedOver, ...owned, handedOver])).toMatchObject({ owner: '1002' });
  });

  it('takes the owner from intake alone, whenever a clock that names an earlier one is read', () => {
    const handedOver = recorded(
      anEvent('intake.ticket-handed-over', { ticketId: TICKET, to: '1002' }),
    );
    const opened = recorded(
      anEvent('dispatch.clock-opened', { ticketId: TICKET, firstContactOwner: '1001' }),
    );
    const [first] = story as [Recorded];
    for (const read of [
      [first, opened, handedOver],
      [first, handedOver, opened],
      [opened, first, handedOver],
    ])
      expect(fold(read)).toMatchObject({ owner: '1002' });
  });

  it('is the same in whatever order the services are read, and when events come twice', () => {
    const { number: _number, ...facts } = fold(story) as { number: string };
    expect(fold(story.toReversed())).toMatchObject(facts);
    expect(fold([...story, ...story])).toMatchObject(facts);
  });

  it('concerns the tickets that the event names', () =>
    expect(story.map((event) => ticketAccessView.id(event))).toEqual(story.map(() => [TICKET])));
});
