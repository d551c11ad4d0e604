import { UnitRegistered, UnitRenamed, UtilityRouted, parentOf } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  ADMINISTRATOR,
  CREW,
  EAST,
  GAS,
  GROUP,
  HEAT,
  HEAT_ADMINISTRATOR,
  aUnitRegistered,
  theRouting,
  theUnit,
} from '../../test/build.js';
import { registerUnit } from './register-unit.js';
import { renameUnit } from './rename-unit.js';
import { refuseBeyondReach, upwardFrom } from './unit.js';

describe('register a unit', () => {
  const given = spec(registerUnit, { actor: ADMINISTRATOR });
  const station = {
    ...{ unit: EAST, name: '城东供热站', nameEn: 'Heat station East', kind: 'station' as const },
  };

  it('adds it below one that is there, with its utility', () =>
    given(theUnit(HEAT))
      .when(station)
      .records(UnitRegistered({ ...station, parent: HEAT, utility: 'heat' })));
  it('starts the tree with a group', () =>
    given()
      .when({ ...station, ...{ unit: GROUP, kind: 'group' } })
      .records(UnitRegistered({ ...station, unit: GROUP, kind: 'group' })));
  it('gives a utility’s first company the work that nothing else routes', () => {
    const company = { ...station, unit: HEAT, kind: 'company' as const, utility: 'heat' as const };
    given(theUnit(GROUP))
      .when(company)
      .records(
        UnitRegistered({ ...company, parent: GROUP }),
        UtilityRouted({ utility: 'heat', unit: HEAT }),
      );
    given(theUnit(GROUP), theRouting({ unit: '/mingcheng/heat-old' }))
      .when(company)
      .records(UnitRegistered({ ...company, parent: GROUP }));
  });
  it('changes nothing when told twice', () =>
    given(theUnit(HEAT), UnitRegistered({ ...station, parent: HEAT, utility: 'heat' }))
      .when(station)
      .changesNothing());
  it('is refused when the path is taken', () =>
    given(theUnit(HEAT), aUnitRegistered(EAST))
      .when(station)
      .isRejected('unit.already-registered'));
  it('is refused below a unit that nobody knows', () =>
    given().when(station).isRejected('unit.not-found'));
  it('is refused for a group below something, and for anything else at the top', () => {
    given(theUnit(HEAT))
      .when({ ...station, ...{ kind: 'group' } })
      .isRejected('unit.wrong-place');
    given()
      .when({ ...station, ...{ unit: GROUP } })
      .isRejected('unit.wrong-place');
  });
  it('is refused for another utility than that of the company above', () =>
    given(theUnit(HEAT))
      .when({ ...station, ...{ utility: 'gas' } })
      .isRejected('unit.other-utility'));
});

describe('rename a unit', () => {
  const given = spec(renameUnit, { actor: ADMINISTRATOR });
  const names = { unit: EAST, name: '城东第一站', nameEn: 'East One' };

  it('changes its names', () =>
    given(aUnitRegistered(EAST)).when(names).records(UnitRenamed(names)));
  it('changes nothing when told twice', () =>
    given(aUnitRegistered(EAST), UnitRenamed(names)).when(names).changesNothing());
  it('is refused for a unit that nobody knows', () =>
    given().when(names).isRejected('unit.not-found'));
});

describe('the tree', () => {
  it('leads upward from a unit to its group', () => {
    expect(upwardFrom(CREW)).toEqual([CREW, EAST, HEAT, GROUP]);
    expect(upwardFrom('/')).toEqual([]);
    expect([CREW, GROUP, '/'].map(parentOf)).toEqual([EAST, '/', '/']);
  });
  it('keeps administrators to their subtree', () => {
    expect(() => refuseBeyondReach(HEAT_ADMINISTRATOR, EAST)).not.toThrow();
    expect(() => refuseBeyondReach(HEAT_ADMINISTRATOR, GAS)).toThrow('/mingcheng/gas');
    expect(() => refuseBeyondReach(HEAT_ADMINISTRATOR, '/')).toThrow(
      expect.objectContaining({ code: 'unit.beyond-reach' }) as unknown as Error,
    );
  });
});
