import { describe, expect, it } from '@jest/globals';
import { faultsOf } from '@shouwen/engine';
import { TicketChased } from '@shouwen/contracts';
import { aContext, recorded, TICKET } from '../../test/build.js';
import { QueueMessage } from '../message/queue-message.js';
import { queueMessageToOwnerWhenTicketChased } from './queue-message-to-owner-when-ticket-chased.js';

const chased = (override: object = {}) =>
  TicketChased({
    ticketId: TICKET,
    number: 'H260115-7K2M9QX4',
    by: '1002',
    firstContactOwner: '1001',
    unit: '/mingcheng/heat',
    count: 2,
    ...override,
  });
const react = (override: object = {}, at: object = {}) =>
  queueMessageToOwnerWhenTicketChased.react(recorded(chased(override), at), aContext());

describe('queue a message to the owner when a ticket is chased', () => {
  it('tells the first-contact owner', () => {
    const [command] = react();
    expect(command).toMatchObject({
      ticketId: TICKET,
      kind: 'ticket-chased',
      staff: '1001',
      posts: [],
      unit: '/mingcheng/heat',
      textZh: '您首问负责的工单H260115-7K2M9QX4：客户催办，累计2次，请跟进。',
    });
    expect(faultsOf(QueueMessage, command!)).toEqual([]);
  });

  it('makes the same command when the event comes twice', () => expect(react()).toEqual(react()));

  it.each([
    ['who took it down', { by: '1001' }],
    ['whom it complains about', { aboutStaff: ['1001'] }],
    ['who is not known', { firstContactOwner: undefined }],
  ])('tells nobody %s', (_, override) => expect(react(override)).toEqual([]));

  it('tells nobody of what was taken down long after', () => {
    const occurredAt = '2026-01-15T07:54:59.999Z';
    expect(react({}, { occurredAt })).toEqual([]);
    expect(react({}, { occurredAt: '2026-01-15T07:55:00.000Z' })).toHaveLength(1);
  });
});
