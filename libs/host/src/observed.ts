// The engine as it is given to the services of a process that is watched: every append is timed and told of.
import {
  Conflict,
  type Append,
  type CommitHeader,
  type Engine,
  type EventLog,
  type StoredEvent,
} from '@shouwen/engine';

export interface Appended {
  readonly log: string;
  readonly outcome: 'written' | 'duplicate' | 'conflict' | 'failed';
  readonly seconds: number;
  /** Instant of the beginning, in milliseconds since 1970. */
  readonly from: number;
  readonly events: Append['events'];
}

export type OnAppended = (appended: Appended) => void;

export function observed(engine: Engine, onAppended: OnAppended): Engine {
  return {
    ...engine,
    open: async (service) => {
      const store = await engine.open(service);
      return { ...store, log: new ObservedLog(store.log, onAppended) };
    },
    close: () => engine.close(),
  };
}

class ObservedLog implements EventLog {
  constructor(
    private readonly log: EventLog,
    private readonly onAppended: OnAppended,
  ) {}

  get name() {
    return this.log.name;
  }

  get identity() {
    return this.log.identity;
  }

  async append(append: Append): Promise<{ header: CommitHeader; isDuplicate: boolean }> {
    const from = Date.now();
    const start = performance.now();
    let outcome: Appended['outcome'] = 'failed';
    try {
      const result = await this.log.append(append);
      outcome = result.isDuplicate ? 'duplicate' : 'written';
      return result;
    } catch (error) {
      if (error instanceof Conflict) outcome = 'conflict';
      throw error;
    } finally {
      const seconds = (performance.now() - start) / 1000;
      this.onAppended({ log: this.name, outcome, seconds, from, events: append.events });
    }
  }

  head() {
    return this.log.head();
  }

  lookUp(commitId: string): Promise<CommitHeader | null> {
    return this.log.lookUp(commitId);
  }

  readStream(stream: string, after: number): Promise<readonly StoredEvent[]> {
    return this.log.readStream(stream, after);
  }

  read(g: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.log.read(g, limit);
  }

  onAppend(ring: () => void): () => void {
    return this.log.onAppend(ring);
  }
}
