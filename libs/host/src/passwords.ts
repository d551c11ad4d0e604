import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const LENGTH = 32;

/** `scrypt$32768$8$1$<salt>$<hash>`: salt and cost stand with it, so that the cost may grow later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, LENGTH, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

const FORM = /^scrypt\$(\d{4,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22,})\$([\w-]{43})$/;

/** What an unknown user is compared with, so that the answer takes as long as for a known one. */
const NOBODY = `scrypt$${COST.N}$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** True when the password made this text. In constant time, also where there is no text. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt, hash] = FORM.exec(stored ?? '') ?? FORM.exec(NOBODY)!;
  const key = await derive(password.normalize('NFKC'), Buffer.from(salt!, 'base64url'), LENGTH, {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    maxmem: COST.maxmem,
  });
  const isEqual = timingSafeEqual(key, Buffer.from(hash!, 'base64url'));
  return isEqual && stored !== undefined && FORM.test(stored);
}
