import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Corrupt, Refused, Unavailable, type FileStore } from '@shouwen/engine';
import { configurationOf, fileStoreOf, type Configuration } from '@shouwen/host';

type Servers = NonNullable<Configuration['servers']>;

export interface Settings {
  readonly dataDir: string;
  readonly masterKeyFile: string;
  readonly servers?: Servers;
  /** Where files are kept; absent: where the engine keeps them by itself. */
  readonly files?: FileStore;
}

/** The installation that the environment describes, as `npm start` would take it. */
export async function settingsOf(env: NodeJS.ProcessEnv): Promise<Settings> {
  const own = join(env['DATA_DIR'] || './data', 'master.key');
  const masterKeyFile = env['MASTER_KEY_FILE'] || own;
  const key = existsSync(masterKeyFile) ? { MASTER_KEY_FILE: masterKeyFile } : {};
  const configuration = configurationOf([], { ...env, ...key });
  const { dataDir, servers } = configuration;
  const files = await fileStoreOf(configuration, dataDir);
  return { dataDir, masterKeyFile, ...(servers ? { servers } : {}), ...(files ? { files } : {}) };
}

/** Errors whose message is written for whoever typed the command. */
export const isForPeople = (error: unknown): error is Error =>
  [Refused, Unavailable, Corrupt].some((kind) => error instanceof kind) ||
  (error instanceof Error && / is in use by another running process/.test(error.message)) ||
  (error instanceof Error && /master key/.test(error.message));
