import type { Platform, RaisePlatform } from './live-city.js';

type Schema = {
  $ref?: string;
  type?: string;
  enum?: string[];
  format?: string;
  pattern?: string;
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
};

interface Operation {
  readonly parameters?: readonly { name: string; in: string }[];
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } };
}

interface Api {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, Schema> };
}

const HOSTILE = [
  ...[null, 1, -1, 1e308, true, '', 'x', '/', [], [null], [[]], [{}], {}, { a: 1 }],
  ...['2026-13-45T99:99:99Z', '9999-12-31T23:59:59+99:99', '-271821-04-20T00:00:00Z', '0000'],
  ...['x'.repeat(30_000), "'; drop table x; --", '../../etc/passwd', '😀', '\u202e'],
];

const QUERIES = [
  '',
  'in:',
  'prefix:',
  'from:',
  'above:zz',
  'missing:',
  '-1',
  '1e9',
  'null',
  '%00',
  '{}',
];

const IDS = ['x', '018f4b3c-0000-7000-8000-00000000ffff', '%2Fmingcheng', '%F0%9F%98%80', 'a%00b'];

export function hostileInputStory(raise: RaisePlatform): void {
  const failed: string[] = [];
  const seen = new Map<number, number>();
  let platform: Platform;
  let api: Api;
  let token = '';
  let count = 0;

  beforeAll(async () => {
    platform = await raise({ log: (line) => failed.push(JSON.stringify(line)) });
    api = (await (await fetch(`${platform.host.url}/openapi.json`)).json()) as Api;
    const signedIn = await send('POST', '/auth/token', {
      user: 'admin',
      password: platform.password,
    });
    token = (JSON.parse(signedIn) as { token: string }).token;
  });

  afterAll(() => platform.close());

  async function send(method: string, path: string, body?: object): Promise<string> {
    const response = await fetch(platform.host.url + path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        'idempotency-key': `018f4b3c-0000-7000-8000-${String(++count).padStart(12, '0')}`,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
    if (response.status >= 500 || (response.status >= 400 && !isProblem))
      failed.push(
        `${method} ${path} ${JSON.stringify(body)?.slice(0, 300)}: ${text.slice(0, 200)}`,
      );
    return text;
  }

  const known = (schema: Schema): Schema =>
    schema.$ref ? api.components.schemas[schema.$ref.split('/').pop()!]! : schema;

  /** A body that the document allows, so that one hostile field at a time gets as far as it can. */
  function sample(schema: Schema, depth = 0): unknown {
    const { type, items, properties, ...rest } = known(schema);
    if (type === 'array') return depth > 3 || !items ? [] : [sample(items, depth + 1)];
    if (type !== 'object') return plain({ ...rest, ...(type ? { type } : {}) });
    return Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, one]) => [name, sample(one, depth + 1)]),
    );
  }

  function plain({ enum: choices, type, format, oneOf, minimum = 1, pattern }: Schema): unknown {
    if (choices) return choices[0];
    if (type === 'boolean') return true;
    if (type === 'integer' || type === 'number') return minimum;
    if (oneOf) return '2026-01-15T08:00:00Z';
    if (format === 'uuid') return '018f4b3c-0000-7000-8000-00000000fffe';
    return pattern?.includes('\\/') ? '/mingcheng/heat/east' : 'gas';
  }

  const operations = (method: string) =>
    Object.entries(api.paths)
      .filter(([path, byMethod]) => !path.startsWith('/auth') && byMethod[method])
      .flatMap(([path, byMethod]) =>
        (path.includes('{') ? IDS : ['']).map((id) => ({
          path: path.replace(/\{\w+\}/g, id),
          isFirst: id === IDS[1] || id === '',
          operation: byMethod[method]!,
        })),
      );

  describe('hostile input on every route', () => {
    it('never makes a query fail', async () => {
      for (const { path, isFirst, operation } of operations('get')) {
        await send('GET', path);
        const fields = isFirst
          ? (operation.parameters ?? []).filter((one) => one.in === 'query')
          : [];
        for (const { name } of fields)
          for (const value of QUERIES)
            await send('GET', `${path}?${name}=${encodeURIComponent(value)}`);
      }
      expect(failed).toEqual([]);
      expect(seen.get(400)).toBeGreaterThan(100);
    });

    it('never makes a command fail', async () => {
      for (const { path, isFirst, operation } of operations('post')) {
        const schema = operation.requestBody?.content['application/json'].schema;
        await send('POST', path, {});
        if (!schema) continue;
        const good = sample(schema) as object;
        await send('POST', path, good);
        for (const name of isFirst ? Object.keys(good) : [])
          for (const value of HOSTILE) await send('POST', path, { ...good, [name]: value });
      }
      expect(failed).toEqual([]);
      expect(seen.get(400)).toBeGreaterThan(1000);
    });
  });
}
