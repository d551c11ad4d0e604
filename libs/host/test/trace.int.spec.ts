import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { City } from './client.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${CALLER}-01`;
const TRAINING = ['--training', '--from', '2026-01-15T08:00:00.000Z'];

let city: City;
beforeEach(() => (city = new City()));
afterEach(() => city.remove());

/** A matter of the given trace, which the clock closes later. */
async function openAndClose(): Promise<string | null> {
  const { headers } = await city.ask('/desk/matters', {
    method: 'POST',
    body: { title: 'No heat', urgency: 'low', callerName: '张三' },
    headers: { traceparent: TRACEPARENT },
  });
  await city.post('/training/clock/advance', { by: '2h' });
  await city.stop();
  return headers.get('traceparent');
}

/** Trace contexts of the events of matters, as the log keeps them. */
async function inLog(): Promise<Record<string, string>> {
  const engine = openEmbeddedEngine({ directory: city.directory, training: {} });
  const { log } = await engine.open('desk');
  const events = await log.read(0, 100);
  await engine.close();
  const ofMatters = events.filter(({ type }) => type.startsWith('desk.matter-'));
  return Object.fromEntries(
    ofMatters.map(({ type, meta }) => [
      type,
      (JSON.parse(meta) as { traceparent: string }).traceparent,
    ]),
  );
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

/** Takes spans on loopback until it is closed. */
async function aCollector() {
  const texts: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      texts.push(text);
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    texts,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

const spansOf = (texts: readonly string[]): readonly Span[] =>
  texts
    .map((text) => JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] })
    .flatMap(({ resourceSpans }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans);

describe('the trace of a request', () => {
  it('stands in its events, and goes on in what follows from them as a part of its own', async () => {
    await city.start(TRAINING);
    expect(await openAndClose()).toBe(TRACEPARENT);
    const { 'desk.matter-opened': opened, 'desk.matter-closed': closed } = await inLog();
    expect(opened).toBe(TRACEPARENT);
    expect(closed).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(closed).not.toBe(TRACEPARENT);
  });

  it('is sent to a collector where one is named, the last of it when the process stops', async () => {
    const collector = await aCollector();
    await city.start(TRAINING, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const answered = await openAndClose();
    await collector.close();
    const all = spansOf(collector.texts);
    const named = (name: string) =>
      all.filter((span) => span.traceId === TRACE && span.name === name);
    const [request] = named('POST /desk/matters');
    expect(request).toMatchObject({ parentSpanId: CALLER });
    expect(answered).toBe(`00-${TRACE}-${request!.spanId}-01`);
    const [opens] = named('command OpenMatter');
    expect(opens).toMatchObject({ parentSpanId: request!.spanId });
    const [handles] = named('handle desk.close-matter-when-due');
    expect(handles).toMatchObject({ parentSpanId: opens!.spanId });
    const [closes] = named('command CloseMatter');
    expect(closes).toMatchObject({ parentSpanId: handles!.spanId });
    expect(named('append desk.main').map((span) => span.parentSpanId)).toEqual([
      opens!.spanId,
      closes!.spanId,
    ]);
    const { 'desk.matter-opened': opened, 'desk.matter-closed': closed } = await inLog();
    expect([opened, closed]).toEqual([
      `00-${TRACE}-${opens!.spanId}-01`,
      `00-${TRACE}-${closes!.spanId}-01`,
    ]);
    expect(collector.texts.join()).not.toContain('张三');
    expect(all.map(({ name }) => name)).not.toContain('GET /health/ready');
  });

  it('does not keep a process from stopping whose collector is away', async () => {
    const collector = await aCollector();
    await collector.close();
    await city.start(TRAINING, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    await openAndClose();
    expect(Object.keys(await inLog())).toEqual(['desk.matter-opened', 'desk.matter-closed']);
  });
});
