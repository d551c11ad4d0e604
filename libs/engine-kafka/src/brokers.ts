import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';

export interface Brokers {
  readonly brokers: readonly string[];
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
}

export const clientOf = ({ brokers, ssl, sasl }: Brokers): Kafka =>
  new Kafka({
    clientId: 'shouwen',
    // The driver begins with the first one of the list, and again and again where that is alive and deaf.
    brokers: () => inAnyOrder(brokers),
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    // Few: whoever asks begins anew with another connection, which the driver does not.
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 1_000 },
    // What goes wrong is told by the states of relays and subscriptions, once and in our words.
    logLevel: logLevel.NOTHING,
  });

const inAnyOrder = (brokers: readonly string[]): string[] =>
  brokers
    .map((broker) => ({ broker, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ broker }) => broker);
