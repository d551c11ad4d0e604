import { CustomerRegistered, TicketJoined } from '@shouwen/contracts';
import { contextFor } from '@shouwen/testkit';
import { aTicketOpened, OTHER_CONTACT, recorded, TICKET } from '../../test/build.js';
import { NoteAccountHolder } from '../customer/note-account-holder.js';
import { PrioritiseTicket } from '../ticket/prioritise-ticket.js';
import { noteAccountHoldersWhenCustomerRegistered } from './note-account-holders-when-customer-registered.js';
import { prioritiseTicketWhenPriorityCustomerNamed } from './prioritise-ticket-when-priority-customer-named.js';

const context = contextFor();
const PERSON = 'customer-main-C-1';
const ask = (customerId: string) => PrioritiseTicket.of({ ticketId: TICKET, customerId });
const opened = (override: Parameters<typeof aTicketOpened>[0]) =>
  prioritiseTicketWhenPriorityCustomerNamed.react(recorded(aTicketOpened(override)), context);

describe('prioritise the ticket of a priority customer', () => {
  it('asks for the holder of the account or service point', () =>
    expect(opened({ accountHolderId: PERSON })).toEqual([ask('C-1')]));

  it('asks for an affected person who is a customer', () =>
    expect(opened({ affectedId: PERSON })).toEqual([ask('C-1')]));

  it('asks once where both are the same', () =>
    expect(opened({ accountHolderId: PERSON, affectedId: PERSON })).toEqual([ask('C-1')]));

  it('asks for both where they are two', () =>
    expect(opened({ accountHolderId: PERSON, affectedId: 'customer-main-C-2' })).toEqual([
      ask('C-1'),
      ask('C-2'),
    ]));

  it('leaves alone a caller who calls for somebody else', () =>
    expect(opened({ callerId: PERSON })).toEqual([]));

  it('leaves alone what nobody registered has to do with', () => expect(opened({})).toEqual([]));

  it('leaves alone a customer of another tenant', () =>
    expect(opened({ accountHolderId: 'customer-north-C-1' })).toEqual([]));

  it('leaves alone a ticket that was opened as one', () =>
    expect(opened({ accountHolderId: PERSON, isPriority: true })).toEqual([]));

  it('asks for a customer who joins the ticket of others', () => {
    const joined = TicketJoined({
      ...{ ticketId: TICKET, contactId: OTHER_CONTACT, by: '1001', callerId: PERSON },
    });
    expect(prioritiseTicketWhenPriorityCustomerNamed.react(recorded(joined), context)).toEqual([
      ask('C-1'),
    ]);
  });
});

describe('note the holders of accounts', () => {
  const registered = (override: object) =>
    noteAccountHoldersWhenCustomerRegistered.react(
      recorded(
        CustomerRegistered({
          ...{ customerId: 'C-1', personId: PERSON, accountIds: ['A-1'], isPriority: false },
          ...override,
        }),
      ),
      context,
    );
  const note = (accountId: string, isHeld: boolean) =>
    NoteAccountHolder.of({ accountId, customerId: 'C-1', isHeld });

  it('holds each account of the registration', () =>
    expect(registered({ accountIds: ['A-1', 'A-2'] })).toEqual([
      note('A-1', true),
      note('A-2', true),
    ]));

  it('gives up those that it has no more', () =>
    expect(registered({ releasedAccountIds: ['A-9'] })).toEqual([
      note('A-9', false),
      note('A-1', true),
    ]));

  it('has nothing to note for a customer without accounts', () =>
    expect(registered({ accountIds: [] })).toEqual([]));
});
