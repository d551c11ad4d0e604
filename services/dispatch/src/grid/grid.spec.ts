import { GridReassigned } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  ADMINISTRATOR,
  EAST,
  GAS,
  GRID,
  WEST,
  aGridDefined,
  at,
  theUnit,
} from '../../test/build.js';
import { defineGrid } from './define-grid.js';
import { grids, unitOfGrid, type DefinedGrid } from './grid.js';
import { reassignGrid } from './reassign-grid.js';

const drawn = {
  ...{ gridCode: GRID, utility: 'heat' as const, name: '城东一片', unit: EAST },
  streets: ['和平路'],
};
const FEBRUARY = '2026-02-01T00:00:00.000Z';
const passed = GridReassigned({ gridCode: GRID, unit: WEST, from: FEBRUARY });

describe('define a grid', () => {
  const given = spec(defineGrid, { actor: ADMINISTRATOR });

  it('draws the area', () => given(theUnit(EAST)).when(drawn).records(aGridDefined()));
  it('changes nothing when told twice', () =>
    given(theUnit(EAST), aGridDefined()).when(drawn).changesNothing());
  it('corrects name and streets', () =>
    given(theUnit(EAST), aGridDefined())
      .when({ ...drawn, ...{ streets: ['和平路', '青松苑'] } })
      .records(aGridDefined({ streets: ['和平路', '青松苑'] })));
  it.each(['urban', 'rural', 'remote'] as const)('says that it is %s', (zone) =>
    given(theUnit(EAST), aGridDefined())
      .when({ ...drawn, ...{ zone } })
      .records(aGridDefined({ zone })),
  );
  it('changes nothing when the zone is told twice', () =>
    given(theUnit(EAST), aGridDefined({ zone: 'rural' }))
      .when({ ...drawn, ...{ zone: 'rural' as const } })
      .changesNothing());
  it('forgets a zone that was told by mistake', () =>
    given(theUnit(EAST), aGridDefined({ zone: 'rural' }))
      .when(drawn)
      .records(aGridDefined()));
  it('is refused where the unit would change without a date', () =>
    given(theUnit(WEST), aGridDefined())
      .when({ ...drawn, ...{ unit: WEST } })
      .isRejected('grid.already-defined'));
  it('is refused for a company of another utility', () =>
    given(theUnit(GAS))
      .when({ ...drawn, ...{ unit: GAS } })
      .isRejected('unit.other-utility'));
  it('is refused for a unit that nobody knows', () =>
    given().when(drawn).isRejected('unit.not-found'));
});

describe('reassign a grid', () => {
  const given = spec(reassignGrid, { actor: ADMINISTRATOR });
  const passing = { gridCode: GRID, unit: WEST, from: '2026-02-01T08:00:00+08:00' };

  it('passes it on from a date', () =>
    given(aGridDefined(), theUnit(WEST)).when(passing).records(passed));
  it('changes nothing when told twice', () =>
    given(aGridDefined(), passed, theUnit(WEST)).when(passing).changesNothing());
  it('is refused for a grid that nobody drew', () =>
    given(theUnit(WEST)).when(passing).isRejected('grid.not-found'));
  it('is refused for a unit that nobody knows', () =>
    given(aGridDefined()).when(passing).isRejected('unit.not-found'));
});

describe('the unit of a grid', () => {
  const grid = [aGridDefined(), passed].reduce(grids.evolve, grids.initial) as DefinedGrid;

  it.each([
    [at('14:00'), EAST],
    ['2026-01-31T23:59:59.999Z', EAST],
    [FEBRUARY, WEST],
    ['2027-01-01T00:00:00.000Z', WEST],
  ])('as of %s is %s', (asOf, unit) => expect(unitOfGrid(grid, asOf)).toBe(unit));
});
