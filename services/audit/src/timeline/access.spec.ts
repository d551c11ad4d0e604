import { describe, expect, it } from '@jest/globals';
import { anActor, anEvent, recorded } from '../../test/build.js';
import { timelineView } from '../views/timeline.view.js';
import { denialFor, withCallerHidden } from './access.js';
import type { Opened } from './entry.js';

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
    [
      'who answers for it, in another unit',
      anActor('1', ['supervisor', '/m/water']),
      { ...ticket, owner: '1' },
      null,
    ],
    [
      'who answers for it, with another role',
      anActor('1', ['crew', '/m/water']),
      { ...ticket, owner: '1' },
      'other-unit',
    ],
    [
      'who answers for it and is named in it',
      anActor('1', ['supervisor', '/m/water']),
      { ...ticket, owner: '1', aboutStaff: ['1'] },
      'names-you',
    ],
    [
      'who answers for it, of a unit that is named in it',
      anActor('1', ['supervisor', '/m/water/east']),
      { ...ticket, owner: '1', aboutUnits: ['/m/water'] },
      'names-your-unit',
    ],
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

describe('who may know a confidential caller', () => {
  const contact = (override: object): Opened => {
    const event = recorded(anEvent('intake.contact-recorded', override));
    const document = timelineView.evolve(null, event, event.id, { blind: (text) => text });
    return { ...(document as Opened), sealed: { callerId: { callerName: '林晓青' } } };
  };
  const inEast = anActor('1', ['supervisor', '/m/heat/east']);

  it.each([
    ['in the unit that took the contact', '/m/heat/east', true],
    ['not in a unit below it', '/m', false],
  ])('somebody %s', (_who, takenIn, isKnown) => {
    const hidden = withCallerHidden(contact({ takenIn, isConfidential: true }), inEast, ROLES);
    expect('callerId' in hidden.data).toBe(isKnown);
    expect(hidden.sealed).toEqual(isKnown ? { callerId: { callerName: '林晓青' } } : {});
  });

  it('is nobody below the root where it was taken for all units', () => {
    const { takenIn: _takenIn, ...data } = contact({ isConfidential: true }).data;
    const everywhere = { ...contact({ isConfidential: true }), data };
    expect(withCallerHidden(everywhere, inEast, ROLES).sealed).toEqual({});
    const atRoot = anActor('1', ['supervisor', '/']);
    expect(withCallerHidden(everywhere, atRoot, ROLES)).toBe(everywhere);
  });

  it('leaves all others as they are', () => {
    const open = contact({ takenIn: '/m', isConfidential: false });
    expect(withCallerHidden(open, inEast, ROLES)).toBe(open);
  });
});
