import { hashPassword, isPassword } from './passwords.js';

describe('a password', () => {
  it('is kept as a salted hash that differs each time', async () => {
    const [first, second] = [await hashPassword('open sesame'), await hashPassword('open sesame')];
    expect(first).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(first).not.toBe(second);
    expect(await isPassword('open sesame', first)).toBe(true);
    expect(await isPassword('open sesame', second)).toBe(true);
  });

  it('matches itself only', async () => {
    const stored = await hashPassword('密码-8字以上');
    expect(await isPassword('密码-8字以上 ', stored)).toBe(false);
    expect(await isPassword('密码-8字以上', stored)).toBe(true);
  });

  it('matches nothing where none is kept or what is kept was masked', async () => {
    expect(await isPassword('x', undefined)).toBe(false);
    expect(await isPassword('***', '***')).toBe(false);
  });
});
