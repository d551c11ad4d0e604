/** What became of the lines of a file. The last four add up to the first. */
export interface Counts {
  read: number;
  opened: number;
  joined: number;
  skipped: number;
  rejected: number;
}

export type Fate = Exclude<keyof Counts, 'read'>;

export interface Rejection {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

/** Keeps the account of an import: each line read ends in exactly one fate. */
export class Account {
  readonly counts: Counts = { read: 0, opened: 0, joined: 0, skipped: 0, rejected: 0 };
  readonly rejections: Rejection[] = [];
  readonly #fates = new Map<number, Fate>();

  read(): void {
    this.counts.read += 1;
  }

  end(line: number, fate: Fate): void {
    const before = this.#fates.get(line);
    if (before) throw new Error(`line ${line} is ${before} and cannot be ${fate} as well`);
    this.#fates.set(line, fate);
    this.counts[fate] += 1;
  }

  reject(rejections: readonly Rejection[]): void {
    const [first] = rejections;
    if (!first) throw new Error('a rejection needs a reason');
    this.rejections.push(...rejections);
    this.end(first.line, 'rejected');
  }

  /** The counts, once every line has ended; throws where one got lost on the way. */
  close(): Counts {
    const { read, opened, joined, skipped, rejected } = this.counts;
    const ended = opened + joined + skipped + rejected;
    if (ended !== read)
      throw new Error(
        `${read} lines were read but ${ended} accounted for: ` +
          `${opened} opened + ${joined} joined + ${skipped} skipped + ${rejected} rejected`,
      );
    return { read, opened, joined, skipped, rejected };
  }
}
