import { UtilityRouted, type Utility } from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';

export interface RoutingDocument {
  readonly utility: Utility;
  readonly unit?: string;
  readonly byType: Readonly<Record<string, string>>;
}

/** Where the work of each utility goes that no grid places. */
export const routingsView = defineView<RoutingDocument, UtilityRouted>({
  name: 'routings',
  on: [UtilityRouted],
  id: ({ data }) => data.utility,
  evolve: (document, { data: { utility, unit, typeCode } }) => {
    const before = document ?? { utility, byType: {} };
    return typeCode
      ? { ...before, byType: { ...before.byType, [typeCode]: unit } }
      : { ...before, unit };
  },
  indexes: ['utility', 'unit'],
  roles: ['administrator', 'dispatcher', 'duty-leader', 'supervisor'],
});
