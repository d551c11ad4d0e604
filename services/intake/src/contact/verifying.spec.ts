import type { VerificationRecorded } from '@shouwen/contracts';
import { past, spec } from '@shouwen/testkit';
import { aContact, anOpening, aServicePoint, CALL_TAKER, standards } from '../../test/build.js';
import { servicePoints } from '../service-point/service-point.js';
import { recordContact } from './record-contact.js';

const point = past(servicePoints, 'main:SP-1', aServicePoint());
const given = spec(recordContact, { standards, actor: CALL_TAKER });
const told = (contact: object, opening: object = {}) =>
  given(point)
    .when(aContact({ ...contact, matters: [{ opens: anOpening(opening) }] }))
    .events();
const verifications = (contact: object, opening: object = {}) =>
  told(contact, opening)
    .filter(({ type }) => type === 'intake.verification-recorded')
    .map(({ data }) => {
      const { persons, how } = data as VerificationRecorded['data'];
      return { persons, how };
    });
const contactOf = (contact: object) => told(contact).at(-1)!.data;

describe('how the persons of a contact were verified', () => {
  it('is not said where nobody said it', () => {
    expect(verifications({})).toEqual([]);
    expect(contactOf({})).not.toHaveProperty('callerVerification');
  });

  it('stands in the contact, and holds for a caller who is affected', () => {
    const callerVerification = 'registered-number';
    expect(contactOf({ callerVerification })).toMatchObject({ callerVerification });
    expect(verifications({ callerVerification })).toEqual([
      { persons: ['caller', 'affected'], how: 'registered-number' },
    ]);
  });

  it('is one for all where a customer speaks about their own service point', () =>
    expect(
      verifications(
        { callerId: 'customer-main-C-1', callerVerification: 'account-number' },
        { servicePointId: 'SP-1' },
      ),
    ).toEqual([{ persons: ['caller', 'affected', 'account-holder'], how: 'account-number' }]));

  it('is told apart where the three are three', () =>
    expect(
      verifications(
        { callerVerification: 'voice' },
        {
          affectedName: '林守成',
          affectedVerification: 'not-verified',
          servicePointId: 'SP-1',
          accountHolderVerification: 'written-authority',
        },
      ),
    ).toEqual([
      { persons: ['caller'], how: 'voice' },
      { persons: ['affected'], how: 'not-verified' },
      { persons: ['account-holder'], how: 'written-authority' },
    ]));

  it('of somebody who calls for another says nothing about the other', () =>
    expect(verifications({ callerVerification: 'signed-in' }, { affectedName: '林守成' })).toEqual([
      { persons: ['caller'], how: 'signed-in' },
    ]));

  it('of a confidential caller is in the contact only', () => {
    const told = { callerVerification: 'signed-in', isConfidential: true };
    expect(contactOf(told)).toMatchObject({ callerVerification: 'signed-in' });
    expect(verifications(told)).toEqual([]);
  });

  it('of an anonymous caller is not kept', () => {
    const told = { callerVerification: 'voice', isAnonymous: true };
    expect(contactOf(told)).not.toHaveProperty('callerVerification');
    expect(verifications(told)).toEqual([]);
  });

  it('is refused for the holder of an account that nobody named', () =>
    given()
      .when(aContact({ matters: [{ opens: anOpening({ accountHolderVerification: 'voice' }) }] }))
      .isRejected('ticket.account-unknown'));

  it('never holds up a danger to life', () =>
    expect(
      verifications(
        {},
        {
          utility: 'gas',
          typeCode: 'gas.leak-alarm',
          accountHolderVerification: 'voice',
        },
      ),
    ).toEqual([]));

  it('comes after the opening, at the instant of the receipt', () => {
    const occurredAt = '2026-01-15T07:58:00.000Z';
    const [opened, verified] = told({ occurredAt, callerVerification: 'voice' });
    expect([opened!.type, verified!.type]).toEqual([
      'intake.ticket-opened',
      'intake.verification-recorded',
    ]);
    expect(verified!.occurredAt).toBe(occurredAt);
  });
});
