import { idempotencyKey } from './key.js';

const AT = '2026-01-15T08:00:00.000Z';

describe('the key of a line', () => {
  it('is the same for the same file, system and id', () =>
    expect(idempotencyKey(AT, 'a.csv', 'mailbox', '17')).toBe(
      idempotencyKey(AT, 'a.csv', 'mailbox', '17'),
    ));
  it('is another one for another file', () =>
    expect(idempotencyKey(AT, 'b.csv', 'mailbox', '17')).not.toBe(
      idempotencyKey(AT, 'a.csv', 'mailbox', '17'),
    ));
  it('does not run parts into each other', () =>
    expect(idempotencyKey(AT, 'a', 'bc')).not.toBe(idempotencyKey(AT, 'ab', 'c')));
  it('is a UUID of version 8 whose first 48 bits are the instant', () => {
    const key = idempotencyKey(AT, 'a.csv', 'mailbox', '17');
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(key.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse(AT));
  });
  it('refuses what is no instant', () =>
    expect(() => idempotencyKey('soon', 'a')).toThrow('no instant'));
});
