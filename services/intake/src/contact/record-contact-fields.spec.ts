import { faultsOf } from '@shouwen/engine';
import { aContact, anOpening } from '../../test/build.js';
import { RecordContact } from './record-contact.js';

const fields = (override: object) =>
  faultsOf(RecordContact, { ...aContact(), ...override }).map(({ field }) => field);
const opens = (override: object) => fields({ matters: [{ opens: anOpening(override) }] });

describe('the fields of a contact', () => {
  it('may be all that a full contact has', () =>
    expect(
      fields({
        answeredAt: '2026-01-15T16:00:00+08:00',
        isAnonymous: false,
        isConfidential: true,
        takenBy: '1002',
        source: { system: 'city-hotline', id: 'MC-7' },
        language: 'en',
        note: '另问营业时间',
      }),
    ).toEqual([]));

  it.each([
    ['a channel nobody knows', { channel: 'fax' }, 'channel'],
    ['an instant that is none', { answeredAt: 'yesterday' }, 'answeredAt'],
    ['a source that is a list', { source: [] }, 'source'],
    ['a source without its number', { source: { system: 'city-hotline' } }, 'source.id'],
    ['a caller id with blanks', { callerId: 'caller 1' }, 'callerId'],
    ['matters that are text', { matters: 'no heat' }, 'matters'],
    ['a matter that is null', { matters: [null] }, 'matters.0'],
    ['a ticket that is no id', { matters: [{ joins: 'H260115' }] }, 'matters.0.joins'],
    ['a field nobody knows', { colour: 'red' }, 'colour'],
  ])('are refused with %s', (_what, override, field) => expect(fields(override)).toContain(field));

  it.each([
    ['a utility nobody sells', { utility: 'light' }, 'utility'],
    ['a title too long', { title: '热'.repeat(201) }, 'title'],
    ['a grid with a slash', { gridCode: 'H/E' }, 'gridCode'],
    ['a unit that is no path', { unit: 'heat' }, 'unit'],
    ['units that are no paths', { aboutUnits: ['heat'] }, 'aboutUnits'],
    ['a field nobody knows', { status: 'closed' }, 'status'],
  ])('are refused with an opening that has %s', (_what, override, field) =>
    expect(opens(override)).toContain(`matters.0.opens.${field}`),
  );
});
