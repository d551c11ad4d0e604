/** The ports of one node: its callers use the first, the quorum of controllers the second. */
export interface NodePorts {
  readonly broker: number;
  readonly controller: number;
}

export interface NodeOptions {
  /** Counted from 1. */
  readonly id: number;
  readonly nodes: readonly NodePorts[];
  readonly listenOn: string;
  readonly data: string;
}

/** server.properties of a node that is broker and controller in one. */
export function nodeProperties({ id, nodes, listenOn, data }: NodeOptions): string {
  const { broker, controller } = nodes[id - 1]!;
  const copies = nodes.length;
  const inSync = Math.min(2, copies);
  const voters = nodes.map((node, index) => `${index + 1}@127.0.0.1:${node.controller}`);
  return lines({
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://${listenOn}:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    // The loss of a broker is noticed within seconds, so that an attack need not wait for it; not sooner, or a busy
    // machine would lose brokers that are only slow.
    'broker.heartbeat.interval.ms': 1000,
    'broker.session.timeout.ms': 5000,
    'replica.lag.time.max.ms': 5000,
  });
}

/** Warnings and worse, to standard output, which the server's file of output gets. */
export const LOGGING = `Configuration:
  Appenders:
    Console:
      name: output
      PatternLayout:
        pattern: '%d %p %c{1} %m%n'
  Loggers:
    Root:
      level: WARN
      AppenderRef:
        ref: output
`;

const lines = (properties: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
