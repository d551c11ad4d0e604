import fc from 'fast-check';
import { NOW } from '@shouwen/testkit';
import { CONTACT } from '../../test/build.js';
import { ticketIdOf, ticketNumber } from './number.js';

describe('ticket number', () => {
  it.each([
    ['water', 'W260115-00000012'],
    ['heat', 'H260115-00000012'],
    ['gas', 'G260115-00000012'],
    ['power', 'P260115-00000012'],
    ['unknown', 'X260115-00000012'],
  ] as const)('starts with the letter of %s', (utility, number) =>
    expect(ticketNumber('018f4b3c-0000-7000-8000-000000000022', utility, NOW)).toBe(number),
  );

  it('has the day in Beijing, not in Greenwich', () =>
    expect(
      ticketNumber('018f4b3c-0000-7000-8000-000000000022', 'heat', '2026-01-15T16:00:00.000Z'),
    ).toMatch(/^H260116-/));

  it('has eight characters that nobody mishears, whatever the id', () =>
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(ticketNumber(id, 'gas', NOW)).toMatch(/^G260115-[0-9A-HJKMNP-TV-Z]{8}$/);
      }),
    ));
});

describe('ids of the tickets that a contact opens', () => {
  it('are the same each time', () => expect(ticketIdOf(CONTACT, 3)).toBe(ticketIdOf(CONTACT, 3)));

  it('are UUIDs, all different, and none is the contact itself', () =>
    fc.assert(
      fc.property(fc.uuid(), (contactId) => {
        const ids = Array.from({ length: 20 }, (_, index) => ticketIdOf(contactId, index));
        expect(new Set([contactId, ...ids]).size).toBe(21);
        ids.forEach((id) => expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
      }),
    ));
});
