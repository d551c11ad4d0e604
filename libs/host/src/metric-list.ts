/** A metric as it is printed: names by the conventions of Prometheus, units by those of OpenTelemetry. */
export interface Metric {
  readonly name: string;
  readonly kind: 'gauge' | 'counter' | 'histogram';
  /** `s`, `By`; in braces: what is counted. */
  readonly unit: string;
  readonly labels: readonly string[];
  readonly says: string;
  /** True: printed where events are carried through Kafka. */
  readonly isOfKafka?: boolean;
}

const SUBSCRIPTION = ['service', 'subscription', 'kind', 'log'];
const RELAY = ['service', 'log', 'topic'];

/** Everything that /metrics prints. `docs/reference/metrics.md` is written from this list. */
export const METRICS = {
  subscriptionLagEvents: {
    ...{ name: 'shouwen_subscription_lag_events', kind: 'gauge', unit: '{event}' },
    labels: SUBSCRIPTION,
    says: 'Events of a log that a view, reaction, timer or effect has not done yet. Absent while another process does the work, or while nobody says where the log ends.',
  },
  subscriptionLagSeconds: {
    ...{ name: 'shouwen_subscription_lag_seconds', kind: 'gauge', unit: 's' },
    labels: SUBSCRIPTION,
    says: 'Age of the oldest event that is not done; 0 when nothing is behind. Absent as the lag in events.',
  },
  subscriptionPosition: {
    ...{ name: 'shouwen_subscription_position', kind: 'gauge', unit: '{event}' },
    labels: SUBSCRIPTION,
    says: 'Number of the last event of a log that is done: how far a view has read.',
  },
  subscriptionParked: {
    ...{ name: 'shouwen_subscription_parked', kind: 'gauge', unit: '{event}' },
    labels: ['service', 'subscription', 'kind'],
    says: 'Events that wait because handling them, or an earlier one of their key, failed.',
  },
  subscriptionState: {
    ...{ name: 'shouwen_subscription_state', kind: 'gauge', unit: '1' },
    labels: ['service', 'subscription', 'kind', 'state'],
    says: '1 for the state that a subscription is in: starting, running, paused, standby or stopped.',
  },
  relayLagEvents: {
    ...{ name: 'shouwen_relay_lag_events', kind: 'gauge', unit: '{event}' },
    ...{ labels: RELAY, isOfKafka: true },
    says: 'Events of a log that its topic has not acknowledged yet.',
  },
  relayLagSeconds: {
    ...{ name: 'shouwen_relay_lag_seconds', kind: 'gauge', unit: 's' },
    ...{ labels: RELAY, isOfKafka: true },
    says: 'Age of the oldest event that is not in the topic; 0 when all are.',
  },
  relayPosition: {
    ...{ name: 'shouwen_relay_position', kind: 'gauge', unit: '{event}' },
    ...{ labels: RELAY, isOfKafka: true },
    says: 'Number of the last event that the topic has acknowledged.',
  },
  appendDuration: {
    ...{ name: 'shouwen_log_append_duration_seconds', kind: 'histogram', unit: 's' },
    labels: ['log', 'outcome'],
    says: 'How long a commit took until it was durable. Outcome: written, duplicate, conflict (decided anew) or failed.',
  },
  requestDuration: {
    ...{ name: 'http_server_request_duration_seconds', kind: 'histogram', unit: 's' },
    labels: ['http_request_method', 'http_route', 'http_response_status_code'],
    says: 'How long a request took until it was answered. Without a route: an address at which there is nothing.',
  },
  memory: {
    ...{ name: 'process_resident_memory_bytes', kind: 'gauge', unit: 'By' },
    labels: [],
    says: 'Resident memory of the process.',
  },
  processor: {
    ...{ name: 'process_cpu_seconds_total', kind: 'counter', unit: 's' },
    labels: [],
    says: 'Processor time of the process, of all its threads.',
  },
  startedAt: {
    ...{ name: 'process_start_time_seconds', kind: 'gauge', unit: 's' },
    labels: [],
    says: 'When the process started, in seconds since 1970.',
  },
} as const satisfies Readonly<Record<string, Metric>>;
