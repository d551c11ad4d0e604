import { AccountHeld, type TicketOpened } from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import { aContact, anOpening, aServicePoint, CALL_TAKER, standards } from '../../test/build.js';
import { accountHolders } from '../customer/account-holder.js';
import { servicePoints } from '../service-point/service-point.js';
import { recordContact } from './record-contact.js';

const given = spec(recordContact, { standards, actor: CALL_TAKER });
const opens = (override: object) => ({ matters: [{ opens: anOpening(override) }] });
const ticketOf = (...[events]: [ReturnType<ReturnType<typeof given>['when']>]) =>
  events.events()[0]!.data as TicketOpened['data'];

describe('a contact that names an account', () => {
  it('finds the holder by an account alone', () => {
    const held = AccountHeld({ accountId: 'A-1', customerId: 'C-1' });
    const known = given(past(accountHolders, 'main:A-1', held));
    expect(ticketOf(known.when(aContact(opens({ accountId: 'A-1' }))))).toMatchObject({
      accountId: 'A-1',
      accountHolderId: 'customer-main-C-1',
    });
  });

  it('takes the holder of the account named before that of the service point', () => {
    const held = AccountHeld({ accountId: 'A-2', customerId: 'C-2' });
    const known = given(
      past(accountHolders, 'main:A-2', held),
      past(servicePoints, 'main:SP-1', aServicePoint()),
    );
    const told = aContact(opens({ servicePointId: 'SP-1', accountId: 'A-2' }));
    expect(ticketOf(known.when(told))).toMatchObject({
      accountId: 'A-2',
      accountHolderId: 'customer-main-C-2',
    });
  });

  it('leaves an account that nobody registered without a holder', () =>
    expect(ticketOf(given().when(aContact(opens({ accountId: 'A-9' }))))).not.toHaveProperty(
      'accountHolderId',
    ));
});
