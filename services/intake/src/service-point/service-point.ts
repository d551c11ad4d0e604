// A point where a utility is handed over to somebody: flat, shop, boiler room. Mastered by another system.
//
//   none ──registered──▶ registered ──registered──▶ registered …
import { defineStream } from '@shouwen/engine';
import { ServicePointRegistered, type Utility } from '@shouwen/contracts';

export type ServicePoint =
  | { readonly status: 'none' }
  | {
      readonly status: 'registered';
      readonly utility: Utility;
      readonly gridCode?: string;
      readonly accountId?: string;
      readonly customerId?: string;
      readonly revision?: string;
    };

export const servicePoints = defineStream<ServicePoint, ServicePointRegistered>({
  name: 'service-point',
  events: [ServicePointRegistered],
  initial: { status: 'none' },
  evolve: (_point, { data: { utility, gridCode, accountId, customerId, revision } }) => ({
    status: 'registered',
    utility,
    ...(gridCode ? { gridCode } : {}),
    ...(accountId ? { accountId } : {}),
    ...(customerId ? { customerId } : {}),
    ...(revision ? { revision } : {}),
  }),
});

/** Numbers of other systems are unique within a tenant only, and tenants share a log. */
export const servicePointStreamId = (tenant: string, servicePointId: string): string =>
  `${tenant}:${servicePointId}`;
