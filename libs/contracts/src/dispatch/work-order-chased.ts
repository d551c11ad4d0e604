import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsInt, IsOptional, IsString, IsUUID, Matches, Min } from 'class-validator';
import { UNIT_PATH } from './unit-path.js';

class WorkOrderChasedV1 {
  @IsUUID() workOrderId!: string;
  @IsUUID(undefined, { each: true }) ticketIds!: string[];
  @IsUUID() ticketId!: string;
  /** Ticket number for people, for the message to those who work on it. */
  @IsOptional() @IsString() number?: string;
  @Matches(UNIT_PATH) unit!: string;
  /** How often the ticket has been chased. */
  @IsInt() @Min(1) count!: number;
}

/** The customer pressed, and the job is still open. */
export const WorkOrderChased = defineEvent({
  type: 'dispatch.work-order-chased',
  version: 1,
  visibility: 'public',
  data: WorkOrderChasedV1,
  key: 'workOrderId',
  says: {
    en: 'The customer pressed {unit|unit}: chase no. {count}.',
    zh: '客户催办{unit|unit}，累计{count}次。',
  },
});
export type WorkOrderChased = EventFrom<typeof WorkOrderChased>;
