import type { KeyObject } from 'node:crypto';
import { plainToInstance } from 'class-transformer';
import { faultsOf, type Caller, type Fault } from '@shouwen/engine';
import type { FastifyRequest } from 'fastify';
import { idempotencyKeyOf } from './access.js';
import { fingerprintOf } from './fingerprint.js';
import type { QueryString } from './filters.js';
import { single } from './filters.js';
import { badRequest } from './problem.js';

type Fields = Readonly<Record<string, unknown>>;
type Shape = new () => object;

/** The command of a request: body and path parameters in one object of its class. The runner validates it. */
export function commandOf<C extends object>(shape: new () => C, request: FastifyRequest): C {
  const body = (request.body ?? {}) as Fields;
  const params = request.params as Fields;
  const clashes = Object.keys(params).filter(
    (name) => body[name] !== undefined && body[name] !== params[name],
  );
  if (clashes.length)
    throw badRequest(
      'request.invalid',
      'The body names another thing than the address.',
      clashes.map((field) => ({
        field,
        rule: 'sameAsPath',
        message: `${field} must be left out, or be the same as in the address.`,
      })),
    );
  return plainToInstance(shape, { ...body, ...params }, { exposeUnsetFields: false });
}

/** A small body of the edge's own, validated here because no runner will. */
export function bodyOf<C extends object>(shape: new () => C, request: FastifyRequest): C {
  const body = commandOf(shape, request);
  refuse(faultsOf(shape, body));
  return body;
}

export function refuse(faults: readonly Fault[]): void {
  if (faults.length)
    throw badRequest('request.invalid', 'The request breaks the rules of its fields.', faults);
}

export function callerOf(request: FastifyRequest, fingerprintKey: KeyObject): Caller {
  const { url, config } = request.routeOptions;
  const route = `${request.method} ${url}`;
  return {
    actor: request.actor,
    key: idempotencyKeyOf(request),
    route,
    fingerprint: fingerprintOf(fingerprintKey, {
      route,
      params: request.params,
      body: request.body ?? {},
    }),
    ...(config.roles ? { roles: config.roles } : {}),
    traceparent: request.traceparent,
  };
}

/** The query of a GET: path parameters and query string, text read as the type that its field declares. */
export function queryOf<Q extends object>(shape: new () => Q, request: FastifyRequest) {
  const { after, ...rest } = request.query as QueryString;
  const faults: Fault[] = [];
  const token = single('after', after, faults);
  const clashes = Object.keys(rest).filter((name) => name in (request.params as Fields));
  for (const field of clashes)
    faults.push({ field, rule: 'sameAsPath', message: `${field} stands in the address already.` });
  const typed = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, typedAs(shape, name, value)]),
  );
  const query = plainToInstance(
    shape,
    { ...typed, ...(request.params as Fields) },
    { exposeUnsetFields: false },
  );
  refuse(faults);
  return { query, ...(token === undefined ? {} : { after: token }) };
}

function typedAs(shape: Shape, name: string, value: string | string[] | undefined): unknown {
  const type: unknown = Reflect.getMetadata('design:type', shape.prototype as object, name);
  if (type === Array) return [value].flat();
  if (typeof value !== 'string') return value;
  if (type === Number && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  if (type === Boolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
