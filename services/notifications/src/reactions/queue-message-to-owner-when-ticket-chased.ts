import { when } from '@shouwen/engine';
import { TicketChased } from '@shouwen/contracts';
import { QueueMessage } from '../message/queue-message.js';
import { isLongAgo, textOf } from '../message/wording.js';

/** The first-contact owner answers for the ticket to its end, so they hear of it; not where they took it down. */
export const queueMessageToOwnerWhenTicketChased = when(
  TicketChased,
  'queue-message-to-owner-when-ticket-chased',
  (event, context) => {
    const { ticketId, number, by, firstContactOwner: staff, unit = '/', aboutStaff } = event.data;
    const isTold = staff && staff !== by && !aboutStaff?.includes(staff);
    if (!isTold || isLongAgo(event)) return [];
    return [
      QueueMessage.of({
        messageId: context.newId(),
        ticketId,
        number,
        kind: 'ticket-chased',
        unit,
        staff,
        posts: [],
        textEn: textOf('ticket-chased', event.data, { language: 'en', context }),
        textZh: textOf('ticket-chased', event.data, { language: 'zh', context }),
        ...(aboutStaff ? { aboutStaff } : {}),
      }),
    ];
  },
);
