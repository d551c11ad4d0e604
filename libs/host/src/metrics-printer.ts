// Metrics by OpenTelemetry, printed for Prometheus. Loaded when somebody asks for them.
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  secondsSince,
  type RelayStatus,
  type Runtime,
  type SubscriptionStatus,
} from '@shouwen/engine';
import type { Answered } from '@shouwen/nest';
import { METRICS, type Metric } from './metric-list.js';
import type { Watched } from './metrics.js';
import type { Appended } from './observed.js';

/** Bounds of the durations, in seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Whoever asks waits no longer than this for servers that do not answer. Milliseconds. */
const PATIENCE = 8_000;

type Labels = Readonly<Record<string, string | number>>;
type Observe = (metric: Metric, value: number, labels?: Labels) => void;

export class MetricsPrinter {
  private readonly reader = new PrometheusExporter({ preventServerStart: true });
  private readonly serializer = new PrometheusSerializer('', false, undefined, true, true);
  private readonly meter = new MeterProvider({ readers: [this.reader] }).getMeter('shouwen');
  private readonly appends = this.histogram(METRICS.appendDuration);
  private readonly requests = this.histogram(METRICS.requestDuration);

  constructor(private readonly watched: Watched) {
    const all: readonly Metric[] = Object.values(METRICS);
    const observables = new Map(
      all
        .filter(({ kind }) => kind !== 'histogram')
        .map((metric) => [metric.name, this.observable(metric)] as const),
    );
    this.meter.addBatchObservableCallback(
      async (result) =>
        this.look((metric, value, labels = {}) =>
          result.observe(observables.get(metric.name)!, value, labels),
        ),
      [...observables.values()],
    );
  }

  async text(): Promise<string> {
    const { resourceMetrics } = await this.reader.collect({ timeoutMillis: PATIENCE });
    return `${this.serializer.serialize(resourceMetrics).trimEnd()}\n`;
  }

  answered({ method, route, status, seconds }: Answered): void {
    const labels = { http_request_method: method, http_response_status_code: status };
    this.requests.record(seconds, route === undefined ? labels : { ...labels, http_route: route });
  }

  appended({ log, outcome, seconds }: Appended): void {
    this.appends.record(seconds, { log, outcome });
  }

  private async look(observe: Observe): Promise<void> {
    const { runtimes, relays, now } = this.watched;
    observe(METRICS.memory, process.memoryUsage.rss());
    const { user, system } = process.cpuUsage();
    observe(METRICS.processor, (user + system) / 1_000_000);
    observe(METRICS.startedAt, Math.round(performance.timeOrigin) / 1000);
    // What cannot be learned is not printed: an absent figure alarms, a wrong one comforts.
    await Promise.all([
      ...runtimes.map((runtime) => subscriptionsOf(runtime, observe).catch(() => {})),
      relays().then(
        (all) => all.forEach((relay) => relayOf(relay, observe, now())),
        () => {},
      ),
    ]);
  }

  private histogram({ name, unit, says }: Metric) {
    const advice = { explicitBucketBoundaries: BOUNDS };
    return this.meter.createHistogram(name, { unit, description: says, advice });
  }

  private observable({ name, kind, unit, says }: Metric) {
    const options = { unit, description: says };
    return kind === 'counter'
      ? this.meter.createObservableCounter(name, options)
      : this.meter.createObservableGauge(name, options);
  }
}

async function subscriptionsOf(runtime: Runtime, observe: Observe): Promise<void> {
  const service = runtime.service.name;
  for (const status of await runtime.subscriptions()) subscriptionOf(service, status, observe);
}

function subscriptionOf(service: string, status: SubscriptionStatus, observe: Observe): void {
  const { name: subscription, kind, log, position, behind, lagSeconds, parked, state } = status;
  const whole = { service, subscription, kind };
  const labels = { ...whole, log };
  observe(METRICS.subscriptionPosition, position, labels);
  if (behind !== null) observe(METRICS.subscriptionLagEvents, behind, labels);
  if (lagSeconds !== null) observe(METRICS.subscriptionLagSeconds, lagSeconds, labels);
  observe(METRICS.subscriptionParked, parked, whole);
  observe(METRICS.subscriptionState, 1, { ...whole, state });
}

function relayOf({ log, topic, ...relay }: RelayStatus, observe: Observe, now: number): void {
  const labels = { service: log.split('.')[0]!, log, topic };
  observe(METRICS.relayPosition, relay.position, labels);
  observe(METRICS.relayLagEvents, relay.behind, labels);
  observe(METRICS.relayLagSeconds, secondsSince(relay.behindSince, now), labels);
}
