// A number that another system gave a matter, and the tickets of ours that it belongs to.
//
//   none ──linked──▶ linked ──linked──▶ linked …
//
// Its id is made of the other system's name and number, so that the same number always meets itself, whoever brings
// it and however often. It is read in the commit of every contact that names it: of two that bring it at the same
// moment only one can open a ticket.
import { defineStream } from '@shouwen/engine';
import { ExternalMatterLinked, type ContactSource } from '@shouwen/contracts';

export interface ExternalMatter {
  readonly status: 'none' | 'linked';
  /** In the order in which they were linked. */
  readonly ticketIds: readonly string[];
}

export const externalMatters = defineStream<ExternalMatter, ExternalMatterLinked>({
  name: 'external-matter',
  events: [ExternalMatterLinked],
  initial: { status: 'none', ticketIds: [] },
  evolve: (matter, { data: { ticketId } }) => ({
    status: 'linked',
    ticketIds: matter.ticketIds.includes(ticketId)
      ? matter.ticketIds
      : [...matter.ticketIds, ticketId],
  }),
});

/** Tenants share a log; their numbers must not meet. */
export const externalMatterIdOf = (tenant: string, { system, id }: ContactSource): string =>
  [tenant, system, id].map(encodeURIComponent).join(':');
