import { spec } from '@shouwen/testkit';
import { aServicePoint } from '../../test/build.js';
import { registerServicePoint } from './register-service-point.js';

const given = spec(registerServicePoint);
const asked = (override: object = {}) => ({
  servicePointId: 'SP-1',
  utility: 'heat' as const,
  gridCode: 'H-E-01',
  accountId: 'A-1',
  customerId: 'C-1',
  address: '槐荫路6号2单元301',
  revision: '1',
  ...override,
});
const registered = (override: object = {}) =>
  aServicePoint({ revision: '1', address: '槐荫路6号2单元301', ...override });

describe('register a service point', () => {
  it('records it, its address sealed for the customer', () =>
    given().when(asked()).records(registered()));

  it('changes nothing when the same revision is told again', () =>
    given(registered()).when(asked()).changesNothing());

  it('records a later revision', () =>
    given(registered())
      .when(asked({ revision: '2', gridCode: 'H-E-02' }))
      .records(registered({ revision: '2', gridCode: 'H-E-02' })));

  it('seals the address for the place where there is no customer', () =>
    expect(
      given()
        .when(asked({ customerId: undefined }))
        .events()[0],
    ).toMatchObject({
      data: { subjectId: 'place-main-SP-1' },
    }));
});
