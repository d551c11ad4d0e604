import {
  UNIT_KINDS,
  UNIT_PATH,
  UTILITIES,
  UnitRegistered,
  UtilityRouted,
  parentOf,
  type UnitKind,
  type Utility,
} from '@shouwen/contracts';
import { Command, Rejected, at, handlesAcross, write } from '@shouwen/engine';
import { IsIn, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { routings } from '../routing/routing.js';
import { units, type Unit } from './unit.js';

/** Adds a unit below one that exists; a utility's first company also takes the work that nothing else routes. */
export class RegisterUnit extends Command {
  @Matches(UNIT_PATH) unit!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) name!: string;
  @IsString() @IsNotEmpty() @MaxLength(80) nameEn!: string;
  @IsIn(UNIT_KINDS) kind!: UnitKind;
  /** Absent: that of the unit above. */
  @IsOptional() @IsIn(UTILITIES) utility?: Utility;
}

export const registerUnit = handlesAcross({
  command: RegisterUnit,
  stream: units,
  reads: ({ unit, utility }) => [
    at(units, unit),
    at(units, parentOf(unit)),
    ...(utility ? [at(routings, utility)] : []),
  ],
  decide: (read, command) => {
    const { unit, name, nameEn, kind } = command;
    const known = read(units, unit);
    if (known.status === 'registered') {
      if (known.kind === kind && known.name === name && known.nameEn === nameEn) return [];
      throw new Rejected('unit.already-registered', `${unit} is there already; rename it instead.`);
    }
    const registered = registeredBelow(read(units, parentOf(unit)), command);
    const first = firstCompany(command, (of) => read(routings, of).unit);
    return [
      write(units, unit, [registered]),
      ...(first ? [write(routings, first, [UtilityRouted({ utility: first, unit })])] : []),
    ];
  },
});

/** The utility of a company that is the first of it. */
const firstCompany = (
  { kind, utility }: RegisterUnit,
  routedTo: (utility: Utility) => string | null,
): Utility | null => (kind === 'company' && utility && routedTo(utility) === null ? utility : null);

function registeredBelow(above: Unit, command: RegisterUnit): UnitRegistered {
  const { unit, name, nameEn, kind } = command;
  const parent = parentOf(unit);
  refuseWrongPlace({ unit, parent, isParentKnown: above.status === 'registered', kind });
  const inherited = above.status === 'registered' ? above.utility : null;
  const utility = command.utility ?? inherited;
  if (inherited && utility !== inherited)
    throw new Rejected(
      'unit.other-utility',
      `${parent} serves ${inherited}; a unit below it cannot serve ${utility}.`,
      'utility',
    );
  return UnitRegistered({
    unit,
    ...(parent === '/' ? {} : { parent }),
    ...{ name, nameEn, kind },
    ...(utility ? { utility } : {}),
  });
}

function refuseWrongPlace(place: {
  unit: string;
  parent: string;
  isParentKnown: boolean;
  kind: UnitKind;
}): void {
  const { unit, parent, isParentKnown, kind } = place;
  if (unit === '/')
    throw new Rejected('unit.no-name', 'The unit needs a name in the tree.', 'unit');
  const isTop = parent === '/';
  if (isTop !== (kind === 'group'))
    throw new Rejected(
      'unit.wrong-place',
      'A group stands at the top of the tree, and nothing else does.',
      'kind',
    );
  if (!isTop && !isParentKnown)
    throw new Rejected('unit.not-found', `There is no unit ${parent}; add it first.`, 'unit');
}
