import { defineView, type Sealed } from '@shouwen/engine';
import {
  StaffContactChanged,
  StaffRegistered,
  UnitRegistered,
  UnitRenamed,
} from '@shouwen/contracts';

/** What a unit is called. */
export interface UnitNames {
  readonly unit: string;
  readonly zh: string;
  readonly en: string;
}

export const unitNamesView = defineView<UnitNames, UnitRegistered | UnitRenamed>({
  name: 'unit-names',
  on: [UnitRegistered, UnitRenamed],
  id: ({ data }) => data.unit,
  evolve: (_, { data: { unit, name, nameEn } }) => ({ unit, zh: name, en: nameEn }),
  indexes: [],
  roles: [],
});

/** What a member of staff is called, for those whose role may know. */
export interface StaffName {
  readonly staff: string;
  /** Opened, and masked by role, on reading. */
  readonly person?: Sealed;
}

export const staffNamesView = defineView<StaffName, StaffRegistered | StaffContactChanged>({
  name: 'staff-names',
  on: [StaffRegistered, StaffContactChanged],
  id: ({ data }) => data.staff,
  evolve: (_, { data: { staff }, sealed: { staffId: person } }) => ({
    staff,
    ...(person ? { person } : {}),
  }),
  indexes: [],
  roles: [],
});
