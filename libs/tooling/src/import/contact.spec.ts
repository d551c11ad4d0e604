import { bodyOf, clearBest, fateOf } from './contact.js';
import type { Entry } from './entry.js';

const ENTRY: Entry = {
  line: 7,
  system: 'mailbox',
  id: '17',
  channel: 'phone',
  occurredAt: '2026-01-15T08:00:00.000Z',
  fields: {
    title: '停水',
    description: '整栋楼没水',
    address: '望山路1号',
    callerName: '李立',
    callerPhone: '19900001234',
    isAnonymous: 'false',
    isConfidential: 'true',
    utility: 'water',
    typeCode: 'water.no-water',
    gridCode: 'water-west',
  },
};

describe('a line as a contact', () => {
  it('says who turned to us, when, from which source, and opens one ticket', () =>
    expect(bodyOf(ENTRY)).toEqual({
      channel: 'phone',
      occurredAt: '2026-01-15T08:00:00.000Z',
      source: { system: 'mailbox', id: '17' },
      callerName: '李立',
      callerPhone: '19900001234',
      isConfidential: true,
      matters: [
        {
          opens: {
            title: '停水',
            description: '整栋楼没水',
            address: '望山路1号',
            utility: 'water',
            typeCode: 'water.no-water',
            gridCode: 'water-west',
          },
        },
      ],
    }));

  it('has joined where its number was known from another file', () => {
    expect(fateOf({ matters: [{ ticketId: 'a', how: 'joined' }] })).toBe('joined');
    expect(fateOf({ matters: [{ ticketId: 'a', how: 'opened' }] })).toBe('opened');
  });

  it('is not guessed to be anything else', () => expect(() => fateOf({ matters: [] })).toThrow());
});

describe('the suggestion that is taken', () => {
  it('is the best one', () =>
    expect(
      clearBest([
        { typeCode: 'a', score: 3 },
        { typeCode: 'b', score: 1 },
      ]),
    ).toBe('a'));
  it('is none where two are as good', () =>
    expect(
      clearBest([
        { typeCode: 'a', score: 3 },
        { typeCode: 'b', score: 3 },
      ]),
    ).toBeNull());
  it('is none where nothing speaks for one', () => {
    expect(clearBest([])).toBeNull();
    expect(clearBest([{ typeCode: 'a', score: 0 }])).toBeNull();
  });
});
