import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from './metrics.js';
import type { Handler } from './server.js';

const FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/** A proxy on this machine asks for somebody elsewhere. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * Answers /metrics. The figures name nobody, yet they tell how a company is doing; and what reads them has no account.
 * So on the port that everybody uses they are for this machine only, and elsewhere on a port of their own.
 */
export function metricsHandler(metrics: Metrics, isForEverybody: boolean): Handler {
  return (request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (path !== '/metrics')
      return refuse(response, 404, ['route.unknown', 'There is nothing at this address.']);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return refuse(response, 405, ['method.not-allowed', 'This address takes GET.']);
    }
    if (!isForEverybody && !isFromHere(request))
      return refuse(response, 403, [
        'metrics.elsewhere',
        'This port shows metrics to this machine only; set METRICS_PORT to show them on a port of their own.',
      ]);
    metrics.text().then(
      (text) => {
        response.writeHead(200, { 'content-type': FORMAT });
        response.end(request.method === 'HEAD' ? undefined : text);
      },
      () => refuse(response, 503, ['metrics.unavailable', 'The metrics cannot be read now.']),
    );
  };
}

function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  return isLoopback && FORWARDED.every((name) => headers[name] === undefined);
}

function refuse(response: ServerResponse, status: number, [code, title]: [string, string]): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: `urn:shouwen:problem:${code}`, title, status, code }));
}
