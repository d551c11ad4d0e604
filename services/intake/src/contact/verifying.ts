import {
  type TicketOpened,
  type TicketPerson,
  type Verification,
  VerificationRecorded,
} from '@shouwen/contracts';
import { stated } from '../ticket/stated.js';
import { noAccount } from '../ticket/ticket.js';
import type { Opening } from './matter.js';
import type { Caller } from './opening.js';

/**
 * How everybody in a new ticket was verified, as far as it was said: one event for each way. Whoever is the caller, or
 * the affected person, was verified as that one was. Of a confidential caller the ticket says nothing.
 */
export function verifying(
  wish: Opening,
  opened: TicketOpened,
  { takenBy, callerVerification }: Caller,
): readonly VerificationRecorded[] {
  const { ticketId, isConfidential } = opened.data;
  const called = isConfidential ? undefined : callerVerification;
  const affected = affectedBy(wish, opened.data, called);
  const found: readonly (readonly [TicketPerson, Verification | undefined])[] = [
    ['caller', called],
    ['affected', affected],
    ['account-holder', holderBy(wish, opened.data, { called, affected })],
  ];
  const ways = new Set(found.flatMap(([, how]) => how ?? []));
  return [...ways].map((how) => {
    const persons = found.filter(([, one]) => one === how).map(([person]) => person);
    return VerificationRecorded(
      { ticketId, by: takenBy, persons, how },
      stated({ occurredAt: opened.occurredAt }),
    );
  });
}

type Opened = TicketOpened['data'];

const affectedBy = (
  { affectedVerification }: Opening,
  { affectedId, callerId }: Opened,
  called: Verification | undefined,
): Verification | undefined =>
  affectedVerification ?? (affectedId === callerId ? called : undefined);

function holderBy(
  { accountHolderVerification }: Opening,
  { accountId, accountHolderId, affectedId, callerId, isSafety }: Opened,
  by: { readonly called: Verification | undefined; readonly affected: Verification | undefined },
): Verification | undefined {
  if (accountId === undefined && accountHolderId === undefined) {
    // What was ticked too much on the form must not hold up a danger to life.
    if (accountHolderVerification && !isSafety) throw noAccount();
    return undefined;
  }
  if (accountHolderVerification) return accountHolderVerification;
  if (accountHolderId === affectedId) return by.affected;
  return accountHolderId === callerId ? by.called : undefined;
}
