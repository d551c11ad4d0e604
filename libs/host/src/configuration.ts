import { Refused } from '@shouwen/engine';

export interface Configuration {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly adminPassword?: string;
  readonly masterKeyFile?: string;
  readonly standardsDir?: string;
  /** Present in training mode; `from`: where the simulated clock of a new directory starts. */
  readonly training?: { readonly from?: string };
  readonly isHelp: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 200;

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

export const HELP = `Shouwen 首问: customer service for water, heat, gas and power companies.

  npm start                      all services on http://127.0.0.1:3000
  npm start -- --training        with a simulated clock that POST /training/clock/advance moves
  npm start -- --training --from 2026-01-01T00:00:00+08:00

Options
  --training          simulated clock, loopback only, kept in the data directory
  --from INSTANT      where the simulated clock of a new data directory starts
  --help              this text

Environment
  PORT                port to listen on                            3000
  HOST                address to listen on                         127.0.0.1
  DATA_DIR            where everything is kept                     ./data
  ADMIN_PASSWORD      password of admin at the first start         a random one, printed once
  MASTER_KEY_FILE     key that wraps the keys of personal data     in the data directory
  STANDARDS_DIR       folder of packs laid over the shipped ones   none
  SHOUWEN_DEBUG       set: show the frames of an error at start    not set
`;

/** What environment and command line say. Throws Refused with a sentence that names the setting at fault. */
export function configurationOf(argv: readonly string[], env: Environment): Configuration {
  const flags = optionsOf(argv);
  const host = env['HOST'] || '127.0.0.1';
  const { ADMIN_PASSWORD: adminPassword, MASTER_KEY_FILE, STANDARDS_DIR } = env;
  if (adminPassword !== undefined) checkPassword(adminPassword);
  return {
    port: portOf(env['PORT']),
    host,
    dataDir: env['DATA_DIR'] || './data',
    ...(adminPassword === undefined ? {} : { adminPassword }),
    ...(MASTER_KEY_FILE ? { masterKeyFile: MASTER_KEY_FILE } : {}),
    ...(STANDARDS_DIR ? { standardsDir: STANDARDS_DIR } : {}),
    ...trainingOf(flags, host),
    isHelp: flags.has('--help'),
  };
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

function optionsOf(argv: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  const rest = argv.flatMap((item) => {
    const [, name, value] = /^(--[a-z-]+)=(.*)$/.exec(item) ?? [];
    return name === undefined ? [item] : [name, value ?? ''];
  });
  for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
    if (item === '--from') flags.set(item, rest.shift() ?? '');
    else if (item === '--training' || item === '--help') flags.set(item, '');
    else throw new Refused(`${item} is not an option; --help lists what there is.`);
  }
  return flags;
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
