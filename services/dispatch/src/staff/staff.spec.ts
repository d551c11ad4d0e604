import {
  PasswordSet,
  StaffGranted,
  StaffLeft,
  StaffRelieved,
  StaffTransferred,
} from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import {
  ADMINISTRATOR,
  EAST,
  HEAT,
  HEAT_ADMINISTRATOR,
  SYSTEM,
  WEST,
  aPostHeld,
  aStaffAppointed,
  aStaffRegistered,
  thePosts,
  theStaff,
  theUnit,
} from '../../test/build.js';
import { changeStaffContact } from './change-staff-contact.js';
import { grantRoles } from './grant-roles.js';
import { registerStaff } from './register-staff.js';
import { releaseStaff } from './release-staff.js';
import { relieveStaff } from './relieve-staff.js';
import { setPassword } from './set-password.js';
import { staff } from './staff.js';
import { transferStaff } from './transfer-staff.js';

const CREW_ROLE = { role: 'crew', unit: EAST };
const joined = aStaffRegistered('3001', EAST, { grants: [CREW_ROLE] });
const left = StaffLeft({ staff: '3001', unit: EAST, posts: [] });

describe('register staff', () => {
  const given = spec(registerStaff, { actor: HEAT_ADMINISTRATOR });
  const joining = (override: object = {}) => ({
    ...{ staff: '3001', unit: EAST, grants: [CREW_ROLE] },
    ...override,
  });

  it('records who joined, with roles; name and telephone are sealed', () =>
    given(theUnit(EAST))
      .when(joining({ name: '陈工', phone: '13900000001' }))
      .records({ ...joined, data: { ...joined.data, name: '陈工', phone: '13900000001' } }));
  it('changes nothing when told twice', () =>
    given(joined, theUnit(EAST)).when(joining()).changesNothing());
  it('takes somebody back', () =>
    given(joined, left, theUnit(EAST)).when(joining()).records(joined));
  it('is refused with other roles than they have', () =>
    given(joined, theUnit(EAST))
      .when(joining({ grants: [] }))
      .isRejected('staff.already-registered'));
  it('is refused for a unit that nobody knows', () =>
    given().when(joining()).isRejected('unit.not-found'));
  it('gives nobody a role over everything unless the giver has it', () =>
    given(theUnit(EAST))
      .when(joining({ grants: [{ role: 'administrator', unit: '/' }] }))
      .isRejected('unit.beyond-reach'));
  it('lets the installation register its first administrator', () => {
    const grants = [{ role: 'administrator', unit: '/' }];
    given()
      .when(joining({ staff: 'admin', unit: '/', grants }), { actor: SYSTEM })
      .records(aStaffRegistered('admin', '/', { grants }));
  });
});

describe('transfer staff', () => {
  const given = spec(transferStaff, { actor: ADMINISTRATOR });
  const moving = { staff: '3001', unit: WEST };
  const moved = StaffTransferred({ staff: '3001', from: EAST, unit: WEST });

  it('moves them to another home unit', () =>
    given(joined, theUnit(WEST)).when(moving).records(moved));
  it('changes nothing when told twice', () =>
    given(joined, moved, theUnit(WEST)).when(moving).changesNothing());
  it('is refused for somebody who left', () =>
    given(joined, left, theUnit(WEST)).when(moving).isRejected('staff.not-active'));
  it('is refused to a unit that nobody knows', () =>
    given(joined).when(moving).isRejected('unit.not-found'));
});

describe('grant roles', () => {
  const given = spec(grantRoles, { actor: HEAT_ADMINISTRATOR });
  const granting = (grants: object[]) => ({ staff: '3001', grants });
  const dispatching = { role: 'dispatcher', unit: EAST };
  const granted = StaffGranted({ staff: '3001', grants: [dispatching, CREW_ROLE] });

  it('sets the roles anew', () =>
    given(joined, theUnit(EAST))
      .when(granting([dispatching, CREW_ROLE]))
      .records(granted));
  it('changes nothing when told twice, in any order', () =>
    given(joined, granted, theUnit(EAST))
      .when(granting([CREW_ROLE, dispatching]))
      .changesNothing());
  it('is refused beyond the giver’s reach', () =>
    given(joined)
      .when(granting([{ role: 'crew', unit: '/' }]))
      .isRejected('unit.beyond-reach'));
  it('is refused where it would take away what the giver does not reach', () =>
    given(aStaffRegistered('3001', EAST, { grants: [{ role: 'analyst', unit: '/mingcheng' }] }))
      .when(granting([]))
      .isRejected('unit.beyond-reach'));
  it('is refused for somebody who left', () =>
    given(joined, left).when(granting([])).isRejected('staff.not-active'));
});

describe('release staff', () => {
  const given = spec(releaseStaff, { actor: ADMINISTRATOR });
  const leaving = { staff: '3001' };
  const handingOver = { staff: '3001', successor: '3002' };

  it('lets somebody go who holds no post', () => given(joined).when(leaving).records(left));
  it('changes nothing when told twice', () => given(joined, left).when(leaving).changesNothing());
  it('is refused while they sit on a post', () =>
    given(joined, aStaffAppointed('3001')).when(leaving).isRejected('staff.holds-posts'));
  it('passes posts to the successor', () =>
    given(joined, aStaffAppointed('3001'), theStaff('3002'))
      .when(handingOver)
      .records(
        StaffLeft({
          ...{ staff: '3001', unit: EAST, successor: '3002' },
          posts: [{ unit: EAST, post: 'head-of-station', as: 'holder' }],
        }),
      ));
  it('is possible again once the post went to somebody else', () =>
    given(
      joined,
      aStaffAppointed('3001'),
      StaffRelieved({ staff: '3001', post: 'head-of-station', unit: EAST, as: 'holder' }),
    )
      .when(leaving)
      .records(left));
  it('is refused for a successor who does not work here', () =>
    given(joined).when(handingOver).isRejected('staff.not-active'));
  it('is refused for oneself as successor', () =>
    given(joined)
      .when({ ...leaving, ...{ successor: '3001' } })
      .isRejected('staff.own-successor'));
  it('is refused for a number that nobody has', () =>
    given().when(leaving).isRejected('staff.not-active'));
});

describe('relieve staff of a seat', () => {
  const given = spec(relieveStaff, { actor: SYSTEM });
  const seat = { unit: EAST, post: 'head-of-station', as: 'holder' as const };
  const relieving = { staff: '3001', ...seat };

  it('notes that somebody else sits there', () =>
    given(joined, aStaffAppointed('3001'), thePosts(EAST, aPostHeld({ holder: '3002' })))
      .when(relieving)
      .records(StaffRelieved({ staff: '3001', ...seat })));
  it('changes nothing when told twice', () =>
    given(joined, thePosts(EAST, aPostHeld({ holder: '3002' })))
      .when(relieving)
      .changesNothing());
  it('changes nothing when they got the seat back before this arrived', () =>
    given(joined, aStaffAppointed('3001'), thePosts(EAST, aPostHeld({ holder: '3001' })))
      .when(relieving)
      .changesNothing());
});

describe('set a password', () => {
  const given = spec(setPassword, { actor: SYSTEM });
  const passwordHash = `scrypt$32768$8$1$${'c'.repeat(22)}$${'h'.repeat(43)}`;
  const setting = { staff: '3001', passwordHash };

  it('records the hash, sealed under the person', () => {
    given(joined)
      .when(setting)
      .records(PasswordSet({ ...setting, staffId: 'staff-3001' }));
    expect(PasswordSet.personal).toEqual({ staffId: { passwordHash: 'text' } });
  });
  it('never becomes part of the state', () => {
    const events = [joined, PasswordSet({ ...setting, staffId: 'staff-3001' })];
    expect(JSON.stringify(events.reduce(staff.evolve, staff.initial))).not.toContain('scrypt');
  });
  it('is refused for somebody who left', () =>
    given(joined, left).when(setting).isRejected('staff.not-active'));
});

describe('change the contact details of staff', () => {
  const given = spec(changeStaffContact, { actor: ADMINISTRATOR });

  it('records what is told, sealed under the person', () =>
    given(joined)
      .when({ ...{ staff: '3001', phone: '13900000002' } })
      .records({
        type: 'dispatch.staff-contact-changed',
        version: 1,
        data: { staff: '3001', staffId: 'staff-3001', phone: '13900000002' },
      }));
  it('is refused for a number that nobody has', () =>
    given(past(staff, '3002', aStaffRegistered('3002', HEAT)))
      .when({ ...{ staff: '3001' } })
      .isRejected('staff.not-active'));
});
