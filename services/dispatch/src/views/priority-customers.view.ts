import { CustomerRegistered } from '@shouwen/contracts';
import { defineView, type Sealed } from '@shouwen/engine';

export interface PriorityCustomerDocument {
  readonly personId: string;
  /** Name, telephone and reason, as registered. */
  readonly person?: Sealed;
}

/**
 * Who is registered as a priority customer. Served to nobody as a list, which would be one of all who are old, ill or
 * disabled: whoever has a job for one of them asks for the reasons of that job.
 */
export const priorityCustomersView = defineView<PriorityCustomerDocument, CustomerRegistered>({
  name: 'priority-customers',
  on: [CustomerRegistered],
  id: ({ data }) => data.personId,
  evolve: (_customer, { data: { personId, isPriority }, sealed }) => {
    if (!isPriority) return null;
    const { personId: person } = sealed;
    return { personId, ...(person ? { person } : {}) };
  },
  indexes: [],
  roles: [],
});
