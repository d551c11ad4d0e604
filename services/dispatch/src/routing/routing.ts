/**
 * Where a utility's work goes. One stream per utility, without an end:
 *
 *     unrouted ──UtilityRouted──▶ routed ──UtilityRouted──▶ routed
 *
 * Without a type it names the unit for everything that no grid places (the company's dispatcher queue), with a type
 * the unit for this type wherever it is (a city-wide gas emergency station).
 */
import { UtilityRouted, aboveNamed } from '@shouwen/contracts';
import { defineStream } from '@shouwen/engine';
import { type Grid, unitOfGrid } from '../grid/grid.js';

export interface Routing {
  readonly unit: string | null;
  readonly byType: Readonly<Record<string, string>>;
}

export const routings = defineStream<Routing, UtilityRouted>({
  name: 'routing',
  idField: 'utility',
  events: [UtilityRouted],
  initial: { unit: null, byType: {} },
  evolve: (state, { data: { unit, typeCode } }) =>
    typeCode ? { ...state, byType: { ...state.byType, [typeCode]: unit } } : { ...state, unit },
});

export interface Matter {
  readonly utility: string;
  readonly typeCode: string;
  /** The unit of the grid is that of this instant. */
  readonly asOf: string;
  /** Chosen by a person, or by what came before; goes before every rule. */
  readonly unit?: string;
  /** Units complained about: the work goes to the one above them. */
  readonly aboutUnits: readonly string[];
}

/** A person's choice, then the type's own unit, then the grid's, then the company's; nothing is ever left out. */
export function unitFor(matter: Matter, routing: Routing, grid: Grid | null): string {
  const { utility, typeCode, asOf, aboutUnits } = matter;
  const byGrid =
    grid?.status === 'defined' && grid.utility === utility ? unitOfGrid(grid, asOf) : null;
  const wanted = matter.unit ?? routing.byType[typeCode] ?? byGrid ?? routing.unit ?? '/';
  return aboveNamed(wanted, aboutUnits);
}
