// Rings when this or another process has appended. A change stream rings at once where another process wrote; a slow
// round rings anyhow, so that nothing rests on the stream.
import type { ChangeStream, ChangeStreamInsertDocument, Collection } from 'mongodb';
import type { Commit } from './commits.js';

/** Milliseconds between two rounds of ringing for nothing. */
const ROUND = 1_000;

export class Doorbell {
  /** Counts rings: a read that began before the last one may have missed something. */
  rings = 0;
  private readonly listeners = new Set<() => void>();
  private stream: ChangeStream<Commit, ChangeStreamInsertDocument<Commit>> | null = null;
  private round: NodeJS.Timeout | undefined;

  /** `isRung`: whether it has rung since a majority has had commit n, because this process wrote there itself. */
  constructor(
    private readonly commits: Collection<Commit>,
    private readonly isRung: (n: number) => boolean,
  ) {}

  /** Somebody listens, so it rings for what others write too, at the latest at the next round. */
  get isHeard(): boolean {
    return this.listeners.size > 0;
  }

  ring(): void {
    this.rings += 1;
    for (const listener of this.listeners) listener();
  }

  /** Answers how to hang up. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    this.round ??= setInterval(() => {
      this.watch();
      this.ring();
    }, ROUND).unref();
    this.watch();
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.round);
    this.listeners.clear();
    const { stream } = this;
    this.stream = null;
    await stream?.close().catch(() => {});
  }

  private watch(): void {
    if (this.stream || this.listeners.size === 0) return;
    const stream = this.commits.watch<Commit, ChangeStreamInsertDocument<Commit>>(
      [{ $match: { operationType: 'insert' } }, { $project: { operationType: 1, documentKey: 1 } }],
      { batchSize: 1_000 },
    );
    this.stream = stream;
    stream.on('change', ({ documentKey }) => {
      if (!this.isRung(documentKey._id)) this.ring();
    });
    const end = () => {
      if (this.stream === stream) this.stream = null;
      void stream.close().catch(() => {});
    };
    stream.on('error', end);
    stream.on('close', end);
  }
}
