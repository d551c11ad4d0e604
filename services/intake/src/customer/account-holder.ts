// Who holds an account, as the registrations of customers told, so that a contact that names an account finds them.
//
//   none ──held──▶ held ──held──▶ held (by another) …
//                   └──released──▶ none
import { defineStream } from '@shouwen/engine';
import { AccountHeld, AccountReleased } from '@shouwen/contracts';

export type AccountHolder =
  { readonly status: 'none' } | { readonly status: 'held'; readonly customerId: string };

export const accountHolders = defineStream<AccountHolder, AccountHeld | AccountReleased>({
  name: 'account-holder',
  idField: 'accountId',
  events: [AccountHeld, AccountReleased],
  initial: { status: 'none' },
  evolve(_holder, { type, data }) {
    switch (type) {
      case 'intake.account-held':
        return { status: 'held', customerId: data.customerId };
      case 'intake.account-released':
        return { status: 'none' };
    }
  },
});

/** Numbers of other systems are unique within a tenant only, and tenants share a log. */
export const accountHolderIdOf = (tenant: string, accountId: string): string =>
  `${tenant}:${accountId}`;
