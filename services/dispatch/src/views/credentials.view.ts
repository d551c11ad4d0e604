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
}

type CredentialEvent = StaffRegistered | StaffTransferred | StaffGranted | PasswordSet | StaffLeft;

/** What the edge signs people in by. It names no role, so it is never served. */
export const credentialsView = defineView<Credentials, CredentialEvent>({
  name: 'credentials',
  on: [StaffRegistered, StaffTransferred, StaffGranted, PasswordSet, StaffLeft],
  id: ({ data }) => data.staff,
  evolve: (document, event) => {
    if (event.type === 'dispatch.staff-registered') {
      const { staff, unit, grants } = event.data;
      return { staff, unit, grants };
    }
    if (!document) return null;
    switch (event.type) {
      case 'dispatch.staff-transferred':
        return { ...document, unit: event.data.unit };
      case 'dispatch.staff-granted':
        return { ...document, grants: event.data.grants };
      case 'dispatch.password-set': {
        const { staffId } = event.sealed;
        const { person: _person, ...rest } = document;
        return {
          ...rest,
          ...(staffId ? { person: staffId } : {}),
          passwordSetAt: event.recordedAt,
        };
      }
      case 'dispatch.staff-left': {
        const { staff, unit } = document;
        return { staff, unit, grants: [], hasLeft: true };
      }
    }
  },
  indexes: ['staff'],
  roles: [],
});
