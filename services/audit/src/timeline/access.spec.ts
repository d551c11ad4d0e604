import { describe, expect, it } from '@jest/globals';
import { anActor } from '../../test/build.js';
import { denialFor } from './access.js';

const ROLES = ['supervisor', 'auditor'];
const ticket = { ticketId: 't', units: ['/m/heat/east'], aboutStaff: [], aboutUnits: [] };

describe('who may see the timeline of a ticket', () => {
  it.each([
    ['above the unit', anActor('1', ['auditor', '/m']), ticket, null],
    ['in the unit itself', anActor('1', ['supervisor', '/m/heat/east']), ticket, null],
    ['at the root', anActor('1', ['auditor', '/']), ticket, null],
    ['in another unit', anActor('1', ['supervisor', '/m/heat/west']), ticket, 'other-unit'],
    ['below the unit', anActor('1', ['supervisor', '/m/heat/east/crew']), ticket, 'other-unit'],
    ['whose name merely begins alike', anActor('1', ['auditor', '/m/he']), ticket, 'other-unit'],
    ['with another role there', anActor('1', ['crew', '/m']), ticket, 'other-unit'],
    ['with no grant at all', anActor('1'), { ...ticket, units: [] }, 'other-unit'],
    ['when no unit has it yet', anActor('1', ['auditor', '/x']), { ...ticket, units: [] }, null],
    [
      'who is named in it',
      anActor('7', ['auditor', '/']),
      { ...ticket, aboutStaff: ['7'] },
      'names-you',
    ],
    [
      'of a unit that is named in it',
      anActor('1', ['supervisor', '/m/heat/east']),
      { ...ticket, aboutUnits: ['/m/heat'] },
      'names-your-unit',
    ],
    [
      'above a unit that is named in it',
      anActor('1', ['supervisor', '/m']),
      { ...ticket, aboutUnits: ['/m/heat'] },
      null,
    ],
  ])('somebody %s', (_, actor, access, denial) =>
    expect(denialFor(actor, access, ROLES)).toBe(denial),
  );
});
