import { METRICS, type Metric } from '@shouwen/host';

/** Every figure that a process prints at /metrics. */
export function metricsPage(): string {
  const all: readonly Metric[] = Object.values(METRICS);
  return [
    '# Metrics',
    '',
    'Written by `npm run catalogue` from `libs/host/src/metric-list.ts`; do not edit. A test compares it with what is',
    'printed. `GET /metrics` answers in the text format of Prometheus: on the port of the process to programs of the',
    'same machine, on `METRICS_PORT` to whoever reaches that port. `METRICS=off` counts nothing.',
    '',
    'Each process prints its own services; the sum over processes is the installation. Counting begins with the first',
    'question, or with the start where `METRICS_PORT` is set. No label names a person or a ticket.',
    '',
    '| Metric | Kind | Labels | What |',
    '| --- | --- | --- | --- |',
    ...all.map(
      ({ name, kind, labels, says, isOfKafka }) =>
        `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${says}${isOfKafka ? ' On Kafka only.' : ''} |`,
    ),
    '',
    'Durations are histograms: `_bucket` by `le` in seconds, `_sum` and `_count`.',
    '',
  ].join('\n');
}
