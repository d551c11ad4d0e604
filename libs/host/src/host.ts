import { createSecretKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused, Runtime, type Service } from '@shouwen/engine';
import { openEmbeddedEngine, TrainingTime } from '@shouwen/engine-embedded';
import { doorOf, serviceContainer, Tokens, type Log } from '@shouwen/nest';
import { loadStandards } from '@shouwen/standards';
import { Accounts, accountsRuntime, senderTo, type Send } from './accounts.js';
import type { Configuration } from './configuration.js';
import { firstStart } from './first-start.js';
import { hostContainer } from './host-container.js';
import { FrontDoor, type Handler } from './server.js';
import { Training } from './training.js';

export interface HostOptions {
  readonly configuration: Configuration;
  readonly log: Log;
  /** Absent: the shipped packs and what STANDARDS_DIR lays over them. */
  readonly standards?: object;
  /** Sends what a new installation starts with, such as a sample city. */
  readonly firstStart?: (send: Send) => Promise<void>;
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
  const { dataDir, training, masterKeyFile, standardsDir } = configuration;
  keepTrainingApart(dataDir, training !== undefined);
  const engine = openEmbeddedEngine({
    directory: dataDir,
    ...(training ? { training } : {}),
    ...(masterKeyFile ? { masterKeyFile } : {}),
  });
  const undo: (() => Promise<void>)[] = [() => engine.close()];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const standards =
      options.standards ?? (await loadStandards(standardsDir ? { folders: [standardsDir] } : {}));
    const runtimes = services.map((service) => new Runtime({ service, engine, standards, log }));
    for (const runtime of runtimes) await runtime.open();
    return await open({ runtimes, engine, options, undo, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(parts: {
  runtimes: readonly Runtime[];
  engine: ReturnType<typeof openEmbeddedEngine>;
  options: HostOptions;
  undo: (() => Promise<void>)[];
  stop: () => Promise<void>;
}): Promise<Host> {
  const { runtimes, engine, options, undo, stop } = parts;
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
    const app = await serviceContainer({ runtime, fingerprintKey }, { tokens, log });
    undo.push(() => app.close());
    handlers.set(runtime.service.name, routingOf(app));
    doors.set(runtime, doorOf(app));
  }
  // Consumers drain before the containers close: their commands still pass the buses.
  undo.push(async () => void (await Promise.all(runtimes.map((runtime) => runtime.stop()))));
  for (const runtime of runtimes) await runtime.start(doors.get(runtime)!);
  const { time } = engine;
  const settler = new Training(time as TrainingTime, runtimes);
  const training = time instanceof TrainingTime ? settler : null;
  const begun = await firstStart({
    directory: configuration.dataDir,
    accounts,
    send,
    settle: () => settler.settle(),
    ...(configuration.adminPassword === undefined
      ? {}
      : { adminPassword: configuration.adminPassword }),
    ...(options.firstStart ? { seed: options.firstStart } : {}),
  });
  const isStopping = () => door.isStopping;
  const own = await hostContainer({
    ...{ runtimes, accounts, tokens, log, training, version, isStopping },
  });
  undo.push(() => own.close());
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

const routingOf = (app: Awaited<ReturnType<typeof serviceContainer>>): Handler => {
  const instance = app.getHttpAdapter().getInstance();
  return (request, response) => instance.routing(request, response);
};

/** A directory whose events carry simulated instants must never go on with the real clock, nor the other way round. */
function keepTrainingApart(directory: string, isTraining: boolean): void {
  const isTrainingData = existsSync(join(directory, 'training.json'));
  const hasLogs =
    existsSync(directory) && readdirSync(directory).some((f) => f.endsWith('.log.db'));
  if (isTrainingData && !isTraining)
    throw new Refused(
      `${directory} is a training directory; start it with --training, or set DATA_DIR to another one.`,
    );
  if (hasLogs && !isTrainingData && isTraining)
    throw new Refused(
      `${directory} holds real data; training needs a directory of its own: set DATA_DIR.`,
    );
}
