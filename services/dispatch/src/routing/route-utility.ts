import { TYPE_CODE, UNIT_PATH, UTILITIES, UtilityRouted, type Utility } from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { standardsOf } from '@shouwen/standards';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { refuseBeyondReach, units } from '../unit/unit.js';
import { routings } from './routing.js';

/** Sets where a utility's work goes that no grid places, or where one type of it always goes. */
export class RouteUtility extends Command {
  @IsIn(UTILITIES) utility!: Utility;
  @Matches(UNIT_PATH) unit!: string;
  @IsOptional() @Matches(TYPE_CODE) typeCode?: string;
}

export const routeUtility = handlesAcross({
  command: RouteUtility,
  stream: routings,
  reads: ({ utility, unit }) => [at(routings, utility), at(units, unit)],
  decide: (read, { utility, unit, typeCode }, context) => {
    if (read(units, unit).status === 'unknown')
      throw new Rejected('unit.not-found', `There is no unit ${unit}.`, 'unit');
    const type = typeCode ? standardsOf(context).type(typeCode, context.now) : null;
    if (typeCode && type?.utility !== utility)
      throw new Rejected(
        'type.not-found',
        `No pack in force has the type ${typeCode} for ${utility}.`,
        'typeCode',
      );
    const routing = read(routings, utility);
    const current = typeCode ? routing.byType[typeCode] : routing.unit;
    if (current === unit) return [];
    if (current) refuseBeyondReach(context.actor, current);
    return [
      write(routings, utility, [
        UtilityRouted({ utility, unit, ...(typeCode ? { typeCode } : {}) }),
      ]),
    ];
  },
});
