import { PostVacated } from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import fc from 'fast-check';
import {
  ADMINISTRATOR,
  CREW,
  EAST,
  GROUP,
  HEAT,
  SYSTEM,
  aPostHeld,
  aStaffAppointed,
  aStaffRegistered,
  theStaff,
  theUnit,
} from '../../test/build.js';
import { staff } from '../staff/staff.js';
import { upwardFrom } from '../unit/unit.js';
import { handOverPost } from './hand-over-post.js';
import { holdPost } from './hold-post.js';
import { findPost, postsAbove, type Posts } from './post.js';
import { vacatePost } from './vacate-post.js';

const POST = 'head-of-station';

describe('hold a post', () => {
  const given = spec(holdPost, { actor: ADMINISTRATOR });
  const holding = (override: object = {}) => ({
    ...{ unit: EAST, post: POST, holder: '2001' },
    ...override,
  });

  it('records holder and deputy, on the post and with each person', () =>
    given(theUnit(EAST), theStaff('2001'), theStaff('2002'))
      .when(holding({ deputy: '2002' }))
      .records(
        aPostHeld({ deputy: '2002' }),
        aStaffAppointed('2001'),
        aStaffAppointed('2002', { as: 'deputy' }),
      ));
  it('changes nothing when told twice', () =>
    given(theUnit(EAST), theStaff('2001'), aPostHeld()).when(holding()).changesNothing());
  it('says who sat there before', () =>
    given(theUnit(EAST), theStaff('2001'), aPostHeld({ holder: '2003', deputy: '2004' }))
      .when(holding())
      .records(
        aPostHeld({ previousHolder: '2003', previousDeputy: '2004' }),
        aStaffAppointed('2001'),
      ));
  it('is refused for somebody who does not work here', () =>
    given(theUnit(EAST)).when(holding()).isRejected('staff.not-active'));
  it('is refused for one’s own deputy', () =>
    given(theUnit(EAST), theStaff('2001'))
      .when(holding({ deputy: '2001' }))
      .isRejected('post.own-deputy'));
  it('is refused in a unit that nobody knows', () =>
    given(theStaff('2001')).when(holding()).isRejected('unit.not-found'));
});

describe('vacate a post', () => {
  const given = spec(vacatePost, { actor: ADMINISTRATOR });
  const vacating = { unit: EAST, post: POST };
  const vacated = PostVacated({ post: POST, unit: EAST, deputy: '2002', previousHolder: '2001' });

  it('leaves the deputy in charge', () =>
    given(theUnit(EAST), aPostHeld({ deputy: '2002' }))
      .when(vacating)
      .records(vacated));
  it('changes nothing when told twice', () =>
    given(theUnit(EAST), aPostHeld({ deputy: '2002' }), vacated)
      .when(vacating)
      .changesNothing());
  it('is refused in a unit that nobody knows', () =>
    given().when(vacating).isRejected('unit.not-found'));
});

describe('hand a post over', () => {
  const given = spec(handOverPost, { actor: SYSTEM });
  const passing = { unit: EAST, post: POST, as: 'holder' as const, from: '2001', to: '2005' };

  it('puts the successor there', () =>
    given(aPostHeld({ deputy: '2002' }), theStaff('2005'))
      .when(passing)
      .records(
        aPostHeld({ holder: '2005', deputy: '2002', previousHolder: '2001' }),
        aStaffAppointed('2005'),
      ));
  it('makes a deputy who succeeds the holder only', () =>
    given(
      aPostHeld({ deputy: '2005' }),
      past(staff, '2005', aStaffRegistered('2005'), aStaffAppointed('2005', { as: 'deputy' })),
    )
      .when(passing)
      .records(
        aPostHeld({ holder: '2005', previousHolder: '2001', previousDeputy: '2005' }),
        aStaffAppointed('2005'),
      ));
  it('changes nothing when somebody else was put there in the meantime', () =>
    given(aPostHeld({ holder: '2003' }), theStaff('2005'))
      .when(passing)
      .changesNothing());
  it('changes nothing when told twice', () =>
    given(aPostHeld({ holder: '2005' }), theStaff('2005'))
      .when(passing)
      .changesNothing());
  it('leaves the post vacant when the successor has left too', () =>
    given(aPostHeld())
      .when(passing)
      .records(PostVacated({ post: POST, unit: EAST, previousHolder: '2001' })));
});

describe('find who answers on a post', () => {
  const posts: Record<string, Posts> = {
    [EAST]: { [POST]: { holder: '2001', deputy: '2002' }, 'duty-leader': { deputy: '2003' } },
    [HEAT]: { 'operating-company-manager': { holder: '2100' }, 'duty-leader': { holder: '2101' } },
    [GROUP]: { 'operating-company-manager': { holder: '2900' } },
  };
  const postsOf = (unit: string): Posts => posts[unit] ?? {};
  const from = { post: POST, unit: CREW };

  it.each([
    ['the nearest unit upward', from, { unit: EAST, staff: '2001', isDeputy: false }],
    [
      'the deputy where nobody holds it',
      { ...from, post: 'duty-leader' },
      { unit: EAST, staff: '2003', isDeputy: true },
    ],
    [
      'the deputy where the holder is complained about',
      { ...from, aboutStaff: ['2001'] },
      { unit: EAST, staff: '2002', isDeputy: true },
    ],
    [
      'the next unit where holder and deputy are complained about',
      { ...from, post: 'duty-leader', aboutStaff: ['2003'] },
      { unit: HEAT, staff: '2101', isDeputy: false },
    ],
    [
      'the unit above the one complained about',
      { ...from, post: 'operating-company-manager', aboutUnits: [HEAT] },
      { unit: GROUP, staff: '2900', isDeputy: false },
    ],
  ])('in %s', (_title, wanted, found) =>
    expect(findPost(postsOf, wanted)).toEqual({ post: wanted.post, ...found }),
  );
  it('finds nobody where nobody holds it', () => {
    expect(findPost(postsOf, { ...from, post: 'secretary' })).toBeNull();
    expect(findPost(postsOf, { ...from, aboutUnits: [GROUP] })).toBeNull();
    expect(findPost(postsOf, { ...from, unit: '/' })).toBeNull();
  });
  it('declares exactly the streams it looks at', () =>
    expect(postsAbove(CREW).map(({ stream, id }) => `${stream.name} ${id}`)).toEqual(
      [CREW, EAST, HEAT, GROUP].map((unit) => `post ${unit}`),
    ));
  it('never names a person or a unit complained about, and never looks sideways', () => {
    const people = ['2001', '2002', '2003', '2100', '2101', '2900'];
    const anyWanted = fc.record({
      post: fc.constantFrom(POST, 'duty-leader', 'operating-company-manager'),
      unit: fc.constantFrom(CREW, EAST, HEAT, GROUP),
      aboutStaff: fc.subarray(people),
      aboutUnits: fc.subarray([CREW, EAST, HEAT]),
    });
    fc.assert(
      fc.property(anyWanted, (wanted) => {
        const found = findPost(postsOf, wanted);
        if (!found) return;
        expect(wanted.aboutStaff).not.toContain(found.staff);
        expect(wanted.aboutUnits.some((unit) => found.unit.startsWith(unit))).toBe(false);
        expect(upwardFrom(wanted.unit)).toContain(found.unit);
      }),
    );
  });
});
