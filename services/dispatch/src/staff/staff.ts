/**
 * Somebody who works here, with roles, posts and a way to sign in. Names and telephones are sealed in the events and
 * never part of the state.
 *
 *     unknown ──StaffRegistered──▶ active ──StaffLeft──▶ left ──StaffRegistered──▶ active
 *                                  active ──StaffTransferred · StaffGranted · StaffContactChanged
 *                                           StaffAppointed · StaffRelieved · PasswordSet──▶ active
 */
import {
  PasswordSet,
  StaffAppointed,
  StaffContactChanged,
  StaffGranted,
  StaffLeft,
  StaffRegistered,
  StaffRelieved,
  StaffTransferred,
  type PostSeat,
} from '@shouwen/contracts';
import { type Grant, Rejected, defineStream } from '@shouwen/engine';

/** A seat of a post: whoever leaves must pass it on. */
export interface Seat {
  readonly unit: string;
  readonly post: string;
  readonly as: PostSeat;
}

export type Staff =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'active';
      readonly unit: string;
      readonly grants: readonly Grant[];
      readonly seats: readonly Seat[];
    }
  | { readonly status: 'left'; readonly unit: string };

export type StaffEvent =
  | StaffRegistered
  | StaffContactChanged
  | StaffTransferred
  | StaffGranted
  | StaffAppointed
  | StaffRelieved
  | StaffLeft
  | PasswordSet;

export const staff = defineStream<Staff, StaffEvent>({
  name: 'staff',
  idField: 'staff',
  events: [
    StaffRegistered,
    StaffContactChanged,
    StaffTransferred,
    StaffGranted,
    StaffAppointed,
    StaffRelieved,
    StaffLeft,
    PasswordSet,
  ],
  initial: { status: 'unknown' },
  evolve: (state, event) => {
    if (event.type === 'dispatch.staff-registered') {
      const { unit, grants } = event.data;
      return { status: 'active', unit, grants, seats: [] };
    }
    if (state.status !== 'active') return state;
    switch (event.type) {
      case 'dispatch.staff-transferred':
        return { ...state, unit: event.data.unit };
      case 'dispatch.staff-granted':
        return { ...state, grants: event.data.grants };
      case 'dispatch.staff-appointed': {
        const { unit, post, as } = event.data;
        return { ...state, seats: [...without(state.seats, event.data), { unit, post, as }] };
      }
      case 'dispatch.staff-relieved':
        return { ...state, seats: without(state.seats, event.data) };
      case 'dispatch.staff-left':
        return { status: 'left', unit: state.unit };
      case 'dispatch.staff-contact-changed':
      case 'dispatch.password-set':
        return state;
    }
  },
  unit: (state) => (state.status === 'unknown' ? null : state.unit),
});

export const isSameSeat = (a: Seat, b: Seat): boolean =>
  a.unit === b.unit && a.post === b.post && a.as === b.as;

const without = (seats: readonly Seat[], seat: Seat): readonly Seat[] =>
  seats.filter((one) => !isSameSeat(one, seat));

/** The person as a data subject. */
export const subjectOf = (number: string): string => `staff-${number}`;

export function refuseInactive(person: Staff, number: string, field: string): void {
  if (person.status !== 'active')
    throw new Rejected(
      'staff.not-active',
      `${number} is not somebody who works here; check the staff number.`,
      field,
    );
}

/** The same grants whatever their order: one line each, sorted. */
export const grantsAsText = (grants: readonly Grant[]): string =>
  grants
    .map(({ role, unit }) => `${role} ${unit}`)
    .sort()
    .join('\n');
