// Which tickets a person was ever first-contact owner of, in many small lists by the tail of the ticket's id.
//
//   none ──begun──▶ held ──begun · passed──▶ held …
//
// A reaction cannot ask a view which tickets somebody owns, so the lists are kept beside the tickets. A list never
// loses an entry: what was closed or handed over since is found out by the ticket itself when its turn comes. One
// list per person would be read whole for each of a hundred thousand tickets; in so many lists each stays short.
import { defineStream } from '@shouwen/engine';
import { OwnershipBegun, OwnershipPassed } from '@shouwen/contracts';

export interface Ownership {
  readonly status: 'none' | 'held';
  readonly ticketIds: readonly string[];
}

export const ownerships = defineStream<Ownership, OwnershipBegun | OwnershipPassed>({
  name: 'ownership',
  events: [OwnershipBegun, OwnershipPassed],
  initial: { status: 'none', ticketIds: [] },
  evolve(ownership, { type, data }) {
    switch (type) {
      case 'intake.ownership-begun':
        return { status: 'held', ticketIds: [...ownership.ticketIds, data.ticketId] };
      case 'intake.ownership-passed':
        return ownership;
    }
  },
});

/** Two hexadecimal digits. Never changed: what a person owns is looked for in exactly these lists. */
export const LISTS: readonly string[] = Array.from({ length: 256 }, (_, list) =>
  list.toString(16).padStart(2, '0'),
);

/** The list of an owner that a ticket stands in. */
export const listOf = (ticketId: string): string => ticketId.slice(-2).toLowerCase();

/** Tenants share a log; their staff numbers must not meet. */
export const ownershipIdOf = (tenant: string, owner: string, list: string): string =>
  `${tenant}:${owner}:${list}`;
