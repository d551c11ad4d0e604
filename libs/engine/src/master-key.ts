// The master key of an installation: it wraps the keys of data subjects, lies outside logs and backups, and is the
// same for whatever keeps the keyring.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomUUID,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * The master key of a keyring; another one, or none where keys exist, is refused before anything is written.
 * `check`: what the keyring remembers of its master key, null for a new keyring.
 */
export function openMasterKey(
  file: string,
  check: string | null,
): { readonly key: KeyObject; readonly check: string } {
  if (check !== null && !existsSync(file))
    throw new Error(
      `The master key ${file} is missing. Without it no personal data can be read; put the file back ` +
        `(MASTER_KEY_FILE names it) and start again.`,
    );
  if (!existsSync(file)) writeNewKey(file);
  const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (master.length !== 32)
    throw new Error(`${file} does not hold a master key (32 bytes in base64).`);
  const own = createHmac('sha256', master).update('shouwen master key').digest();
  if (check !== null && !timingSafeEqual(Buffer.from(check, 'hex'), own))
    throw new Error(`${file} is not the master key of this data directory.`);
  return { key: createSecretKey(master), check: own.toString('hex') };
}

/**
 * Two processes that start at once end with the same key: the second finds the first one's file whole. Process numbers
 * tell drafts apart neither between containers, where each is number 1, nor from one that was killed.
 */
function writeNewKey(file: string): void {
  const draft = `${file}.${randomUUID()}`;
  const handle = openSync(draft, 'wx', 0o600);
  writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  keepEntry(dirname(file));
}

/** A name is as durable as its directory: a lost file under a remembered check could never be opened again. */
function keepEntry(directory: string): void {
  // Windows opens no directory, and writes names through by itself.
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A key of the installation for one purpose. */
export const purposeKey = (master: KeyObject, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', `shouwen ${name}`, 32));

export function wrapKey(key: Buffer, master: KeyObject, subject: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce);
  cipher.setAAD(Buffer.from(subject));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

export function unwrapKey(wrapped: Uint8Array, master: KeyObject, subject: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, 12));
  cipher.setAAD(Buffer.from(subject));
  cipher.setAuthTag(wrapped.subarray(-16));
  return Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()]);
}
