import { createHash, hash } from 'node:crypto';
import { Corrupt, hashOf, type CommitHeader, type StoredEvent } from '@shouwen/engine';

interface Commit {
  readonly header: CommitHeader;
  readonly events: readonly StoredEvent[];
}

interface Row {
  readonly tenant: string;
  readonly id: string;
  readonly body: string;
}

export interface Digest {
  readonly count: number;
  readonly digest: string;
}

type Many<T> = Iterable<T> | AsyncIterable<T>;

/**
 * One digest over a log: the hash of each event, made anew from what is there, in order, with the commit that holds
 * it. Throws Corrupt where an event is not what was written, or one is missing.
 */
export async function digestOfLog(
  log: string,
  commits: Many<Commit>,
  told: (events: number) => void,
): Promise<Digest> {
  const all = createHash('sha256');
  let [n, g] = [0, 0];
  for await (const { header, events } of commits) {
    if (header.n !== n + 1 || header.g !== g + 1 || header.count !== events.length)
      throw new Corrupt(`${log}: commit ${header.n} does not follow commit ${n}`);
    const { id, at, fingerprint } = header;
    all.update(JSON.stringify([header.n, header.g, id, at, fingerprint]));
    for (const event of events) {
      g += 1;
      if (hashOf(event) !== event.hash)
        throw new Corrupt(`${log}: event ${g} is not what was written (hash differs)`);
      all.update(event.hash);
    }
    ({ n } = header);
    told(g);
  }
  return { count: g, digest: all.digest('hex') };
}

/** One digest over a table, in whatever order its documents come. */
export async function digestOfTable(rows: Many<Row>): Promise<Digest> {
  const sum = Buffer.alloc(32);
  let count = 0;
  for await (const { tenant, id, body } of rows) {
    const one = hash('sha256', JSON.stringify([tenant, id, body]), 'buffer');
    one.forEach((byte, i) => (sum[i]! ^= byte));
    count += 1;
  }
  return { count, digest: sum.toString('hex') };
}
