// Spans for an OpenTelemetry collector, by OTLP over HTTP. Loaded only where a collector is named.
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { StoredEvent } from '@shouwen/engine';
import type { Span, SpanStart } from '@shouwen/nest';

const KINDS: Readonly<Record<SpanStart['kind'], SpanKind>> = {
  server: SpanKind.SERVER,
  internal: SpanKind.INTERNAL,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** Finished spans go out this often. Milliseconds. */
const EVERY = 1_000;
/** A collector that has not taken a batch within this does not get it. Milliseconds. */
const PATIENCE = 3_000;
/** A stop waits no longer than this until the last of it is out. Milliseconds. */
const LAST_WORDS = 4_000;

/** A part of the work that is told of when it is over. Instants are milliseconds since 1970. */
export interface Past extends Omit<SpanStart, 'parent'> {
  readonly from: number;
  readonly to: number;
}

export class Tracing {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  /** `endpoint`: the collector, without the path of traces. */
  constructor(endpoint: string, attributes: Readonly<Record<string, string>>) {
    const exporter = new OTLPTraceExporter({
      url: `${endpoint}/v1/traces`,
      timeoutMillis: PATIENCE,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ ...attributes }),
      sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
      spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: EVERY })],
    });
    this.tracer = this.provider.getTracer('shouwen');
  }

  begin({ name, kind, parent, attributes = {} }: SpanStart): Span {
    const span = this.tracer.startSpan(
      name,
      { kind: KINDS[kind], attributes: { ...attributes } },
      contextOf(parent),
    );
    const { traceId, spanId, traceFlags } = span.spanContext();
    return {
      traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
      end: ({ error, attributes: more = {} } = {}) => {
        span.setAttributes({ ...more });
        if (error !== undefined) {
          span.setAttribute('error.type', error);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    };
  }

  /** A span for each of the events, in the trace that the event belongs to. */
  tell(
    events: readonly Pick<StoredEvent, 'meta' | 'type'>[],
    { name, kind, attributes, from, to }: Past,
  ): void {
    for (const { meta, type } of events) {
      const { traceparent } = JSON.parse(meta) as { traceparent?: string };
      if (traceparent === undefined) continue;
      const about = { ...attributes, 'shouwen.event.type': type };
      this.tracer
        .startSpan(
          name,
          { kind: KINDS[kind], attributes: about, startTime: from },
          contextOf(traceparent),
        )
        .end(to);
    }
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LAST_WORDS);
    });
    await Promise.race([this.provider.shutdown().catch(() => {}), late]);
    clearTimeout(timer);
  }
}

function contextOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = traceparent?.split('-') ?? [];
  if (!traceId || !spanId) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags ?? '00', 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
