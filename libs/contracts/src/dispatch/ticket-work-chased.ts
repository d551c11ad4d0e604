import { defineEvent, type EventFrom } from '@shouwen/engine';
import { IsInt, IsOptional, IsString, IsUUID, Min } from 'class-validator';

class TicketWorkChasedV1 {
  @IsUUID() ticketId!: string;
  /** Ticket number for people, for the message to those who work on it. */
  @IsOptional() @IsString() number?: string;
  @IsUUID(undefined, { each: true }) workOrderIds!: string[];
  @IsInt() @Min(1) count!: number;
}

/** A ticket with open work orders was chased. */
export const TicketWorkChased = defineEvent({
  type: 'dispatch.ticket-work-chased',
  version: 1,
  visibility: 'service',
  data: TicketWorkChasedV1,
  key: 'ticketId',
  says: {
    en: 'The customer pressed for the work.',
    zh: '客户催促派工处理。',
  },
});
export type TicketWorkChased = EventFrom<typeof TicketWorkChased>;
