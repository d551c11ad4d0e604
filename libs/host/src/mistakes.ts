import { Refused } from '@shouwen/engine';

/** Collects what is wrong with a configuration, so that whoever mends it hears of everything at once. */
export class Mistakes {
  private readonly sentences: string[] = [];

  /** What `read` answers; where it refuses, that is remembered and `instead` stands for it. */
  of<T>(read: () => T, instead: T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.sentences.push(error.message);
      return instead;
    }
  }

  /** Throws Refused with one sentence per mistake, each on a line of its own. */
  refuse(): void {
    if (this.sentences.length > 0) throw new Refused(this.sentences.join('\n'));
  }
}
