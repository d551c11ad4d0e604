// Somebody we have a contract with. Mastered by another system; what they are called is sealed.
//
//   none ──registered──▶ registered ──registered──▶ registered …
import { defineStream } from '@shouwen/engine';
import { CustomerRegistered } from '@shouwen/contracts';

export type Customer =
  | { readonly status: 'none' }
  | {
      readonly status: 'registered';
      readonly accountIds: readonly string[];
      readonly isPriority: boolean;
      readonly revision?: string;
    };

export const customers = defineStream<Customer, CustomerRegistered>({
  name: 'customer',
  events: [CustomerRegistered],
  initial: { status: 'none' },
  evolve: (_customer, { data: { accountIds, isPriority, revision } }) => ({
    status: 'registered',
    accountIds,
    isPriority,
    ...(revision ? { revision } : {}),
  }),
});

/** Numbers of other systems are unique within a tenant only, and tenants share a log. */
export const customerStreamId = (tenant: string, customerId: string): string =>
  `${tenant}:${customerId}`;

/** The customer as a data subject: whose key seals their fields, and what erasing them names. */
export const personIdOf = (tenant: string, customerId: string): string =>
  `customer-${tenant}-${customerId}`;

/** The customer behind a data subject; undefined where it is somebody else. */
export function customerIdOf(tenant: string, personId: string): string | undefined {
  const prefix = personIdOf(tenant, '');
  return personId.startsWith(prefix) ? personId.slice(prefix.length) : undefined;
}
