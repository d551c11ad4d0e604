import type { RelayStatus, Runtime } from '@shouwen/engine';
import type { Answered } from '@shouwen/nest';
import type { MetricsPrinter } from './metrics-printer.js';
import type { Appended } from './observed.js';

/** What is looked at each time somebody asks. */
export interface Watched {
  readonly runtimes: readonly Runtime[];
  relays(): Promise<readonly RelayStatus[]>;
  /** Milliseconds since 1970, by the clock that events are recorded by. */
  now(): number;
}

/**
 * The figures of this process. They are counted from the first question on: an installation that nobody watches
 * carries neither the code nor the memory.
 */
export class Metrics {
  private printer: MetricsPrinter | null = null;
  private loading: Promise<MetricsPrinter> | null = null;

  constructor(private readonly watched: Watched) {}

  async load(): Promise<MetricsPrinter> {
    this.loading ??= import('./metrics-printer.js').then(
      ({ MetricsPrinter }) => (this.printer = new MetricsPrinter(this.watched)),
    );
    return this.loading;
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    return (await this.load()).text();
  }

  answered(request: Answered): void {
    this.printer?.answered(request);
  }

  appended(appended: Appended): void {
    this.printer?.appended(appended);
  }
}
