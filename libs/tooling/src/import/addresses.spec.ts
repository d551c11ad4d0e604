import { Addresses } from './addresses.js';

describe('where a platform is', () => {
  it('is one address for all of it', () => {
    const one = Addresses.of('https://desk.example/shouwen/');
    expect(one.of('/intake/contacts')).toBe('https://desk.example/shouwen');
    expect(one.of('/auth/token')).toBe('https://desk.example/shouwen');
  });

  it('is an address of each service, sign-in and clock being where accounts are kept', () => {
    const each = Addresses.of('intake=http://a:1, dispatch=http://b:2/, audit=http://c:3');
    expect(each.of('/intake/tickets?status=open')).toBe('http://a:1');
    expect(each.of('/dispatch/limits')).toBe('http://b:2');
    expect(each.of('/audit/tickets/1/timeline')).toBe('http://c:3');
    expect(each.of('/auth/token')).toBe('http://b:2');
    expect(each.of('/training/clock')).toBe('http://b:2');
  });

  it.each([
    ['desk.example', 'is one address'],
    ['http://a:1,http://b:2', 'or one of each service'],
    ['intake=http://a:1,http://b:2', 'or one of each service'],
    ['intake=a:1,dispatch=http://b:2', 'or one of each service'],
    ['intake=http://a:1', 'no address of dispatch'],
  ])('is not %s', (text, sentence) => expect(() => Addresses.of(text)).toThrow(sentence));
});
