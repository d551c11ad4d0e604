import { CustomerRegistered } from '@shouwen/contracts';
import { spec } from '@shouwen/testkit';
import { registerCustomer } from './register-customer.js';

const given = spec(registerCustomer);
const asked = (override: object = {}) => ({
  customerId: 'C-1',
  accountIds: ['A-1'],
  name: '林守成',
  phone: '13900000002',
  revision: '1',
  ...override,
});
const registered = (override: object = {}) =>
  CustomerRegistered({
    customerId: 'C-1',
    personId: 'customer-main-C-1',
    accountIds: ['A-1'],
    isPriority: false,
    revision: '1',
    name: '林守成',
    phone: '13900000002',
    ...override,
  });

describe('register a customer', () => {
  it('records them under their own number', () => given().when(asked()).records(registered()));

  it('changes nothing when the same revision is told again', () =>
    given(registered()).when(asked()).changesNothing());

  it('records a later revision', () =>
    given(registered())
      .when(asked({ revision: '2', phone: '13900000003', isPriority: true }))
      .records(registered({ revision: '2', phone: '13900000003', isPriority: true })));

  it('says which accounts an earlier revision had and this one has not', () =>
    given(registered({ accountIds: ['A-1', 'A-2'] }))
      .when(asked({ revision: '2', accountIds: ['A-2', 'A-3'] }))
      .records(
        registered({ revision: '2', accountIds: ['A-2', 'A-3'], releasedAccountIds: ['A-1'] }),
      ));

  it('keeps the same number of two tenants apart', () =>
    expect(
      given()
        .when(asked(), { actor: { number: 'x', tenant: 'north', grants: [] } })
        .events()[0],
    ).toMatchObject({ data: { personId: 'customer-north-C-1' } }));
});
