import { defineView, type Sealed } from '@shouwen/engine';
import { CustomerRegistered } from '@shouwen/contracts';
import { phoneTrait } from '../suggestions/traits.js';

/** A customer as last imported; found by phone through its keyed hash, by account through `service-points`. */
export interface CustomerDocument {
  readonly customerId: string;
  readonly personId: string;
  readonly accountIds: readonly string[];
  readonly isPriority: boolean;
  readonly phone?: string;
  readonly person?: Sealed;
}

export const customersView = defineView<CustomerDocument, CustomerRegistered>({
  name: 'customers',
  on: [CustomerRegistered],
  id: ({ data }) => data.customerId,
  evolve: (_customer, { data, sealed }, _id, { blind }) => ({
    customerId: data.customerId,
    personId: data.personId,
    accountIds: data.accountIds,
    isPriority: data.isPriority,
    ...(data.phone ? { phone: blind(phoneTrait(data.phone)) } : {}),
    ...(sealed['personId'] ? { person: sealed['personId'] } : {}),
  }),
  indexes: ['phone', 'isPriority'],
  roles: [
    'call-taker',
    'window-clerk',
    'billing-clerk',
    'supervisor',
    'duty-leader',
    'supervision-office',
  ],
  personal: true,
});
