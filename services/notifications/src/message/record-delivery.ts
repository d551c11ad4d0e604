import { IsNotEmpty, IsString, IsUUID, MaxLength } from 'class-validator';
import { Command, handles, Rejected } from '@shouwen/engine';
import { MessageDelivered } from '@shouwen/contracts';
import { messages } from './message.js';

/** The provider took the message of this attempt. */
export class RecordDelivery extends Command {
  @IsUUID() messageId!: string;
  @IsUUID() attemptId!: string;
  @IsString() @IsNotEmpty() @MaxLength(200) receipt!: string;
}

export const recordDelivery = handles(
  RecordDelivery,
  messages,
  (message, { attemptId, receipt }, { now }) => {
    if (message.status === 'delivered' && message.attemptId === attemptId) return [];
    if (message.status !== 'attempted' || message.attemptId !== attemptId)
      throw new Rejected('message.attempt-unknown', 'This attempt is not the one on its way.');
    const { messageId, ticketId, staff } = message.content;
    return [
      MessageDelivered({ messageId, ticketId, staff, attemptId, receipt }, { occurredAt: now }),
    ];
  },
);
