import { IsNotEmpty, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class TicketRoutedV1 {
  @IsUUID() ticketId!: string;
  @IsNotEmpty() @IsString() unit!: string;
}

/** A unit has the work on the ticket. Recorded by intake when dispatch tells, so that the unit may see the ticket. */
export const TicketRouted = defineEvent({
  type: 'intake.ticket-routed',
  version: 1,
  visibility: 'service',
  data: TicketRoutedV1,
  key: 'ticketId',
  says: { en: 'The ticket is with {unit|unit}.', zh: '工单由 {unit|unit} 承办。' },
});
export type TicketRouted = EventFrom<typeof TicketRouted>;
