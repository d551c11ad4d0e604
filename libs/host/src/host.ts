import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { refuseRestored, Runtime, type Engine, type Service } from '@shouwen/engine';
import { openEmbeddedEngine } from '@shouwen/engine-embedded';
import { doorOf, serviceContainer, Tokens, type Log } from '@shouwen/nest';
import { loadStandards } from '@shouwen/standards';
import { Accounts, accountsRuntime, senderTo } from './accounts.js';
import type { Configuration } from './configuration.js';
import { fileStoreOf, proveFiles } from './file-settings.js';
import { firstStart, type Seed } from './first-start.js';
import { hostContainer } from './host-container.js';
import { HostTelemetry } from './host-telemetry.js';
import { DirectoryInstallation, ServedInstallation, type Installation } from './installation.js';
import { metricsHandler } from './metrics-door.js';
import { observed } from './observed.js';
import { FrontDoor, type Handler } from './server.js';
import { Here, settle, Training, type SimulatedTime } from './training.js';

export interface HostOptions {
  readonly configuration: Configuration;
  readonly log: Log;
  /** Absent: the shipped packs and what STANDARDS_DIR lays over them. */
  readonly standards?: object;
  /** Sends what a new installation starts with, such as a sample city. */
  readonly firstStart?: Seed;
}

export interface Host {
  readonly url: string;
  /** The administrator's password where this start made one; shown once. */
  readonly password?: string;
  readonly isNew: boolean;
  readonly runtimes: readonly Runtime[];
  readonly training: Training | null;
  readonly accounts: Accounts;
  stop(): Promise<void>;
}

const version = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  }
).version;

/** Services share one engine, one port and one shutdown; nothing else. */
export async function startHost(services: readonly Service[], options: HostOptions): Promise<Host> {
  const { configuration, log } = options;
  const { standardsDir, training } = configuration;
  const about = { services: services.map(({ name }) => name), version };
  const telemetry = await HostTelemetry.open(configuration, about);
  const { engine, installation } = await openEngine(configuration, services, telemetry);
  const undo: (() => Promise<void>)[] = [() => telemetry.close(), () => engine.close()];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    await proveFiles(engine.files);
    if (configuration.servers) await installation.keepApart(training !== undefined);
    const standards =
      options.standards ?? (await loadStandards(standardsDir ? { folders: [standardsDir] } : {}));
    const names = services.map(({ name }) => name);
    await refuseRestored(engine, names);
    const watched = observed(engine, telemetry.appended);
    const runtimes = services.map(
      (service) => new Runtime({ service, engine: watched, standards, log }),
    );
    // On servers each makes its tables, which takes long, and waiting is not work.
    await Promise.all(runtimes.map((runtime) => runtime.open()));
    return await open({ runtimes, engine, installation, telemetry, options, undo, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

type Opened = Engine & { close(): Promise<void> };

async function openEngine(
  configuration: Configuration,
  services: readonly Service[],
  telemetry: HostTelemetry,
): Promise<{ engine: Opened; installation: Installation }> {
  const { servers, dataDir, training, masterKeyFile, port } = configuration;
  const store = await fileStoreOf(configuration, dataDir);
  const more = { ...(training ? { training } : {}), ...(store ? { files: store } : {}) };
  if (servers) {
    // Whoever needs no servers need not carry their drivers.
    const { openKafkaEngine } = await import('@shouwen/engine-kafka');
    // Any free port is no place of its own.
    const seat = port === 0 ? {} : { seat: `${hostname()}:${port}` };
    const onSent = telemetry.sent;
    const engine = await openKafkaEngine({ ...servers, ...more, ...seat, onSent });
    return { engine, installation: new ServedInstallation(engine, services) };
  }
  const installation = new DirectoryInstallation(dataDir, services);
  // Before the engine writes the training clock into a directory of real data.
  await installation.keepApart(training !== undefined);
  const engine = openEmbeddedEngine({
    directory: dataDir,
    ...more,
    ...(masterKeyFile ? { masterKeyFile } : {}),
  });
  return { engine, installation };
}

interface Parts {
  readonly runtimes: readonly Runtime[];
  readonly engine: Opened;
  readonly installation: Installation;
  readonly telemetry: HostTelemetry;
  readonly options: HostOptions;
  readonly undo: (() => Promise<void>)[];
  readonly stop: () => Promise<void>;
}

async function open(parts: Parts): Promise<Host> {
  const { runtimes, engine, installation, telemetry, options, undo, stop } = parts;
  const { configuration, log } = options;
  const doors = new Map<Runtime, ReturnType<typeof doorOf>>();
  const send = senderTo(runtimes, doors);
  const accounts = new Accounts(accountsRuntime(runtimes), send);
  const tokens = new Tokens(engine.keys.purpose('token'), {
    lookUp: (claimed) => accounts.current(claimed),
  });
  const handlers = new Map<string, Handler>();
  const fingerprintKey = createSecretKey(engine.keys.purpose('fingerprint'));
  for (const runtime of runtimes) {
    const app = await serviceContainer(
      { runtime, engine, fingerprintKey },
      { tokens, log, telemetry },
    );
    undo.push(() => app.close());
    handlers.set(runtime.service.name, routingOf(app));
    doors.set(runtime, doorOf(app, telemetry));
  }
  // Consumers drain before the containers close: their commands still pass the buses.
  undo.push(async () => void (await Promise.all(runtimes.map((runtime) => runtime.stop()))));
  await Promise.all(runtimes.map((runtime) => runtime.start(doors.get(runtime)!)));
  const { time } = engine;
  const here = new Here(engine, runtimes);
  const training = isSimulated(time) ? new Training(time, here) : null;
  const begun = await firstStart({
    installation,
    accounts,
    send,
    isPasswordNeeded: configuration.servers !== undefined,
    // On servers the others may be busy with their own start; what waits is told by /health/ready.
    settle: async () => void (configuration.servers ? null : await settle([here])),
    ...(configuration.adminPassword === undefined
      ? {}
      : { adminPassword: configuration.adminPassword }),
    ...(options.firstStart ? { seed: options.firstStart } : {}),
  });
  const isStopping = () => door.isStopping;
  const own = await hostContainer({
    ...{ runtimes, accounts, tokens, log, telemetry, training, version, isStopping },
    peers: configuration.peers,
  });
  undo.push(() => own.close());
  await openMetrics(parts, handlers);
  const door = new FrontDoor(handlers, routingOf(own));
  const port = await door.listen(configuration.port, configuration.host);
  undo.push(() => door.stop());
  return {
    url: `http://${configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host}:${port}`,
    isNew: begun !== null,
    ...(begun?.password === undefined ? {} : { password: begun.password }),
    ...{ runtimes, training, accounts, stop },
  };
}

/** Metrics on the port that everybody uses, and on the one of their own where it is set. */
async function openMetrics(
  { runtimes, engine, telemetry, options: { configuration }, undo }: Parts,
  handlers: Map<string, Handler>,
): Promise<void> {
  const relays = () => engine.transport.relayStatus();
  const now = () => engine.time.now();
  const metrics = await telemetry.watch({ runtimes, relays, now }, configuration);
  if (!metrics) return;
  handlers.set('metrics', metricsHandler(metrics, false));
  const { host, metrics: { port } = {} } = configuration;
  if (port === undefined) return;
  const door = new FrontDoor(new Map(), metricsHandler(metrics, true));
  await door.listen(port, host, 'METRICS_PORT');
  undo.push(() => door.stop());
}

const routingOf = (app: Awaited<ReturnType<typeof serviceContainer>>): Handler => {
  const instance = app.getHttpAdapter().getInstance();
  return (request, response) => instance.routing(request, response);
};

const isSimulated = (time: Engine['time']): time is Engine['time'] & SimulatedTime =>
  time.mode === 'training';
