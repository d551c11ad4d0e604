import type { Actor } from '@shouwen/engine';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './problem.js';
import type { Tokens } from './tokens.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any of these roles; `anyone`: every signed-in caller; `public`: nobody is asked. Absent: nobody gets in. */
    roles?: readonly string[];
  }
  interface FastifyRequest {
    actor: Actor;
  }
}

const NOBODY: Actor = { number: 'nobody', tenant: 'main', grants: [] };

/**
 * Settles who asks and whether the role may, before a byte of the body is read. Deny by default: a route that names
 * no roles lets nobody in.
 */
export function guardWith(instance: FastifyInstance, tokens: Tokens): void {
  instance.decorateRequest('actor');
  instance.addHook('onRequest', (request, _reply, done) => {
    request.actor = NOBODY;
    if (request.is404) return done();
    const { roles = [] } = request.routeOptions.config;
    if (roles.includes('public')) return done();
    const admit = (actor: Actor) => {
      request.actor = actor;
      done(mayUse(actor, roles) ? undefined : missing(roles));
    };
    try {
      const identity = tokens.verify(request.headers.authorization);
      if (identity instanceof Promise) identity.then(admit, done);
      else admit(identity);
    } catch (error) {
      done(error as Error);
    }
  });
}

const mayUse = (actor: Actor, roles: readonly string[]): boolean =>
  roles.includes('anyone') || actor.grants.some(({ role }) => roles.includes(role));

const missing = (roles: readonly string[]) =>
  new HttpProblem(
    403,
    'role.missing',
    roles.length
      ? `This needs one of the roles ${roles.join(', ')}.`
      : 'Nobody may use this by HTTP.',
  );

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key under which a POST may be sent again and changes nothing the second time. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'];
  if (header === undefined || header === '')
    throw new HttpProblem(
      400,
      'idempotency-key.missing',
      'Send the header Idempotency-Key with a fresh UUID, and the same one when you repeat the request.',
    );
  const key = typeof header === 'string' ? header.toLowerCase() : '';
  if (!UUID.test(key))
    throw new HttpProblem(400, 'idempotency-key.invalid', 'The Idempotency-Key must be one UUID.');
  return key;
}
