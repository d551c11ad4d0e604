import type { FastifyInstance, FastifyRequest } from 'fastify';
import { unheard, type Span, type Telemetry } from './telemetry.js';
import { traceparentOf } from './trace.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What commands of this request name as what led to them. */
    traceparent: string;
    span: Span;
  }
}

/** Addresses that machines ask every few seconds: nobody follows them up. */
const UNTRACED = /^\/(health|metrics|docs)(\/|$)/;

/** Every request is a part of a trace, the caller's or one of its own, and is counted when it has been answered. */
export function traceWith(instance: FastifyInstance, telemetry: Telemetry): void {
  instance.decorateRequest('traceparent', '');
  instance.decorateRequest('span');
  instance.addHook('onRequest', (request, reply, done) => {
    const { url } = request.routeOptions;
    const isTraced = url !== undefined && !UNTRACED.test(url);
    request.span = (isTraced ? telemetry : unheard).begin({
      name: [request.method, url].filter(Boolean).join(' '),
      kind: 'server',
      parent: traceparentOf(request.headers.traceparent),
      attributes: attributesOf(request),
    });
    request.traceparent = request.span.traceparent;
    reply.header('traceparent', request.traceparent);
    done();
  });
  instance.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status, elapsedTime } = reply;
    const { url: route } = request.routeOptions;
    const { method } = request;
    request.span.end({
      attributes: { 'http.response.status_code': status },
      ...(status >= 500 ? { error: String(status) } : {}),
    });
    telemetry.answered({
      ...{ method, status, seconds: elapsedTime / 1000 },
      ...(route === undefined ? {} : { route }),
    });
    done();
  });
}

const attributesOf = ({ method, routeOptions: { url } }: FastifyRequest) => ({
  'http.request.method': method,
  ...(url === undefined ? {} : { 'http.route': url }),
});
