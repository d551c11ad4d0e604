/**
 * A service area: which streets belong together, and which unit answers for them from when.
 *
 *     unknown ──GridDefined──▶ defined ──GridDefined (name, streets, zone) · GridReassigned (unit, date)──▶ defined
 */
import { GridDefined, GridReassigned, type Utility, type Zone } from '@shouwen/contracts';
import { defineStream } from '@shouwen/engine';

export type Grid =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'defined';
      readonly utility: Utility;
      readonly name: string;
      readonly streets: readonly string[];
      /** Absent: nobody said. */
      readonly zone?: Zone;
      readonly unit: string;
      /** Later units by their first instant, earliest first. */
      readonly later: readonly { readonly from: string; readonly unit: string }[];
    };

export type DefinedGrid = Extract<Grid, { status: 'defined' }>;

export const grids = defineStream<Grid, GridDefined | GridReassigned>({
  name: 'grid',
  idField: 'gridCode',
  events: [GridDefined, GridReassigned],
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    switch (event.type) {
      case 'dispatch.grid-defined': {
        const { utility, name, streets, unit, zone } = event.data;
        const drawn = { name, streets, ...(zone ? { zone } : {}) };
        const units = state.status === 'defined' ? state : { unit, later: [] };
        return { status: 'defined', utility, ...drawn, unit: units.unit, later: units.later };
      }
      case 'dispatch.grid-reassigned': {
        if (state.status === 'unknown') return state;
        const { from, unit } = event.data;
        const others = state.later.filter((one) => one.from !== from);
        const later = [...others, { from, unit }].sort((a, b) => (a.from < b.from ? -1 : 1));
        return { ...state, later };
      }
    }
  },
  unit: (state) => (state.status === 'defined' ? (state.later.at(-1)?.unit ?? state.unit) : null),
});

/** Who answers for the grid at an instant. */
export const unitOfGrid = (grid: DefinedGrid, asOf: string): string =>
  grid.later.findLast(({ from }) => from <= asOf)?.unit ?? grid.unit;
