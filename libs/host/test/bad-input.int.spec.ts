import { connect } from 'node:net';
import { City, type Ask } from './client.js';

const MATTER = { title: 'No heat', urgency: 'low' };
const ID = '018f4b3c-0000-7000-8000-0000000000ff';

const open = (body: Ask['body'], ask: Ask = {}): [string, Ask] => [
  '/desk/matters',
  { method: 'POST', body: body ?? '', ...ask },
];

const list = (query: string): [string, Ask] => [`/desk/matter-list?${query}`, {}];

const count = (query: string): [string, Ask] => [`/desk/counts?${query}`, {}];

type Case = readonly [
  what: string,
  ask: [string, Ask],
  status: number,
  code: string,
  fault?: string,
];

const CASES: readonly Case[] = [
  ['no body', open(''), 400, 'request.invalid', 'title isNotEmpty'],
  ['a missing field', open({ title: 'x' }), 400, 'request.invalid', 'urgency isIn'],
  ['a number for a text', open({ ...MATTER, title: 1 }), 400, 'request.invalid', 'title isString'],
  [
    'a list for a text',
    open({ ...MATTER, title: ['x'] }),
    400,
    'request.invalid',
    'title isString',
  ],
  [
    'an object for a text',
    open({ ...MATTER, title: {} }),
    400,
    'request.invalid',
    'title isString',
  ],
  ['an empty text', open({ ...MATTER, title: '' }), 400, 'request.invalid', 'title isNotEmpty'],
  ['null', open({ ...MATTER, title: null }), 400, 'request.invalid', 'title isString'],
  [
    'too long a text',
    open({ ...MATTER, title: 'x'.repeat(101) }),
    400,
    'request.invalid',
    'title maxLength',
  ],
  [
    'an unknown choice',
    open({ ...MATTER, urgency: 'now' }),
    400,
    'request.invalid',
    'urgency isIn',
  ],
  [
    'a field nobody knows',
    open({ ...MATTER, colour: 'red' }),
    400,
    'request.invalid',
    'colour whitelistValidation',
  ],
  ['a text for a number', open({ ...MATTER, count: '1' }), 400, 'request.invalid', 'count isInt'],
  ['a fraction', open({ ...MATTER, count: 1.5 }), 400, 'request.invalid', 'count isInt'],
  ['too small a number', open({ ...MATTER, count: -1 }), 400, 'request.invalid', 'count min'],
  ['a huge number', open({ ...MATTER, count: 1e300 }), 400, 'request.invalid', 'count max'],
  [
    'an id that is none',
    open({ ...MATTER, matterId: '1' }),
    400,
    'request.invalid',
    'matterId isUuid',
  ],
  [
    'a nested fault',
    open({ ...MATTER, places: [{ address: 'a' }, { address: 7 }] }),
    400,
    'request.invalid',
    'places.1.address isString',
  ],
  [
    'a nested unknown field',
    open({ ...MATTER, places: [{ address: 'a', x: 1 }] }),
    400,
    'request.invalid',
    'places.0.x whitelistValidation',
  ],
  [
    'a text for a list of objects',
    open({ ...MATTER, places: 'here' }),
    400,
    'request.invalid',
    'places nestedValidation',
  ],
  ['null in a list of objects', open({ ...MATTER, places: [null] }), 400, 'request.invalid'],
  [
    'an instant that is none',
    open({ ...MATTER, occurredAt: 'yesterday' }),
    400,
    'request.invalid',
    'occurredAt isIso8601',
  ],
  [
    'an instant in the future',
    open({ ...MATTER, occurredAt: '2999-01-01T00:00:00Z' }),
    409,
    'occurred-at.future',
    'occurredAt occurred-at.future',
  ],
  ['half an object', open('{"title":'), 400, 'body.malformed'],
  ['a list', open('[]'), 400, 'body.not-an-object'],
  [
    'a prototype',
    open('{"__proto__":{"title":"x"}}'),
    400,
    'body.forbidden-name',
    '__proto__ forbiddenName',
  ],
  [
    'a constructor',
    open('{"constructor":1}'),
    400,
    'body.forbidden-name',
    'constructor forbiddenName',
  ],
  ['a then', open({ ...MATTER, then: 1 }), 400, 'request.invalid', 'then whitelistValidation'],
  [
    'a toString',
    open({ ...MATTER, toString: 'x' }),
    400,
    'body.forbidden-name',
    'toString forbiddenName',
  ],
  [
    'a database operator',
    open({ ...MATTER, title: { $gt: '' } }),
    400,
    'request.invalid',
    'title isString',
  ],
  ['a NUL', open({ ...MATTER, title: 'a\0b' }), 400, 'body.nul', 'title noNul'],
  [
    'half of a character',
    open('{"title":"\\ud800","urgency":"low"}'),
    400,
    'body.not-unicode',
    'title isWellFormed',
  ],
  ['GBK', open(Buffer.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d])), 400, 'body.not-utf8'],
  ['200 levels', open(`{"places":${'['.repeat(200)}${']'.repeat(200)}}`), 400, 'body.too-deep'],
  [
    'more than a megabyte',
    open({ ...MATTER, title: 'x'.repeat(1024 * 1024) }),
    413,
    'body.too-large',
  ],
  [
    'a form',
    open('title=x', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    415,
    'content-type.unsupported',
  ],
  [
    'plain text',
    open('{}', { headers: { 'content-type': 'text/plain' } }),
    415,
    'content-type.unsupported',
  ],
  [
    'another encoding',
    open('{}', { headers: { 'content-type': 'application/json; charset=gbk' } }),
    415,
    'content-type.unsupported',
  ],
  ['no key', open(MATTER, { key: null }), 400, 'idempotency-key.missing'],
  ['a key that is none', open(MATTER, { key: '1234' }), 400, 'idempotency-key.invalid'],
  ['two keys', open(MATTER, { key: `${ID}, ${ID}` }), 400, 'idempotency-key.invalid'],
  ['no token', open(MATTER, { token: null }), 401, 'token.missing'],
  ['a wrong token', open(MATTER, { token: 'a.b.c' }), 401, 'token.invalid'],
  ['an unknown service', ['/nowhere', {}], 404, 'route.unknown'],
  ['an unknown route', ['/desk/nowhere', {}], 404, 'route.unknown'],
  ['a wrong method', ['/desk/matters', { method: 'DELETE' }], 405, 'method.not-allowed'],
  [
    'a wrong method on a view',
    ['/desk/matter-list', { method: 'PUT', body: {} }],
    405,
    'method.not-allowed',
  ],
  ['a view of its service only', ['/desk/credentials', {}], 404, 'route.unknown'],
  ['a broken escape', ['/desk/matter-list/%ZZ', {}], 400, 'request.malformed'],
  ['an endless path', [`/desk/matter-list/${'x'.repeat(2000)}`, {}], 414, 'uri.too-long'],
  ['an id of nothing', [`/desk/matter-list/${ID}`, {}], 404, 'matter-list.not-found'],
  [
    'a command for nothing',
    [`/desk/matters/${ID}/close`, { method: 'POST', body: {} }],
    404,
    'matter.not-found',
  ],
  [
    'an id in the path that is none',
    ['/desk/matters/1/close', { method: 'POST', body: {} }],
    400,
    'request.invalid',
    'matterId isUuid',
  ],
  [
    'another id in the body',
    [`/desk/matters/${ID}/close`, { method: 'POST', body: { matterId: ID.replace('ff', 'fe') } }],
    400,
    'request.invalid',
    'matterId sameAsPath',
  ],
  ['an unknown filter', list('colour=red'), 400, 'query.invalid', 'colour unknownParameter'],
  ['a limit beyond', list('limit=5000'), 400, 'query.invalid', 'limit range'],
  ['an unknown sort', list('sort=title'), 400, 'query.invalid', 'sort unknownField'],
  ['a field twice', list('status=open&status=closed'), 400, 'query.invalid', 'status repeated'],
  ['a cursor nobody gave', list('cursor=abc'), 400, 'cursor.invalid'],
  ['a position nobody gave', list('after=abc'), 400, 'position.unknown', 'after isPosition'],
  [
    'a position beyond the head',
    list('after=desk.main@1:999999'),
    400,
    'position.unknown',
    'after isPosition',
  ],
  [
    'a position of another epoch',
    list('after=desk.main@9:1'),
    400,
    'position.unknown',
    'after isPosition',
  ],
  [
    'a parameter where none goes',
    [`/desk/matter-list/${ID}?x=1`, {}],
    400,
    'request.invalid',
    'x unknownParameter',
  ],
  [
    'an unknown question',
    count('colour=red'),
    400,
    'request.invalid',
    'colour whitelistValidation',
  ],
  ['a wrong number in a question', count('atMost=many'), 400, 'request.invalid', 'atMost isInt'],
  ['a number too small in a question', count('atMost=0'), 400, 'request.invalid', 'atMost min'],
  [
    'a rebuild of nothing',
    ['/desk/views/nothing/rebuild', { method: 'POST' }],
    404,
    'view.not-found',
  ],
  [
    'a retry without its key',
    ['/desk/parked/retry', { method: 'POST', body: { name: 'x' } }],
    400,
    'request.invalid',
    'key isString',
  ],
  [
    'a retry of nothing',
    ['/desk/parked/retry', { method: 'POST', body: { name: 'x', key: 'y' } }],
    404,
    'consumer.not-found',
  ],
  [
    'a clock outside training',
    ['/training/clock/advance', { method: 'POST', body: { by: '1h' } }],
    404,
    'route.unknown',
  ],
];

const TABLE = CASES.map(([what, [path, ask], status, code, fault]) => ({
  ...{ what, path, ask, status, code, fault },
}));

const city = new City();

beforeAll(() => city.start());

afterAll(async () => {
  await city.stop();
  city.remove();
});

describe('bad input', () => {
  it.each(TABLE)('is refused: $what', async ({ path, ask, status, code, fault }) => {
    const before = await city.head();
    const answer = await city.ask(path, ask);
    const { type, title, faults = [] } = answer.body;
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(type).toBe(`urn:shouwen:problem:${code}`);
    expect(title).toEqual(expect.any(String));
    if (fault) expect(faults.map(({ field, rule }) => `${field} ${rule}`)).toContain(fault);
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|\.js:/);
    expect(await city.head()).toBe(before);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'request.malformed'],
    [
      'a header of 20 kB',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers.too-large',
    ],
    [
      'an address of 20 kB',
      `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      431,
      'headers.too-large',
    ],
    [
      'a length that is none',
      'POST /desk/matters HTTP/1.1\r\nhost: x\r\ncontent-length: x\r\n\r\n',
      400,
      'request.malformed',
    ],
  ])('is refused on the bare connection: %s', async (_what, text, status, code) => {
    const answer = await raw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"code":"${code}"`);
  });

  it.each([
    [
      'on the bare connection',
      () => raw('GET /desk/matter-list?title=暖气 HTTP/1.1\r\nhost: x\r\n\r\n'),
    ],
    ['as a broken escape', async () => JSON.stringify((await city.get('/desk/%E6%9A')).body)],
  ])('is told how to write an address: %s', async (_how, ask) =>
    expect(await ask()).toContain('"title":"The address must be percent-encoded'),
  );

  it('that nobody foresaw is answered without its inside, and logged without the person', async () => {
    const answer = await city.post('/desk/breakdowns', {});
    expect({ status: answer.status, code: answer.body.code }).toEqual({
      status: 500,
      code: 'internal',
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/张三|TypeError/);
    expect(city.logged).toContainEqual(
      expect.objectContaining({ code: 'internal', route: '/desk/breakdowns', error: 'TypeError' }),
    );
    expect(JSON.stringify(city.logged)).not.toMatch(/张三|13800138000/);
  });
});

function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(city.host.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(Number(port), hostname)
      .on('data', (part) => (answer += part.toString()))
      .on('close', () => resolve(answer))
      .on('error', reject)
      .end(text);
  });
}
