// What one process knows about the end of a log: the head to append behind, the versions of streams, and the newest
// events that a majority has.
import type { Append, StoredEvent } from '@shouwen/engine';
import { eventsOf, type Commit } from './commits.js';

/** Stream versions remembered, so that most appends read nothing. */
const REMEMBERED = 50_000;
/** Newest events held in memory; about 1 KiB each. */
const RECENT = 2_048;

export interface Head {
  readonly n: number;
  readonly g: number;
  readonly id: string | null;
}

export class LogTail {
  private readonly versions = new Map<string, number>();
  private recent: StoredEvent[] = [];
  /** Null: not known, or known from a primary that is no longer one. */
  head: Head | null = null;
  /** True once an own write behind it was acknowledged by a majority: it cannot be rolled back. */
  isConfirmed = false;

  /** What was read on a primary that may be gone must not be built upon. */
  forget(): void {
    this.head = null;
    this.isConfirmed = false;
    this.versions.clear();
  }

  /** Own commits that a majority has. */
  acknowledge(commits: readonly Commit[]): void {
    for (const commit of commits) {
      this.follow(commit);
      const events = eventsOf(commit);
      if (this.recent.at(-1)?.g !== commit.g - 1) this.recent = [];
      this.recent.push(...events);
    }
    if (this.recent.length > 2 * RECENT) this.recent = this.recent.slice(-RECENT);
    this.isConfirmed = true;
  }

  /** Commits of others, read where a majority may not have them yet. */
  observe(commits: readonly Pick<Commit, '_id' | 'last' | 'id' | 'segments'>[]): void {
    for (const commit of commits) this.follow(commit);
    if (commits.length > 0) this.isConfirmed = false;
  }

  /** Newest events after number `g`; null: they must be read from the servers. */
  eventsAfter(g: number, limit: number): readonly StoredEvent[] | null {
    const first = this.recent[0]?.g;
    if (first === undefined || g + 1 < first || g >= this.recent.at(-1)!.g) return null;
    return this.recent.slice(g + 1 - first, g + 1 - first + limit);
  }

  version(stream: string): number | undefined {
    return this.versions.get(stream);
  }

  /** Called where nothing that was learned is relied upon yet. */
  makeRoom(): void {
    if (this.versions.size > REMEMBERED) this.versions.clear();
  }

  remember(stream: string, version: number): void {
    this.versions.set(stream, version);
  }

  private follow({
    _id: n,
    last: g,
    id,
    segments,
  }: Pick<Commit, '_id' | 'last' | 'id' | 'segments'>): void {
    for (const { stream, to } of segments) this.remember(stream, to);
    this.head = { n, g, id };
  }
}

/** Left to the unique index of stream versions: whether a stream that is to be begun is there already. */
export const isLeftToIndex = (
  { stream, version }: Append['expects'][number],
  { events }: Append,
): boolean => version === 0 && events.some((event) => event.stream === stream);
