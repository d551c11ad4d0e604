// Whether somebody who may own tickets has left, as dispatch told.
//
//   none ──departure noted──▶ left ──return noted──▶ none
//
// Dispatch owns the organisation; this is intake's own record of it, so that deciders can read it. Everybody of whom
// nothing was told works here.
import { defineStream } from '@shouwen/engine';
import { DepartureNoted, ReturnNoted } from '@shouwen/contracts';

export type Departure =
  { readonly status: 'none' } | { readonly status: 'left'; readonly successor?: string };

export const departures = defineStream<Departure, DepartureNoted | ReturnNoted>({
  name: 'departure',
  events: [DepartureNoted, ReturnNoted],
  initial: { status: 'none' },
  evolve(_departure, { type, data }) {
    switch (type) {
      case 'intake.departure-noted':
        return { status: 'left', ...(data.successor ? { successor: data.successor } : {}) };
      case 'intake.return-noted':
        return { status: 'none' };
    }
  },
});

/** Tenants share a log; their staff numbers must not meet. */
export const departureIdOf = (tenant: string, owner: string): string => `${tenant}:${owner}`;
