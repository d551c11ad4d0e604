import { randomUUID } from 'node:crypto';
import { unheard, type Answered, type Span, type SpanStart, type Telemetry } from '@shouwen/nest';
import type { Configuration } from './configuration.js';
import { Metrics, type Watched } from './metrics.js';
import type { Appended } from './observed.js';
import type { Tracing } from './tracing.js';

/** A batch of events that the brokers have acknowledged. */
interface Sent extends Pick<Appended, 'log' | 'events' | 'from'> {
  readonly topic: string;
  readonly to: number;
}

/** Hands what happens in this process on to whoever is configured to hear it. */
export class HostTelemetry implements Telemetry {
  private metrics: Metrics | null = null;

  private constructor(private readonly tracing: Tracing | null) {}

  static async open(
    { tracesTo }: Configuration,
    about: { readonly services: readonly string[]; readonly version: string },
  ): Promise<HostTelemetry> {
    if (tracesTo === undefined) return new HostTelemetry(null);
    const { Tracing } = await import('./tracing.js');
    return new HostTelemetry(
      new Tracing(tracesTo, {
        'service.namespace': 'shouwen',
        'service.name': about.services.join('+'),
        'service.version': about.version,
        'service.instance.id': randomUUID(),
      }),
    );
  }

  /** Null where METRICS is off. */
  async watch(watched: Watched, { metrics }: Configuration): Promise<Metrics | null> {
    if (!metrics) return null;
    this.metrics = new Metrics(watched);
    // Whoever sets a port means to ask.
    if (metrics.port !== undefined) await this.metrics.load();
    return this.metrics;
  }

  begin(span: SpanStart): Span {
    return (this.tracing ?? unheard).begin(span);
  }

  answered(request: Answered): void {
    this.metrics?.answered(request);
  }

  readonly appended = (appended: Appended): void => {
    this.metrics?.appended(appended);
    const { log, outcome, from, seconds, events } = appended;
    // A commit has one cause, whatever it holds.
    this.tracing?.tell(events.slice(0, 1), {
      ...{ name: `append ${log}`, kind: 'internal', from, to: from + seconds * 1000 },
      attributes: { 'shouwen.append.outcome': outcome, 'shouwen.append.events': events.length },
    });
  };

  readonly sent = ({ log, topic, events, from, to }: Sent): void => {
    this.tracing?.tell(events, {
      ...{ name: `send ${log}`, kind: 'producer', from, to },
      attributes: { 'messaging.system': 'kafka', 'messaging.destination.name': topic },
    });
  };

  async close(): Promise<void> {
    await this.tracing?.close();
  }
}
