import { Corrupt, hashOf, type StoredEvent } from '@shouwen/engine';
import { digestOfLog, digestOfTable } from './digest.js';

const AT = '2026-01-15T08:00:00.000Z';

function event(g: number, weight = 1): StoredEvent {
  const bare = {
    ...{ stream: `note-${g}`, version: 1, id: `event-${g}`, type: 'desk.note-taken', v: 1 },
    ...{ key: `note-${g}`, occurredAt: AT, recordedAt: AT, meta: '{}' },
    data: JSON.stringify({ weight }),
  };
  return { ...bare, g, n: g, hash: hashOf(bare) };
}

const commit = (g: number, weight?: number) => ({
  header: { n: g, g, count: 1, id: `commit-${g}`, at: AT, fingerprint: null },
  events: [event(g, weight)],
});
const ofLog = (commits: readonly ReturnType<typeof commit>[]) =>
  digestOfLog('desk.main', commits, () => undefined);

const row = (id: string, body = '{}') => ({ tenant: 'main', id, body });

describe('the digest of a log', () => {
  it('is the same for the same events, and another for another event', async () => {
    const one = await ofLog([commit(1), commit(2)]);
    expect(one).toEqual(await ofLog([commit(1), commit(2)]));
    expect(one.count).toBe(2);
    expect((await ofLog([commit(1), commit(2, 9)])).digest).not.toBe(one.digest);
  });

  it('is refused where an event is not what was written', async () => {
    const changed = { ...commit(1), events: [{ ...event(1), data: '{"weight":2}' }] };
    await expect(ofLog([changed])).rejects.toThrow(Corrupt);
  });

  it('is refused where a commit is missing', () =>
    expect(ofLog([commit(1), commit(3)])).rejects.toThrow('commit 3 does not follow commit 1'));
});

describe('the digest of a table', () => {
  it('does not depend on the order of the documents', async () => {
    expect(await digestOfTable([row('a'), row('b')])).toEqual(
      await digestOfTable([row('b'), row('a')]),
    );
  });

  it('is another where a document differs or lies at another place', async () => {
    const { digest } = await digestOfTable([row('a'), row('b')]);
    expect((await digestOfTable([row('a'), row('b', '{"x":1}')])).digest).not.toBe(digest);
    expect((await digestOfTable([row('a'), row('c')])).digest).not.toBe(digest);
    expect((await digestOfTable([row('a')])).count).toBe(1);
  });
});
