import type { Reader } from '@shouwen/engine';
import { ticketAccessView, type TicketAccess } from '../views/ticket-access.view.js';
import { denialFor } from './access.js';

/** What is known of each ticket that some documents are about. */
export async function accessTo(
  documents: readonly { readonly ticketIds: readonly string[] }[],
  reader: Reader,
): Promise<ReadonlyMap<string, TicketAccess>> {
  const ids = [...new Set(documents.flatMap(({ ticketIds }) => ticketIds))];
  const found = await Promise.all(ids.map((id) => reader.get<TicketAccess>(ticketAccessView, id)));
  return new Map(found.flatMap((one) => (one ? [[one.ticketId, one]] : [])));
}

/** True where the reader may see every one of the tickets; one that nobody knows yet is seen by nobody. */
export const mayReadAll = (
  ticketIds: readonly string[],
  access: ReadonlyMap<string, TicketAccess>,
  { reader, roles }: { readonly reader: Reader; readonly roles: readonly string[] },
): boolean =>
  ticketIds.every((id) => {
    const one = access.get(id);
    return one !== undefined && denialFor(reader.actor, one, roles) === null;
  });

/** Tickets with that number: one, or none. */
export async function ticketsNumbered(number: string, reader: Reader): Promise<readonly string[]> {
  const { items } = await reader.find<TicketAccess>(ticketAccessView, {
    where: { number: { is: number } },
  });
  return items.map(({ ticketId }) => ticketId);
}
