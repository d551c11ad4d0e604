import { defineView, type Sealed } from '@shouwen/engine';
import { ServicePointRegistered } from '@shouwen/contracts';

/** A service point as last imported. */
export interface ServicePointDocument {
  readonly servicePointId: string;
  readonly utility: string;
  readonly gridCode?: string;
  readonly accountId?: string;
  readonly customerId?: string;
  readonly place?: Sealed;
}

export const servicePointsView = defineView<ServicePointDocument, ServicePointRegistered>({
  name: 'service-points',
  on: [ServicePointRegistered],
  id: ({ data }) => data.servicePointId,
  evolve: (_point, { data, sealed }) => ({
    servicePointId: data.servicePointId,
    utility: data.utility,
    ...(data.gridCode ? { gridCode: data.gridCode } : {}),
    ...(data.accountId ? { accountId: data.accountId } : {}),
    ...(data.customerId ? { customerId: data.customerId } : {}),
    ...(sealed['subjectId'] ? { place: sealed['subjectId'] } : {}),
  }),
  indexes: ['utility', 'gridCode', 'accountId', 'customerId'],
  roles: [
    'call-taker',
    'window-clerk',
    'dispatcher',
    'billing-clerk',
    'supervisor',
    'duty-leader',
    'supervision-office',
  ],
});
