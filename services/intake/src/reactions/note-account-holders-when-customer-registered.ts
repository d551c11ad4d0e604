import { when } from '@shouwen/engine';
import { CustomerRegistered } from '@shouwen/contracts';
import { NoteAccountHolder } from '../customer/note-account-holder.js';

/** A contact may name nothing but an account number. */
export const noteAccountHoldersWhenCustomerRegistered = when(
  CustomerRegistered,
  'note-account-holders-when-customer-registered',
  ({ data: { customerId, accountIds, releasedAccountIds = [] } }) => [
    ...releasedAccountIds.map((accountId) =>
      NoteAccountHolder.of({ accountId, customerId, isHeld: false }),
    ),
    ...accountIds.map((accountId) => NoteAccountHolder.of({ accountId, customerId, isHeld: true })),
  ],
);
