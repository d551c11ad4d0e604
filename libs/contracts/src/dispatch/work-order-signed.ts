import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsUUID, Matches, IsISO8601 } from 'class-validator';
import { STAFF_NUMBER, UNIT_PATH } from './unit-path.js';

class WorkOrderSignedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  /** The crew where one is assigned, else the unit. */
  @Matches(UNIT_PATH) unit!: string;
  @Matches(STAFF_NUMBER) signedBy!: string;
  @IsISO8601({ strict: true }) signedAt!: string;
}

/** A person of the unit or crew took the job on. Never an automatic act, or the rate of signing would be a lie. */
export const WorkOrderSigned = defineEvent({
  type: 'dispatch.work-order-signed',
  version: 1,
  visibility: 'public',
  data: WorkOrderSignedV1,
  key: 'workOrderId',
  says: {
    en: '{signedBy|staff} of {unit|unit} signed for the work order.',
    zh: '{unit|unit}{signedBy|staff}已签收派工单。',
  },
});
export type WorkOrderSigned = EventFrom<typeof WorkOrderSigned>;
