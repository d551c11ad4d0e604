import { IsUUID } from 'class-validator';
import { answers, NotFound, Query, type Reader } from '@shouwen/engine';
import { priorityCustomersView } from '../views/priority-customers.view.js';
import {
  workOrderTicketsView,
  type WorkOrderTicketDocument,
} from '../views/work-order-tickets.view.js';
import { workOrdersView, type WorkOrderDocument } from '../views/work-orders.view.js';

/** Why does this job go before others? For those who have it, and nobody else. */
export class PriorityReasons extends Query {
  @IsUUID() workOrderId!: string;
}

export const priorityReasons = answers(PriorityReasons, async ({ workOrderId }, reader) => {
  const job = await reader.get<WorkOrderDocument>(workOrdersView, workOrderId);
  if (!job) throw new NotFound('work-order.not-found', 'There is no such work order for you.');
  const { items } = await reader.find<Opened>(workOrderTicketsView, {
    where: { workOrderIds: { is: workOrderId }, isPriority: { is: true } },
    limit: 1000,
  });
  return {
    workOrderId,
    isPriority: job.isPriority,
    tickets: await Promise.all(items.map((ticket) => reasonsOf(ticket, reader))),
  };
});

type Texts = Readonly<Record<string, string>>;

/** A document as a reader gets it: what was sealed is opened, or {} where the person is erased. */
type Opened = Pick<WorkOrderTicketDocument, 'ticketId' | 'number'> & {
  readonly affected?: Texts;
  readonly priority?: { readonly registeredAs?: string; readonly told?: Texts };
};

/** As told at the opening, as told later, and as registered now; a registration given up meanwhile says nothing. */
async function reasonsOf({ ticketId, number, affected, priority }: Opened, reader: Reader) {
  const { registeredAs, told } = priority ?? {};
  const customer = registeredAs
    ? await reader.get<{ person?: Texts }>(priorityCustomersView, registeredAs)
    : null;
  const all = [
    affected?.['priorityReason'],
    told?.['reason'],
    customer?.person?.['priorityReason'],
  ];
  const reasons = all.filter((one) => one !== undefined);
  return { ticketId, ...(number ? { number } : {}), reasons };
}
