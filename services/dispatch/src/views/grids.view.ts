import { GridDefined, GridReassigned, type Utility, type Zone } from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';

export interface GridDocument {
  readonly gridCode: string;
  readonly utility: Utility;
  readonly name: string;
  readonly streets: readonly string[];
  readonly zone?: Zone;
  /** From the grid's first day. */
  readonly unit: string;
  /** Who follows from when, earliest first. */
  readonly later: readonly { readonly from: string; readonly unit: string }[];
}

/** Service areas with their streets: what a desk looks an address up in. */
export const gridsView = defineView<GridDocument, GridDefined | GridReassigned>({
  name: 'grids',
  on: [GridDefined, GridReassigned],
  id: ({ data }) => data.gridCode,
  evolve: (document, event) => {
    switch (event.type) {
      case 'dispatch.grid-defined': {
        const { gridCode, utility, name, streets, unit, zone } = event.data;
        const drawn = { gridCode, utility, name, streets, ...(zone ? { zone } : {}) };
        const units = document ?? { unit, later: [] };
        return { ...drawn, unit: units.unit, later: units.later };
      }
      case 'dispatch.grid-reassigned': {
        if (!document) return null;
        const { from, unit } = event.data;
        const others = document.later.filter((one) => one.from !== from);
        const later = [...others, { from, unit }].sort((a, b) => (a.from < b.from ? -1 : 1));
        return { ...document, later };
      }
    }
  },
  indexes: ['gridCode', 'utility', 'streets', 'unit', 'zone'],
  roles: ['anyone'],
});
