import { createHmac, type KeyObject } from 'node:crypto';
import type { Actor, Context, Grant, LetIn } from './command.js';
import type { Recorded } from './event.js';
import { nameBased, timePrefix } from './identifiers.js';

/** Who sends a command, and what makes its second delivery recognisable. */
export interface Caller {
  readonly actor: Actor;
  /** UUID: the Idempotency-Key, or made from the event that a reaction answers. */
  readonly key: string;
  /** `POST /intake/contacts`, or the durable name of a reaction. */
  readonly route: string;
  /** Keyed fingerprint of the request; null for commands of reactions. */
  readonly fingerprint: string | null;
  /** True for reactions, timers, effects and the first start: no unit is asked for. */
  readonly isSystem?: boolean;
  /** Roles that the route allows: only grants of these count. Absent: all. */
  readonly roles?: readonly string[];
  /** Instant of happening where the command names none; absent: now. */
  readonly occurredAt?: string;
  readonly correlation?: string;
  readonly causation?: string;
  readonly traceparent?: string;
}

/** The commit id: the key's time prefix keeps the unique index growing at its end, the hash binds the caller. */
export const commitIdOf = ({ actor, key, route }: Caller): string =>
  nameBased(timePrefix(key), actor.tenant, actor.number, route, key);

/** Ids in a row that are the same each time the same message is handled. */
export function idsFrom(seed: string): () => string {
  let count = 0;
  return () => nameBased(timePrefix(seed), seed, String(++count));
}

/** The system in the name of one consumer, on behalf of an event. */
export function systemCaller(name: string, event: Recorded, ...parts: readonly string[]): Caller {
  return {
    actor: { number: `system:${name}`, tenant: event.meta.tenant, grants: [] },
    key: nameBased(timePrefix(event.id), event.id, name, ...parts),
    route: name,
    fingerprint: null,
    isSystem: true,
    occurredAt: event.occurredAt,
    correlation: event.meta.correlation,
    causation: event.id,
    ...(event.meta.traceparent ? { traceparent: event.meta.traceparent } : {}),
  };
}

/** What a reaction sees when it handles an event; `occurredAt` is the event's, or a timer's due instant. */
export function contextOf(
  caller: Caller,
  { now, standards }: { now: string; standards: object },
  occurredAt?: string,
): Context {
  return {
    now,
    occurredAt: occurredAt ?? caller.occurredAt ?? now,
    actor: caller.actor,
    standards,
    newId: idsFrom(caller.key),
  };
}

/** True when one of the grants, of one of the roles, holds in the unit or above it. */
export function covers(actor: Actor, unit: string, roles?: readonly string[]): boolean {
  return actor.grants.some((grant) => counts(grant, roles) && isWithin(unit, grant.unit));
}

/** True for a person named in it who holds one of the roles, anywhere but in the units that the matter is about. */
export function isLetIn(actor: Actor, letIn: LetIn, roles?: readonly string[]): boolean {
  const { staff, notFrom = [] } = letIn;
  const isNeutral = (grant: Grant) => !notFrom.some((named) => isWithin(grant.unit, named));
  return (
    staff.includes(actor.number) &&
    actor.grants.some((grant) => counts(grant, roles) && isNeutral(grant))
  );
}

const counts = ({ role }: Grant, roles?: readonly string[]): boolean =>
  !roles || roles.includes('anyone') || roles.includes(role);

export const isWithin = (unit: string, above: string): boolean =>
  above === '/' || unit === above || unit.startsWith(`${above}/`);

/** Keyed hash (HMAC-SHA256) of a personal value, for indexes: equal values meet, nobody reads them back. */
export const blind = (key: KeyObject, value: string): string =>
  createHmac('sha256', key).update(value).digest('base64url');
