import type { StaffEvent } from '../staff/staff.js';
import { staff as stream } from '../staff/staff.js';
import { defineView, type Grant, type Sealed } from '@shouwen/engine';

export interface StaffDocument {
  readonly staff: string;
  /** Name and telephone, opened for whoever may see them. */
  readonly person?: Sealed;
  readonly unit: string;
  readonly grants: readonly Grant[];
  readonly posts: readonly { readonly unit: string; readonly post: string; readonly as: string }[];
  readonly isActive: boolean;
  readonly successor?: string;
}

/** Who works where, with which roles and posts. */
export const staffView = defineView<StaffDocument, StaffEvent>({
  name: 'staff',
  on: stream.events,
  id: ({ data }) => data.staff,
  evolve: (document, event) => {
    if (event.type === 'dispatch.staff-registered') {
      const { staff, unit, grants } = event.data;
      return { staff, ...personOf(event.sealed), unit, grants, posts: [], isActive: true };
    }
    if (!document) return null;
    switch (event.type) {
      case 'dispatch.staff-contact-changed': {
        const { person: _person, ...rest } = document;
        return { ...rest, ...personOf(event.sealed) };
      }
      case 'dispatch.staff-transferred':
        return { ...document, unit: event.data.unit };
      case 'dispatch.staff-granted':
        return { ...document, grants: event.data.grants };
      case 'dispatch.staff-appointed': {
        const { unit, post, as } = event.data;
        return { ...document, posts: [...without(document, event.data), { unit, post, as }] };
      }
      case 'dispatch.staff-relieved':
        return { ...document, posts: without(document, event.data) };
      case 'dispatch.staff-left': {
        const { successor } = event.data;
        return { ...document, isActive: false, posts: [], ...(successor ? { successor } : {}) };
      }
      case 'dispatch.password-set':
        return document;
    }
  },
  indexes: ['staff', 'unit', 'isActive'],
  roles: ['administrator', 'supervisor', 'duty-leader', 'dispatcher'],
  unit: 'unit',
});

const personOf = ({ staffId }: Readonly<Record<string, Sealed>>): { person?: Sealed } =>
  staffId ? { person: staffId } : {};

const without = (
  { posts }: StaffDocument,
  seat: { unit: string; post: string; as: string },
): StaffDocument['posts'] =>
  posts.filter(({ unit, post, as }) => unit !== seat.unit || post !== seat.post || as !== seat.as);
