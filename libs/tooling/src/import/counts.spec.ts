import { Account } from './counts.js';

describe('the account of an import', () => {
  it('adds up', () => {
    const account = new Account();
    for (let line = 2; line <= 6; line++) account.read();
    account.end(2, 'opened');
    account.end(3, 'joined');
    account.end(4, 'skipped');
    account.end(5, 'opened');
    account.reject([
      { line: 6, field: 'created_at', reason: 'no date' },
      { line: 6, field: 'id', reason: 'empty' },
    ]);
    expect(account.close()).toEqual({ read: 5, opened: 2, joined: 1, skipped: 1, rejected: 1 });
    expect(account.rejections).toHaveLength(2);
  });

  it('says loudly when a line got lost', () => {
    const account = new Account();
    account.read();
    account.read();
    account.end(2, 'opened');
    expect(() => account.close()).toThrow('2 lines were read but 1 accounted for');
  });

  it('lets no line end twice', () => {
    const account = new Account();
    account.read();
    account.end(2, 'opened');
    expect(() => account.end(2, 'skipped')).toThrow('line 2 is opened');
  });
});
