import { IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class TicketJoinedV1 {
  @IsUUID() ticketId!: string;
  @IsUUID() contactId!: string;
  @IsNotEmpty() @IsString() by!: string;
  @IsNotEmpty() @IsString() callerId!: string;
  @IsOptional() @IsString() note?: string;
}

/** Another contact is about the same matter. Sent by intake once per contact and ticket. */
export const TicketJoined = defineEvent({
  type: 'intake.ticket-joined',
  version: 1,
  visibility: 'public',
  data: TicketJoinedV1,
  key: 'ticketId',
  personal: { callerId: { note: 'text' } },
  says: {
    en: '{by|staff} joined another contact to the ticket.',
    zh: '{by|staff} 将另一次来访并入本工单。',
  },
});
export type TicketJoined = EventFrom<typeof TicketJoined>;
