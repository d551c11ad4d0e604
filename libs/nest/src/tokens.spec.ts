import { SignJWT } from 'jose';
import { Tokens, type Identity } from './tokens.js';

const key = new Uint8Array(32).fill(7);
const START = Date.parse('2026-01-15T08:00:00.000Z');
const HOUR = 3_600_000;

const who: Identity = {
  number: '1001',
  tenant: 'main',
  grants: [{ role: 'call-taker', unit: '/mingcheng/centre' }],
  unit: '/mingcheng/centre',
  stamp: 'abc',
  knownTo: 7,
};

const issuer = (lookUp?: (claimed: Identity) => Promise<Identity | null>) => {
  const clock = { now: START };
  const tokens = new Tokens(key, { now: () => clock.now, ...(lookUp ? { lookUp } : {}) });
  return { clock, tokens };
};

const codeOf = async (attempt: () => unknown): Promise<string> => {
  try {
    await attempt();
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a bearer token', () => {
  it('speaks for whom it was made, for eight hours', async () => {
    const { clock, tokens } = issuer();
    const { token, expiresAt } = await tokens.issue(who);
    expect(expiresAt).toBe('2026-01-15T16:00:00.000Z');
    expect(await tokens.verify(`Bearer ${token}`)).toEqual(who);
    clock.now += 8 * HOUR + 1000;
    expect(await codeOf(() => tokens.verify(`Bearer ${token}`))).toBe('token.expired');
  });

  it('is answered from memory the second time', async () => {
    const { tokens } = issuer();
    const { token } = await tokens.issue(who);
    await tokens.verify(`Bearer ${token}`);
    expect(tokens.verify(`bearer ${token}`)).toEqual(who);
  });

  it('ends with the account behind it, half a minute later at most', async () => {
    const account: { current: Identity | null } = { current: who };
    const { clock, tokens } = issuer(async () => account.current);
    const { token } = await tokens.issue(who);
    await tokens.verify(`Bearer ${token}`);
    account.current = null;
    expect(await codeOf(() => tokens.verify(`Bearer ${token}`))).toBe('accepted');
    clock.now += 30_000;
    expect(await codeOf(() => tokens.verify(`Bearer ${token}`))).toBe('token.revoked');
  });

  it('carries the rights of now, not those of when it was made', async () => {
    const { tokens } = issuer(async () => ({ ...who, grants: [] }));
    const { token } = await tokens.issue(who);
    expect(await tokens.verify(`Bearer ${token}`)).toEqual({ ...who, grants: [] });
  });

  it.each([
    ['no header', undefined, 'token.missing'],
    ['an empty header', '', 'token.missing'],
    ['another scheme', 'Basic YWRtaW46eA==', 'token.invalid'],
    ['no token', 'Bearer ', 'token.invalid'],
    ['nonsense', 'Bearer a.b.c', 'token.invalid'],
    ['a header of ten kilobytes', `Bearer ${'a'.repeat(10_000)}.b.c`, 'token.invalid'],
    ['an unsigned token', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.x', 'token.invalid'],
  ])('is refused: %s', async (_what, header, code) => {
    expect(await codeOf(() => issuer().tokens.verify(header))).toBe(code);
  });

  it('is refused when another installation signed it', async () => {
    const other = new Tokens(new Uint8Array(32).fill(8), { now: () => START });
    const { token } = await other.issue(who);
    expect(await codeOf(() => issuer().tokens.verify(`Bearer ${token}`))).toBe('token.invalid');
  });

  it('is refused without its claims', async () => {
    const bare = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(key);
    expect(await codeOf(() => issuer().tokens.verify(`Bearer ${bare}`))).toBe('token.invalid');
  });

  it('is refused when its claims were changed', async () => {
    const { tokens } = issuer();
    const { token } = await tokens.issue(who);
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'admin' })).toString('base64url');
    expect(await codeOf(() => tokens.verify(`Bearer ${head}.${claims}.${signature}`))).toBe(
      'token.invalid',
    );
  });
});
