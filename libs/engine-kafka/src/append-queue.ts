// Appends that wait together go to the servers in one ordered insert (group commit). A number that is taken means that
// another process was first: read the tail, look at every expectation again, renumber, try again.
//
//   waiting → placed → inserted by a majority → answered
//               ↑  ↘ number taken, or nobody knows → looked up by commit id → answered, or tried again
import { MongoBulkWriteError, type Collection } from 'mongodb';
import {
  Conflict,
  Invalid,
  MAX_COMMIT_BYTES,
  MAX_EVENT_BYTES,
  Unavailable,
  type Append,
  type CommitHeader,
} from '@shouwen/engine';
import { HEADER, commitOf, headerOf, type Commit } from './commits.js';
import { isLeftToIndex, type LogTail } from './log-tail.js';
import { isDuplicateKey, jitter } from './mongo.js';

/** Commits in one insert at most; more wait for the next. */
const GROUP = 256;
/** Bytes of events in one insert at most. */
const GROUP_BYTES = 8 * 1024 * 1024;
/** Appends that may wait; past it the caller is told to come back. */
const WAITING = 20_000;
/** Every so many attempts what is left is looked up, though its number was taken: something else may be in its way. */
const LOOKS_CLOSER = 4;
/** After this the caller is told that nobody knows. Milliseconds. */
const PATIENCE = 12_000;

type Answer = { header: CommitHeader; isDuplicate: boolean };

interface Waiting {
  readonly append: Append;
  readonly bytes: number;
  readonly until: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface QueueOptions {
  readonly commits: Collection<Commit>;
  readonly epoch: number;
  readonly tail: LogTail;
  readonly ring: () => void;
}

const LOCAL = { readConcern: { level: 'local' } } as const;
const LINK = { projection: { last: 1, id: 1, segments: 1 }, ...LOCAL } as const;

export class AppendQueue {
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | null = null;
  /** The tail was read just now, and nothing was waited for since. */
  private isRead = false;

  constructor(private readonly options: QueueOptions) {}

  add(append: Append): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sizes = sizesOf(append);
      const refusal = tooLarge(append, sizes);
      if (refusal) return reject(refusal);
      if (this.waiting.length >= WAITING)
        return reject(new Unavailable('too much is waiting to be written; try again in a moment'));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      this.waiting.push({ append, bytes, until: performance.now() + PATIENCE, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  async drain(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  private async flush(): Promise<void> {
    try {
      // Whoever asks in the same turn belongs to the same group.
      await new Promise<void>((next) => setImmediate(next));
      while (this.waiting.length > 0) {
        await this.writeGroup(this.take());
      }
    } finally {
      // In the same turn as the last look: whoever comes later starts the next one.
      this.flushing = null;
    }
  }

  private take(): Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(
      (one, i) => i === GROUP || (i > 0 && (bytes += one.bytes) > GROUP_BYTES),
    );
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    let left: readonly Waiting[] = group;
    this.isRead = false;
    for (let attempts = 0; left.length > 0; attempts++) {
      if (attempts > 1) await this.stepBack(attempts);
      let cause: unknown;
      try {
        left = await this.tryOnce(left, attempts);
      } catch (error) {
        // Nobody knows what of it was written, nor whether this is still the primary.
        cause = error;
        this.options.tail.forget();
        left = await this.answerKnown(left).catch(() => left);
      }
      left = giveUp(left, cause);
    }
  }

  private async stepBack(attempts: number): Promise<void> {
    await jitter(attempts);
    this.isRead = false;
  }

  /** Inserts what can be placed; answers who must try again. */
  private async tryOnce(group: readonly Waiting[], attempts: number): Promise<readonly Waiting[]> {
    const { commits, tail } = this.options;
    const { docs, placed, later } = this.place(await this.examine(group));
    if (docs.length === 0) return later;
    this.isRead = false;
    try {
      await commits.insertMany(docs, { ordered: true });
      this.succeed(docs, placed);
      return later;
    } catch (error) {
      if (!isDuplicateKey(error) || !(error instanceof MongoBulkWriteError)) throw error;
      if (error.result.getWriteConcernError()) throw error;
      const done = error.result.insertedCount;
      if (done > 0) this.succeed(docs.slice(0, done), placed.slice(0, done));
      const left = placed.slice(done);
      const expected = docs[done]!._id;
      await this.readTail();
      // Who is behind may lose again while it asks on: nearly always the number alone was taken.
      const isTaken = tail.head !== null && tail.head.n >= expected;
      if (isTaken && attempts % LOOKS_CLOSER !== LOOKS_CLOSER - 1) return [...left, ...later];
      await this.learnVersions(left.slice(0, 1), true);
      return [...(await this.answerKnown(left)), ...later];
    }
  }

  private succeed(docs: readonly Commit[], placed: readonly Waiting[]): void {
    this.options.tail.acknowledge(docs);
    // Whoever listens hears of it before the caller goes on.
    this.options.ring();
    docs.forEach((doc, i) => placed[i]!.resolve({ header: headerOf(doc), isDuplicate: false }));
  }

  /** Reads on the primary what was appended since: what a majority lacks yet is in the way all the same. */
  private async readTail(): Promise<void> {
    const { commits, tail } = this.options;
    const { head } = tail;
    if (!head) {
      const last = await commits.findOne({}, { sort: { _id: -1 }, ...LINK });
      tail.head = { n: 0, g: 0, id: null };
      tail.observe(last ? [last] : []);
    } else {
      const since = await commits
        .find({ _id: { $gt: head.n } }, LINK)
        .sort({ _id: 1 })
        .toArray();
      // A gap means that the head was rolled back under us.
      if (since[0] && since[0]._id !== head.n + 1) tail.forget();
      else tail.observe(since);
      if (!tail.head) await this.readTail();
    }
    this.isRead = true;
  }

  /** Versions of streams that are not in memory. `all`: also of those that are left to the unique index. */
  private async learnVersions(group: readonly Waiting[], all = false): Promise<void> {
    const { tail, commits } = this.options;
    const wanted = new Set<string>();
    for (const { append } of group)
      for (const expect of append.expects)
        if (tail.version(expect.stream) === undefined && (all || !isLeftToIndex(expect, append)))
          wanted.add(expect.stream);
    if (wanted.size === 0) return;
    const found = await commits
      .aggregate<{ _id: string; to: number }>(
        [
          { $match: { 'segments.stream': { $in: [...wanted] } } },
          { $project: { segments: 1 } },
          { $unwind: '$segments' },
          { $match: { 'segments.stream': { $in: [...wanted] } } },
          { $group: { _id: '$segments.stream', to: { $max: '$segments.to' } } },
        ],
        LOCAL,
      )
      .toArray();
    const versions = new Map(found.map(({ _id, to }) => [_id, to]));
    for (const stream of wanted) tail.remember(stream, versions.get(stream) ?? 0);
  }

  /** Refuses those whose expectations do not hold, unless they are here already; answers the others. */
  private async examine(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { tail } = this.options;
    tail.makeRoom();
    const isOld = tail.head !== null && tail.isConfirmed;
    if (!isOld && !(this.isRead && tail.head)) await this.readTail();
    await this.learnVersions(group);
    if (isOld && group.some(({ append }) => this.movedOn(append))) {
      // A conflict counts only against what stands there now.
      await this.readTail();
      await this.learnVersions(group);
    }
    const moved = group.filter(({ append }) => this.movedOn(append));
    if (moved.length === 0) return group;
    for (const { append, reject } of await this.answerKnown(moved)) reject(this.movedOn(append));
    return group.filter((waiting) => !moved.includes(waiting));
  }

  private movedOn(
    { expects, events }: Append,
    written?: ReadonlyMap<string, number>,
  ): Conflict | null {
    for (const { stream, version } of expects) {
      const known = written?.get(stream) ?? this.options.tail.version(stream);
      const current = known ?? (events.some((e) => e.stream === stream) ? version : 0);
      if (current !== version)
        return new Conflict(`${stream} is at version ${current}, expected ${version}`);
    }
    return null;
  }

  /** Numbers the group. What contradicts an earlier one of the group comes again when that is written. */
  private place(group: readonly Waiting[]) {
    const { tail, epoch } = this.options;
    const [docs, placed, later]: [Commit[], Waiting[], Waiting[]] = [[], [], []];
    // The primary has changed since the tail was read.
    if (!tail.head) return { docs, placed, later: group };
    let { n, g, id: previous } = tail.head;
    const written = new Map<string, number>();
    const ids = new Set<string>();
    for (const waiting of group) {
      const { append } = waiting;
      if (ids.has(append.id) || this.movedOn(append, written)) {
        later.push(waiting);
        continue;
      }
      const doc = commitOf(append, { n: n + 1, g: g + 1, previous, epoch });
      docs.push(doc);
      placed.push(waiting);
      ids.add(append.id);
      for (const { stream, version } of append.events) written.set(stream, version);
      [n, g, previous] = [doc._id, doc.last, doc.id];
    }
    return { docs, placed, later };
  }

  /** Answers those whose commit a majority has; gives back those about whom nothing is known. */
  private async answerKnown(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { commits } = this.options;
    let left = group;
    for (let attempts = 0; left.length > 0; attempts++) {
      const ids = { id: { $in: [...new Set(left.map(({ append }) => append.id))] } };
      const here = await commits.find(ids, { projection: { id: 1 }, ...LOCAL }).toArray();
      if (here.length === 0) return left;
      const safe = await commits.find(ids, { projection: HEADER }).toArray();
      const headers = new Map(safe.map((commit) => [commit.id, headerOf(commit)]));
      left = left.filter(({ append, resolve }) => {
        const header = headers.get(append.id);
        if (header) resolve({ header, isDuplicate: true });
        return !header;
      });
      const known = new Set(here.map(({ id }) => id));
      const now = performance.now();
      if (!left.some(({ append, until }) => known.has(append.id) && now < until)) return left;
      await jitter(attempts);
    }
    return left;
  }
}

/** An insert that was sent may land at any time: only a repetition under the same commit id finds out. */
function giveUp(group: readonly Waiting[], error: unknown): readonly Waiting[] {
  return group.filter(({ until, reject }) => {
    if (performance.now() < until) return true;
    reject(
      new Unavailable(
        'It is not known whether this was recorded; repeat it with the same key in a moment.',
        { cause: error },
      ),
    );
    return false;
  });
}

const sizesOf = ({ events }: Append): number[] =>
  events.map(({ data, meta }) => Buffer.byteLength(data) + Buffer.byteLength(meta));

function tooLarge({ events }: Append, sizes: readonly number[]): Invalid | null {
  if (events.length === 0) return new Invalid('commit.empty', 'A commit has at least one event');
  const large = sizes.findIndex((size) => size > MAX_EVENT_BYTES);
  if (large >= 0)
    return new Invalid(
      'event.too-large',
      `${events[large]!.type} has ${sizes[large]} bytes, at most ${MAX_EVENT_BYTES} are kept; put large content into a file`,
    );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total <= MAX_COMMIT_BYTES
    ? null
    : new Invalid('commit.too-large', `The commit has ${total} bytes, at most ${MAX_COMMIT_BYTES}`);
}
