import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { City } from './client.js';

const PAGE = readFileSync(new URL('../../../docs/reference/metrics.md', import.meta.url), 'utf8');

interface Printed {
  readonly kind: string;
  readonly says: string;
  readonly labels: readonly string[];
}

/** The rows of the page, but for those that need Kafka. */
function written(): Record<string, Printed> {
  const rows = PAGE.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  return Object.fromEntries(
    cells
      .map(([, name, kind, labels, says]) => ({
        name: name!.replaceAll('`', ''),
        ...{ kind: kind!, says: says! },
        labels: [...labels!.matchAll(/`(\w+)`/g)].map(([, label]) => label!).sort(),
      }))
      .filter(({ says }) => !says.endsWith('On Kafka only.'))
      .map(({ name, ...row }) => [name, row]),
  );
}

/** What stands in an answer, by the names that its comments give. */
function printed(text: string): Record<string, Printed> {
  const found = [...text.matchAll(/^# HELP (\w+) (.*)\n(?:# UNIT .*\n)?# TYPE \1 (\w+)$/gm)];
  return Object.fromEntries(
    found.map(([, name, says, kind]) => {
      const lines = [
        ...text.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?(?:\\{(.*)\\})? `, 'gm')),
      ];
      const labels = lines.flatMap(([, list = '']) =>
        [...list.matchAll(/(\w+)="/g)].map(([, label]) => label!),
      );
      const own = [...new Set(labels)].filter((label) => label !== 'le').sort();
      return [name!, { kind: kind!, says: says!, labels: own }];
    }),
  );
}

const valueOf = (text: string, line: string): number =>
  Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))!
      .split(' ')
      .at(-1),
  );

const cities: City[] = [];
async function aCity(env: Record<string, string> = {}): Promise<City> {
  const city = new City();
  cities.push(city);
  return city.start([], env);
}
const textOf = async (url: string): Promise<string> => (await fetch(`${url}/metrics`)).text();
const open = (city: City) =>
  city.post('/desk/matters', { title: 'No heat', urgency: 'low', callerName: '张三' });

afterEach(async () => {
  for (const city of cities.splice(0)) {
    await city.stop();
    city.remove();
  }
});

/** A port that nobody has, as far as one can know. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

describe('the metrics of a process', () => {
  it('are those that the reference lists, no more and no less', async () => {
    const city = await aCity();
    await textOf(city.host.url);
    expect((await open(city)).status).toBe(201);
    expect(printed(await textOf(city.host.url))).toEqual(written());
    expect(Object.keys(written()).length).toBeGreaterThan(8);
  });

  it('count requests by route and status, and commits by outcome', async () => {
    const city = await aCity();
    await textOf(city.host.url);
    await open(city);
    await open(city);
    await city.get('/desk/nothing-of-the-kind');
    const text = await textOf(city.host.url);
    const count = 'http_server_request_duration_seconds_count';
    const posted = `${count}{http_request_method="POST",http_response_status_code="201",http_route="/desk/matters"}`;
    expect(valueOf(text, posted)).toBe(2);
    const unknown = `${count}{http_request_method="GET",http_response_status_code="404"}`;
    expect(valueOf(text, unknown)).toBe(1);
    const commits = 'shouwen_log_append_duration_seconds_count{log="desk.main",outcome="written"}';
    expect(valueOf(text, commits)).toBeGreaterThanOrEqual(2);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(2 ** 20);
  });

  it('tell of every subscription how far it has read, and name no person', async () => {
    const city = await aCity();
    await open(city);
    await city.host.runtimes[0]!.settle();
    const text = await textOf(city.host.url);
    const head = await city.host.runtimes[0]!.head();
    const matters = 'service="desk",subscription="desk.matter-list",kind="view"';
    expect(valueOf(text, `shouwen_subscription_position{${matters},log="desk.main"}`)).toBe(head);
    expect(valueOf(text, `shouwen_subscription_lag_events{${matters},log="desk.main"}`)).toBe(0);
    expect(valueOf(text, `shouwen_subscription_lag_seconds{${matters},log="desk.main"}`)).toBe(0);
    expect(valueOf(text, `shouwen_subscription_parked{${matters}}`)).toBe(0);
    expect(valueOf(text, `shouwen_subscription_state{${matters},state="running"}`)).toBe(1);
    expect(text).not.toContain('张三');
  });

  it('are for the same machine only, on the port that everybody uses', async () => {
    const city = await aCity();
    const headers = { 'x-forwarded-for': '192.0.2.7' };
    const answer = await fetch(`${city.host.url}/metrics`, { headers });
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { code: 'metrics.elsewhere' },
    ]);
    const posted = await fetch(`${city.host.url}/metrics`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(`${city.host.url}/metrics/more`)).status).toBe(404);
  });

  it('are for everybody on a port of their own, which shows nothing else', async () => {
    const port = await freePort();
    const city = await aCity({ METRICS_PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    const status = await new Promise((resolve, reject) => {
      const headers = { 'x-forwarded-for': '192.0.2.7' };
      get(`${url}/metrics`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(200);
    expect((await fetch(`${url}/health/live`)).status).toBe(404);
    const other = new City();
    await expect(other.start([], { METRICS_PORT: String(port) })).rejects.toThrow(
      'set METRICS_PORT to another number',
    );
    other.remove();
    await city.stop();
    await expect(fetch(url)).rejects.toThrow();
    cities.pop()!.remove();
  });

  it('are not there where they are switched off', async () => {
    const city = await aCity({ METRICS: 'off' });
    expect((await fetch(`${city.host.url}/metrics`)).status).toBe(404);
  });
});
