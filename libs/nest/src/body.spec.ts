import { BODY_LIMIT, parseBody } from './body.js';

const parse = (text: string | Buffer) => parseBody(Buffer.from(text));

const codeOf = (text: string | Buffer): string => {
  try {
    parse(text);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the body of a request', () => {
  it('is one JSON object', () => {
    expect(parse('{"title":"没有暖气","count":2}')).toEqual({ title: '没有暖气', count: 2 });
  });

  it('is an empty object when nothing is sent', () => {
    expect(parse('')).toEqual({});
  });

  it('may write null for what it leaves out, at any depth, but not in a list', () => {
    expect(parse('{"a":null,"b":{"c":null,"d":[null,{"e":null}]}}')).toEqual({
      b: { d: [null, {}] },
    });
  });

  it.each([
    ['half an object', '{"a":', 'body.malformed'],
    ['a byte order mark', '\ufeff{}', 'body.malformed'],
    ['trailing text', '{} x', 'body.malformed'],
    ['single quotes', "{'a':1}", 'body.malformed'],
    ['a number that is none', '{"a":NaN}', 'body.malformed'],
    ['a list', '[]', 'body.not-an-object'],
    ['null', 'null', 'body.not-an-object'],
    ['a text', '"x"', 'body.not-an-object'],
    ['GBK instead of UTF-8', Buffer.from([0x7b, 0xc4, 0xe3, 0x7d]), 'body.not-utf8'],
    ['a name that reaches the prototype', '{"__proto__":{"a":1}}', 'body.forbidden-name'],
    ['the same deeper down', '{"a":[{"__proto__":1}]}', 'body.forbidden-name'],
    ['a constructor', '{"constructor":{"prototype":{}}}', 'body.forbidden-name'],
    ['half of a character', '{"a":"\\ud800"}', 'body.not-unicode'],
    ['half of a character in a name', '{"\\udc00":1}', 'body.forbidden-name'],
    ['a NUL character', '{"a":["\\u0000"]}', 'body.nul'],
    ['33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'body.too-deep'],
    ['200 levels of lists', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, 'body.too-deep'],
  ])('is refused with %s', (_what, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('may be 32 levels deep', () => {
    expect(codeOf(`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`)).toBe('accepted');
  });

  it('may hold whole surrogate pairs', () => {
    expect(parse('{"a":"\\ud83d\\ude00"}')).toEqual({ a: '😀' });
  });

  it('does not exhaust the call stack where a megabyte is all brackets', () => {
    const half = Math.floor((BODY_LIMIT - 10) / 2);
    const code = codeOf(`{"a":${'['.repeat(half)}${']'.repeat(half)}}`);
    expect(['body.too-deep', 'body.malformed']).toContain(code);
  });

  it.each([
    ['texts', '""'],
    ['nulls', 'null'],
    ['objects', '{}'],
  ])('does not exhaust the call stack where a megabyte is one list of %s', (_what, entry) => {
    const count = Math.floor((BODY_LIMIT - 10) / (entry.length + 1));
    expect(codeOf(`{"a":[${Array(count).fill(entry).join()}]}`)).toBe('accepted');
  });
});
