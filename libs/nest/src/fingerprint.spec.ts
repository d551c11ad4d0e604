import { createSecretKey } from 'node:crypto';
import { canonical, fingerprintOf } from './fingerprint.js';

const keyOf = (byte: number) => createSecretKey(Buffer.alloc(32, byte));
const key = keyOf(1);
const route = 'POST /intake/tickets/:ticketId/close';
const request = { route, params: { ticketId: '1' }, body: { a: 1, b: [{ d: 2, c: 3 }] } };

describe('the fingerprint of a request', () => {
  it('does not depend on the order of fields', () => {
    const other = { ...request, body: { b: [{ c: 3, d: 2 }], a: 1 } };
    expect(fingerprintOf(key, other)).toBe(fingerprintOf(key, request));
  });

  it.each([
    ['another value', { ...request, body: { a: 2, b: [{ d: 2, c: 3 }] } }],
    ['another type', { ...request, body: { a: '1', b: [{ d: 2, c: 3 }] } }],
    ['another order of a list', { ...request, body: { a: 1, b: [{ d: 2 }, { c: 3 }] } }],
    ['another path parameter', { ...request, params: { ticketId: '2' } }],
    ['another route', { ...request, route: 'POST /intake/tickets/:ticketId/answer' }],
  ])('differs for %s', (_what, other) => {
    expect(fingerprintOf(key, other)).not.toBe(fingerprintOf(key, request));
  });

  it('differs under another key', () => {
    expect(fingerprintOf(keyOf(2), request)).not.toBe(fingerprintOf(key, request));
  });

  it('writes JSON with sorted names, and leaves out what is undefined', () => {
    expect(canonical({ b: null, a: [true, 'x"', undefined], c: undefined })).toBe(
      '{"a":[true,"x\\"",null],"b":null}',
    );
  });
});
