// A commit as MongoDB keeps it: one document. Event texts are kept as text, so that names in them that mean
// something to MongoDB mean nothing here, and the text comes back as it was.
import {
  Corrupt,
  type Append,
  type CommitHeader,
  type NewEvent,
  type StoredEvent,
} from '@shouwen/engine';

/** Events in one segment at most: where a reader who stands at a version has to look is known by that. */
export const RUN = 64;

/** A run of events of one stream within a commit. */
export interface Segment {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
}

export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  readonly v: number;
  readonly key: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly data: string;
  readonly meta: string;
  readonly hash: string;
}

export interface Commit {
  /** Its number, n. */
  readonly _id: number;
  readonly g: number;
  /** Number of its last event: what readers look for. */
  readonly last: number;
  readonly id: string;
  /** Id of commit n - 1: readers see at once if a number was given twice. */
  readonly previous: string | null;
  readonly epoch: number;
  readonly at: string;
  readonly fingerprint: string | null;
  readonly segments: readonly Segment[];
  readonly events: readonly KeptEvent[];
}

export const COMMIT_INDEXES = [
  { key: { id: 1 }, name: 'commit id', unique: true },
  { key: { 'segments.stream': 1, 'segments.from': 1 }, name: 'stream versions', unique: true },
  { key: { last: 1 }, name: 'event numbers' },
] as const;

export function commitOf(
  { id, at, fingerprint, events }: Append,
  place: { n: number; g: number; previous: string | null; epoch: number },
): Commit {
  return {
    _id: place.n,
    g: place.g,
    last: place.g + events.length - 1,
    id,
    previous: place.previous,
    epoch: place.epoch,
    at,
    fingerprint,
    segments: segmentsOf(events),
    events: events.map(({ stream: _stream, version: _version, ...kept }) => kept),
  };
}

function segmentsOf(events: readonly NewEvent[]): Segment[] {
  const segments: { stream: string; from: number; to: number }[] = [];
  for (const { stream, version } of events) {
    const run = segments.at(-1);
    const isNext = run?.stream === stream && run.to + 1 === version;
    if (isNext && run.to - run.from + 1 < RUN) run.to = version;
    else segments.push({ stream, from: version, to: version });
  }
  return segments;
}

type Header = Pick<Commit, '_id' | 'g' | 'last' | 'id' | 'at' | 'fingerprint'>;
export const HEADER = { g: 1, last: 1, id: 1, at: 1, fingerprint: 1 } as const;

export const headerOf = ({ _id: n, g, last, id, at, fingerprint }: Header): CommitHeader => ({
  n,
  g,
  count: last - g + 1,
  id,
  at,
  fingerprint,
});

export function eventsOf(commit: Commit): StoredEvent[] {
  const places = commit.segments.flatMap(({ stream, from, to }) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ stream, version: from + i })),
  );
  if (places.length !== commit.events.length)
    throw new Corrupt(`commit ${commit._id} has not as many events as its segments say`);
  return commit.events.map((event, i) => ({
    g: commit.g + i,
    n: commit._id,
    ...places[i]!,
    ...event,
  }));
}

/** Commits that follow each other in the log must also say so themselves. */
export function assertChain(name: string, commits: readonly Commit[]): void {
  for (const [i, commit] of commits.entries()) {
    const before = commits[i - 1];
    if (!before) continue;
    if (commit._id !== before._id + 1 || commit.g !== before.last + 1)
      throw new Corrupt(`${name}: a commit is missing after number ${before._id}`);
    if (commit.previous !== before.id)
      throw new Corrupt(`${name}: commit ${commit._id} does not follow the one before it`);
  }
}
