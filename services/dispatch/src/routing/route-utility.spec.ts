import { UtilityRouted } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import {
  ADMINISTRATOR,
  EAST,
  GAS,
  HEAT,
  HEAT_ADMINISTRATOR,
  standards,
  theUnit,
} from '../../test/build.js';
import { routeUtility } from './route-utility.js';

const given = spec(routeUtility, { actor: ADMINISTRATOR, standards });
const routed = (unit: string, typeCode?: string) =>
  UtilityRouted({ utility: 'heat', unit, ...(typeCode ? { typeCode } : {}) });

describe('route a utility', () => {
  it('sets who takes what no grid places', () =>
    given(theUnit(HEAT))
      .when({ ...{ utility: 'heat', unit: HEAT } })
      .records(routed(HEAT)));
  it('sets who takes one type wherever it is', () =>
    given(routed(HEAT), theUnit(EAST))
      .when({ ...{ utility: 'heat', unit: EAST, typeCode: 'heat.leak' } })
      .records(routed(EAST, 'heat.leak')));
  it('changes nothing when told twice', () =>
    given(routed(HEAT), theUnit(HEAT))
      .when({ ...{ utility: 'heat', unit: HEAT } })
      .changesNothing());
  it('is refused for a type that no pack has', () =>
    given(theUnit(EAST))
      .when({ ...{ utility: 'heat', unit: EAST, typeCode: 'heat.nonsense' } })
      .isRejected('type.not-found'));
  it('is refused for a unit that nobody knows', () =>
    given()
      .when({ ...{ utility: 'heat', unit: EAST } })
      .isRejected('unit.not-found'));
  it('is refused to an administrator who does not reach the unit that has the work', () =>
    given(routed(GAS), theUnit(HEAT))
      .when({ ...{ utility: 'heat', unit: HEAT } }, { actor: HEAT_ADMINISTRATOR })
      .isRejected('unit.beyond-reach'));
});
