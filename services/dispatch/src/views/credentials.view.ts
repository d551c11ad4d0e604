import {
  PasswordSet,
  StaffGranted,
  StaffLeft,
  StaffRegistered,
  StaffTransferred,
} from '@shouwen/contracts';
import { defineView, type Grant, type Sealed } from '@shouwen/engine';

export interface Credentials {
  readonly staff: string;
  readonly unit: string;
  readonly grants: readonly Grant[];
  /** The password's hash, opened by the engine; absent where nobody can sign in as them. */
  readonly person?: Sealed;
  readonly passwordSetAt?: string;
  readonly hasLeft?: boolean;
  /** Number of the last event that changed this: a copy elsewhere can tell whether it has heard of it. */
  readonly knownTo?: number;
}

type CredentialEvent = StaffRegistered | StaffTransferred | StaffGranted | PasswordSet | StaffLeft;

/**
 * What the edge signs people in by, here and, as a copy, in every process without this service. It names no role, so it
 * is never served.
 */
export const credentialsView = defineView<Credentials, CredentialEvent>({
  name: 'credentials',
  on: [StaffRegistered, StaffTransferred, StaffGranted, PasswordSet, StaffLeft],
  id: ({ data }) => data.staff,
  evolve: (document, event) => {
    const knownTo = event.g;
    if (event.type === 'dispatch.staff-registered') {
      const { staff, unit, grants } = event.data;
      return { staff, unit, grants, knownTo };
    }
    if (!document) return null;
    switch (event.type) {
      case 'dispatch.staff-transferred':
        return { ...document, unit: event.data.unit, knownTo };
      case 'dispatch.staff-granted':
        return { ...document, grants: event.data.grants, knownTo };
      case 'dispatch.password-set': {
        const { staffId } = event.sealed;
        const { person: _person, ...rest } = document;
        return {
          ...rest,
          ...(staffId ? { person: staffId } : {}),
          passwordSetAt: event.recordedAt,
          knownTo,
        };
      }
      case 'dispatch.staff-left': {
        const { staff, unit } = document;
        return { staff, unit, grants: [], hasLeft: true, knownTo };
      }
    }
  },
  // The second one makes kept directories read this anew, whose documents do not have it.
  indexes: ['staff', 'knownTo'],
  roles: [],
});
