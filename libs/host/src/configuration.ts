import { readdirSync } from 'node:fs';
import { Refused } from '@shouwen/engine';
import { fileSettingsOf, type FileSettings } from './file-settings.js';
import { Mistakes } from './mistakes.js';
import { secretOf, type Environment } from './secrets.js';
import { serversOf, type Servers } from './servers.js';
import { watchSettingsOf, type WatchSettings } from './watch-settings.js';

export interface Configuration extends FileSettings, WatchSettings {
  /** Names of the services of this process; empty: all. */
  readonly services: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** MongoDB and Kafka; absent: the embedded engine. */
  readonly servers?: Servers;
  readonly adminPassword?: string;
  readonly masterKeyFile?: string;
  readonly standardsDir?: string;
  /** Present in training mode; `from`: where the simulated clock of a new installation starts. */
  readonly training?: { readonly from?: string };
  /** Addresses of the other processes, which move the training clock together with this one. */
  readonly peers: readonly string[];
  readonly isHelp: boolean;
}

export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 200;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * What environment and command line say. Throws Refused with one sentence per mistake, each naming the setting at
 * fault; with --help nothing is refused but the command line itself.
 */
export function configurationOf(argv: readonly string[], env: Environment): Configuration {
  const { flags, services } = optionsOf(argv);
  const mistakes = new Mistakes();
  const host = env['HOST'] || '127.0.0.1';
  const { MASTER_KEY_FILE } = env;
  const isHelp = flags.has('--help');
  const servers = serversOf(env, mistakes);
  const adminPassword = mistakes.of(() => passwordOf(env), undefined);
  const standardsDir = mistakes.of(() => standardsOf(env), undefined);
  const configuration = {
    services,
    port: mistakes.of(() => portOf(env['PORT']), 0),
    host,
    dataDir: env['DATA_DIR'] || './data',
    ...(servers ? { servers } : {}),
    ...(adminPassword === undefined ? {} : { adminPassword }),
    ...(MASTER_KEY_FILE ? { masterKeyFile: MASTER_KEY_FILE } : {}),
    ...(standardsDir === undefined ? {} : { standardsDir }),
    ...fileSettingsOf(env, mistakes, servers !== undefined),
    ...mistakes.of(() => trainingOf(flags, host), {}),
    ...watchSettingsOf(env, mistakes),
    peers: mistakes.of(() => peersOf(env['PEERS'], flags.has('--training')), []),
    isHelp,
  };
  if (!isHelp) mistakes.refuse();
  return configuration;
}

function passwordOf(env: Environment): string | undefined {
  const password = secretOf('ADMIN_PASSWORD', env);
  if (password !== undefined) checkPassword(password);
  return password;
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'which is not there',
  ENOTDIR: 'which is no directory',
};

function standardsOf({ STANDARDS_DIR: directory }: Environment): string | undefined {
  if (!directory) return undefined;
  try {
    readdirSync(directory);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new Refused(
      `STANDARDS_DIR names ${directory}, ${UNREADABLE[code] ?? `which cannot be read (${code})`}.`,
    );
  }
  return directory;
}

/** Where training processes find each other. A clock that anybody may move listens on loopback, so they are there. */
function peersOf(text: string | undefined, isTraining: boolean): readonly string[] {
  if (!text) return [];
  if (!isTraining)
    throw new Refused('PEERS is for training mode, whose processes move one clock together.');
  const peers = text.split(',').map((peer) => peer.trim().replace(/\/+$/, ''));
  const wrong = peers.find(
    (peer) => !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(peer),
  );
  if (wrong !== undefined)
    throw new Refused(
      `PEERS must be addresses such as http://127.0.0.1:3001, with commas between them; one is ${wrong || 'empty'}.`,
    );
  return peers;
}

function trainingOf(
  flags: ReadonlyMap<string, string>,
  host: string,
): Pick<Configuration, 'training'> {
  const from = flags.get('--from');
  const isTraining = flags.has('--training');
  if (from !== undefined && !isTraining)
    throw new Refused('--from sets the simulated clock and needs --training beside it.');
  if (isTraining && !LOOPBACK.includes(host))
    throw new Refused(
      `Training mode lets its users move the clock, so it listens on 127.0.0.1 only; HOST is ${host}.`,
    );
  if (!isTraining) return {};
  return { training: from === undefined ? {} : { from: instantOf(from) } };
}

function optionsOf(argv: readonly string[]): {
  readonly flags: ReadonlyMap<string, string>;
  readonly services: readonly string[];
} {
  const flags = new Map<string, string>();
  const services = new Set<string>();
  const rest = argv.flatMap((item) => {
    const [, name, value] = /^(--[a-z-]+)=(.*)$/.exec(item) ?? [];
    return name === undefined ? [item] : [name, value ?? ''];
  });
  for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
    if (item === '--from') flags.set(item, rest.shift() ?? '');
    else if (item === '--training' || item === '--help') flags.set(item, '');
    else if (item.startsWith('-'))
      throw new Refused(`${item} is not an option; --help lists what there is.`);
    else services.add(item);
  }
  return { flags, services: [...services] };
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 3000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65535)
    throw new Refused(`PORT must be a number from 0 to 65535; it is ${text}.`);
  return port;
}

function instantOf(text: string): string {
  const isInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(
    text,
  );
  const time = isInstant ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new Refused(
      `--from must be an instant with its offset, such as 2026-01-01T00:00:00+08:00; it is ${text || 'empty'}.`,
    );
  return new Date(time).toISOString();
}

/** A password that may be set. Throws Refused with the rule that it breaks. */
export function checkPassword(password: string): void {
  const { length } = [...password];
  if (length < MIN_PASSWORD)
    throw new Refused(
      `ADMIN_PASSWORD must have at least ${MIN_PASSWORD} characters; it has ${length}.`,
    );
  if (length > MAX_PASSWORD)
    throw new Refused(
      `ADMIN_PASSWORD must have at most ${MAX_PASSWORD} characters; it has ${length}.`,
    );
}
