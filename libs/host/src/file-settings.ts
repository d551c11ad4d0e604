// What the environment says about where files are kept. Each mistake is one sentence that names the setting.
import { join } from 'node:path';
import { Refused, Unavailable, type FileStore, type Files } from '@shouwen/engine';
import { DirectoryFiles } from '@shouwen/engine-embedded';
import type { S3Options } from '@shouwen/files-s3';
import type { Mistakes } from './mistakes.js';
import { secretOf, type Environment } from './secrets.js';

export interface FileSettings {
  /** Absent: where the engine keeps them by itself, in its directory or in MongoDB. */
  readonly files?: { readonly in: 'directory' } | { readonly in: 's3'; readonly s3: S3Options };
}

const PLACES = ['directory', 'mongodb', 's3'] as const;
/** What servers other than Amazon's mostly call the one region they have. */
const USUAL_REGION = 'us-east-1';

export function fileSettingsOf(
  env: Environment,
  mistakes: Mistakes,
  isOnServers: boolean,
): FileSettings {
  const own = isOnServers ? 'mongodb' : 'directory';
  const place = mistakes.of(() => placeOf(env, own), own);
  if (place === 's3') return { files: { in: 's3', s3: s3Of(env, mistakes) } };
  mistakes.of(() => refuseOthers(env, place), undefined);
  return place === own ? {} : { files: { in: 'directory' } };
}

/** The store that was chosen; undefined: the engine's own. */
export async function fileStoreOf(
  { files }: FileSettings,
  dataDir: string,
): Promise<FileStore | undefined> {
  if (!files) return undefined;
  if (files.in === 'directory') return new DirectoryFiles(join(dataDir, 'files'));
  const { S3Files } = await import('@shouwen/files-s3');
  return new S3Files(files.s3);
}

/** A process that cannot keep files says so when it starts, and not to whoever sends the first one. */
export async function proveFiles(files: Files): Promise<void> {
  try {
    await files.prove();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new Refused(`Files cannot be kept: ${error.message}`, { cause: error });
  }
}

function placeOf({ FILES: place }: Environment, own: 'directory' | 'mongodb') {
  const found = PLACES.find((one) => one === (place || own));
  if (!found) throw new Refused(`FILES must be ${PLACES.join(', ')}; it is ${place}.`);
  if (found === 'mongodb' && own === 'directory')
    throw new Refused(
      'FILES is mongodb, and MONGO_URL, which would say where that is, is not set.',
    );
  return found;
}

/** Whoever sets them means to have files there, and would find them elsewhere. */
function refuseOthers(env: Environment, place: string): undefined {
  const set = Object.keys(env).find((name) => name.startsWith('S3_') && env[name]);
  if (set) throw new Refused(`${set} is set, and files are kept in: ${place}. Set FILES to s3.`);
}

function s3Of(env: Environment, mistakes: Mistakes): S3Options {
  const { S3_BUCKET: bucket, S3_PREFIX: prefix } = env;
  const endpoint = mistakes.of(() => endpointOf(env), undefined);
  const style = mistakes.of(() => styleOf(env), undefined);
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(style === undefined ? {} : { isPathStyle: style === 'path' }),
    ...(prefix ? { prefix: mistakes.of(() => prefixOf(prefix), prefix) } : {}),
    bucket: mistakes.of(() => bucketOf(bucket), ''),
    region: mistakes.of(() => regionOf(env), USUAL_REGION),
    accessKey: mistakes.of(() => neededOf('S3_ACCESS_KEY', env), ''),
    secretKey: mistakes.of(() => neededOf('S3_SECRET_KEY', env), ''),
  };
}

function endpointOf({ S3_ENDPOINT: text }: Environment): string | undefined {
  if (!text) return undefined;
  const url = /^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? new URL(text) : null;
  // It may hold a password, so it is not shown.
  if (!url || url.search || url.hash || url.username || url.password)
    throw new Refused('S3_ENDPOINT must be an address such as https://minio.example:9000.');
  return text;
}

function styleOf({ S3_STYLE: style }: Environment): string | undefined {
  if (!style) return undefined;
  if (style !== 'path' && style !== 'host')
    throw new Refused(`S3_STYLE must be path or host; it is ${style}.`);
  return style;
}

function prefixOf(text: string): string {
  if (!/^[a-z0-9][a-z0-9/-]{0,99}$/.test(text))
    throw new Refused(
      `S3_PREFIX must be small letters, digits, hyphens and slashes, at most 100 of them; it is ${text}.`,
    );
  return text.endsWith('/') ? text : `${text}/`;
}

function bucketOf(bucket: string | undefined): string {
  if (!bucket)
    throw new Refused('S3_BUCKET is missing: it names the bucket that files are kept in.');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Refused(
      `S3_BUCKET must be 3 to 63 small letters, digits, hyphens and dots; it is ${bucket}.`,
    );
  return bucket;
}

function regionOf({ S3_REGION: region, S3_ENDPOINT: endpoint }: Environment): string {
  if (!region && !endpoint)
    throw new Refused(
      'S3_REGION is missing: without S3_ENDPOINT it says where Amazon keeps the bucket.',
    );
  if (region && !/^[a-z0-9-]{1,40}$/.test(region))
    throw new Refused(`S3_REGION must be a name such as ${USUAL_REGION}; it is ${region}.`);
  return region || USUAL_REGION;
}

function neededOf(name: string, env: Environment): string {
  const secret = secretOf(name, env);
  if (!secret) throw new Refused(`${name} is missing: it, or a file that ${name}_FILE names.`);
  return secret;
}
