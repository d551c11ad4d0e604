import { SeatNoted } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import { aSeat } from '../../test/build.js';
import { noteSeat } from './note-seat.js';
import { holderOf, type Seat } from './seat.js';

const given = spec(noteSeat);
const asked = (override: object = {}) => ({
  seatId: 'supervision-office',
  unit: '/mingcheng/supervision',
  holder: '1300',
  deputy: '1301',
  ...override,
});

describe('note who sits where', () => {
  it('notes holder and deputy', () => given().when(asked()).records(aSeat()));

  it('changes nothing when told twice', () => given(aSeat()).when(asked()).changesNothing());

  it('notes a new holder', () =>
    given(aSeat())
      .when(asked({ holder: '1310' }))
      .records(aSeat({ holder: '1310' })));

  it('notes that nobody holds it', () =>
    given(aSeat())
      .when(asked({ holder: undefined, deputy: undefined }))
      .records(SeatNoted({ seatId: 'supervision-office', unit: '/mingcheng/supervision' })));

  it('keeps the post nearest the top, whichever is told first', () => {
    const heat = { unit: '/mingcheng/heat/supervision', holder: '3300' };
    given(aSeat()).when(asked(heat)).changesNothing();
    given(aSeat(heat)).when(asked()).records(aSeat());
  });
});

describe('who answers for a seat', () => {
  const seat: Seat = { status: 'noted', unit: '/mingcheng', holder: '1300', deputy: '1301' };
  it.each<[string, Seat, string[], string]>([
    ['the holder', seat, [], '1300'],
    ['the deputy where the holder is named', seat, ['1300'], '1301'],
    ['the post where both are named', seat, ['1300', '1301'], 'post'],
    ['the post where nobody holds it', { status: 'noted', unit: '/mingcheng' }, [], 'post'],
    ['the post where nobody was ever told', { status: 'none' }, [], 'post'],
  ])('is %s', (_who, one, except, expected) =>
    expect(holderOf(one, 'post', except)).toBe(expected),
  );
});
