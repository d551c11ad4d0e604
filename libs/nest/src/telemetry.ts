import { randomBytes } from 'node:crypto';
import { traceparentOf } from './trace.js';

/** A part of the work that shows in a trace. Neither name nor attributes hold anything personal. */
export interface SpanStart {
  readonly name: string;
  /** Kinds of OpenTelemetry: who asks, who is asked, who hands events on, who handles them. */
  readonly kind: 'server' | 'internal' | 'producer' | 'consumer';
  /** W3C Trace Context of what led here; absent: a trace begins. */
  readonly parent?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

export interface Span {
  /** What follows from this part names this as its parent. */
  readonly traceparent: string;
  end(outcome?: {
    /** Stable code of what went wrong. */
    readonly error?: string;
    readonly attributes?: Readonly<Record<string, string | number>>;
  }): void;
}

/** A request that was answered. */
export interface Answered {
  readonly method: string;
  /** Pattern of the address; absent where there is nothing at it. */
  readonly route?: string;
  readonly status: number;
  readonly seconds: number;
}

/** Who is told of the work as it goes. Whoever does the work does not know whether anybody listens. */
export interface Telemetry {
  begin(span: SpanStart): Span;
  answered(request: Answered): void;
}

const end = () => {};

/**
 * Nobody listens, yet the trace goes on: whoever is called by us or reads our events may trace. What handles an event
 * is a part of its own, as it would be if it were recorded; the parts within it are not told apart.
 */
export const unheard: Telemetry = {
  begin: ({ kind, parent }) => {
    const traceparent = traceparentOf(parent);
    return { traceparent: kind === 'consumer' ? childOf(traceparent) : traceparent, end };
  },
  answered: () => {},
};

const childOf = (traceparent: string): string =>
  `${traceparent.slice(0, 36)}${randomBytes(8).toString('hex')}${traceparent.slice(52)}`;

/** Does the work within a span, which ends with it. */
export async function within<T>(span: Span, work: (traceparent: string) => Promise<T>): Promise<T> {
  try {
    const result = await work(span.traceparent);
    span.end();
    return result;
  } catch (error) {
    span.end({ error: codeOf(error) });
    throw error;
  }
}

const codeOf = (error: unknown): string => {
  const { code, name = 'error' } = error as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : name;
};
