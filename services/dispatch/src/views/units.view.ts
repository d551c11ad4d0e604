import { UnitRegistered, UnitRenamed, type UnitKind, type Utility } from '@shouwen/contracts';
import { defineView } from '@shouwen/engine';

export interface UnitDocument {
  readonly unit: string;
  readonly parent: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: UnitKind;
  readonly utility?: Utility;
}

/** The organisation tree. Everybody may know it: work passes between all of them. */
export const unitsView = defineView<UnitDocument, UnitRegistered | UnitRenamed>({
  name: 'units',
  on: [UnitRegistered, UnitRenamed],
  id: ({ data }) => data.unit,
  evolve: (document, event) => {
    switch (event.type) {
      case 'dispatch.unit-registered': {
        const { unit, parent, name, nameEn, kind, utility } = event.data;
        return { unit, parent: parent ?? '/', name, nameEn, kind, ...(utility ? { utility } : {}) };
      }
      case 'dispatch.unit-renamed': {
        const { name, nameEn } = event.data;
        return document && { ...document, name, nameEn };
      }
    }
  },
  indexes: ['unit', 'parent', 'kind', 'utility'],
  roles: ['anyone'],
});
