import { AccountHeld, AccountReleased } from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import { accountHolders } from './account-holder.js';
import { noteAccountHolder } from './note-account-holder.js';

const given = spec(noteAccountHolder);
const held = (customerId = 'C-1') => AccountHeld({ accountId: 'A-1', customerId });
const released = AccountReleased({ accountId: 'A-1', customerId: 'C-1' });
const known = (...events: readonly (AccountHeld | AccountReleased)[]) =>
  past(accountHolders, 'main:A-1', ...events);
const holds = { accountId: 'A-1', customerId: 'C-1', isHeld: true };
const givesUp = { ...holds, isHeld: false };

describe('note who holds an account', () => {
  it('keeps the customer', () => given().when(holds).records(held()));

  it('changes nothing when told twice', () => given(known(held())).when(holds).changesNothing());

  it('passes to another customer', () =>
    given(known(held('C-2')))
      .when(holds)
      .records(held()));

  it('ends when the holder gives it up', () =>
    given(known(held())).when(givesUp).records(released));

  it('changes nothing when somebody gives up what another holds', () =>
    given(known(held('C-2')))
      .when(givesUp)
      .changesNothing());

  it('changes nothing when it was given up already', () =>
    given(known(held(), released)).when(givesUp).changesNothing());

  it('keeps the same number of two tenants apart', () =>
    given(past(accountHolders, 'north:A-1', held()))
      .when(holds)
      .records(held()));
});
