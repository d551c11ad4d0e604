import { hash } from 'node:crypto';
import type { Actor, Grant } from '@shouwen/engine';
import { errors, jwtVerify, SignJWT } from 'jose';
import { HttpProblem } from './problem.js';

const ISSUER = 'shouwen';
const LIFETIME_SECONDS = 8 * 60 * 60;

/** A token that was verified is trusted this long before the account behind it is looked at again. */
const RECHECK_SECONDS = 30;

const MAX_REMEMBERED = 10_000;

/** Who a token speaks for. `unit` is the home unit, shown to clients; rights come from the grants. */
export interface Identity extends Actor {
  readonly unit?: string;
  /** Says which password was used: a token ends with the password it was made for. */
  readonly stamp?: string;
  /** How far the issuer knew the account: number of the last event that changed it. */
  readonly knownTo?: number;
}

/** The account of a token as it stands now: null once it is gone or has another password. */
export type LookUp = (claimed: Identity) => Promise<Identity | null>;

interface Remembered {
  readonly identity: Identity;
  readonly expiresAt: number;
  readonly recheckAt: number;
}

/**
 * Bearer tokens of the built-in issuer: signed with a key of the installation, for one shift of eight hours. Times
 * are those of the machine, also in training: a simulated week must not sign everybody out.
 */
export class Tokens {
  /** In order of use: a Map keeps insertion order, and a hit is inserted again. */
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly key: Uint8Array,
    private readonly options: { readonly lookUp?: LookUp; readonly now?: () => number } = {},
  ) {}

  async issue({ number, tenant, grants, ...more }: Identity) {
    const issuedAt = Math.floor(this.now() / 1000);
    const expiresAt = issuedAt + LIFETIME_SECONDS;
    const token = await new SignJWT({ tenant, grants, ...optional(more) })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(number)
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.key);
    return { token, expiresAt: new Date(expiresAt * 1000).toISOString() };
  }

  /** The identity at once if it was verified a moment ago; else a promise of it. Throws 401 with a stable code. */
  verify(authorization: string | undefined): Identity | Promise<Identity> {
    if (authorization === undefined || authorization === '') throw refused('missing');
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
    if (token === undefined || authorization.length > 8192) throw refused('invalid');
    const id = hash('sha256', token, 'base64url');
    const known = this.remembered.get(id);
    const now = this.now();
    if (known && now < Math.min(known.recheckAt, known.expiresAt)) {
      this.remembered.delete(id);
      this.remembered.set(id, known);
      return known.identity;
    }
    return this.check(id, token);
  }

  /** Looks at the account again with the next request: something about it has changed. */
  forget(number: string): void {
    for (const [id, { identity }] of this.remembered)
      if (identity.number === number) this.remembered.delete(id);
  }

  private async check(id: string, token: string): Promise<Identity> {
    this.remembered.delete(id);
    const { claimed, expiresAt } = await this.read(token);
    const { lookUp } = this.options;
    const identity = lookUp ? await lookUp(claimed) : claimed;
    if (!identity) throw refused('revoked');
    this.remembered.set(id, {
      identity,
      expiresAt,
      recheckAt: this.now() + RECHECK_SECONDS * 1000,
    });
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > MAX_REMEMBERED && oldest) this.remembered.delete(oldest);
    return identity;
  }

  private async read(token: string) {
    try {
      const { payload } = await jwtVerify<{
        tenant: string;
        grants: Grant[];
        unit?: string;
        stamp?: string;
        knownTo?: number;
      }>(token, this.key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: ISSUER,
        requiredClaims: ['sub', 'iat', 'exp', 'tenant', 'grants'],
        currentDate: new Date(this.now()),
      });
      const { sub, tenant, grants, exp, ...more } = payload;
      const claimed: Identity = { number: sub!, tenant, grants, ...optional(more) };
      return { claimed, expiresAt: exp! * 1000 };
    } catch (error) {
      throw refused(error instanceof errors.JWTExpired ? 'expired' : 'invalid');
    }
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}

const optional = ({ unit, stamp, knownTo }: Partial<Identity>) => ({
  ...(unit === undefined ? {} : { unit }),
  ...(stamp === undefined ? {} : { stamp }),
  ...(knownTo === undefined ? {} : { knownTo }),
});

const SENTENCES = {
  missing: 'Sign in first: send the header Authorization: Bearer with a token of POST /auth/token.',
  invalid: 'This token is not one of ours.',
  expired: 'This token has expired; sign in again.',
  revoked: 'This account was changed since; sign in again.',
} as const;

function refused(why: keyof typeof SENTENCES): HttpProblem {
  const challenge = why === 'missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  return new HttpProblem(401, `token.${why}`, SENTENCES[why], {
    headers: { 'www-authenticate': challenge },
  });
}
