// What crosses between deciders and the log. Writing: validate strictly, seal personal fields per subject, fix the
// exact JSON text, hash. Reading: hash, decrypt, upcast, validate. A text whose hash is right was validated when it
// was written, so only what an upcaster has made is validated again.
import {
  createCipheriv,
  createDecipheriv,
  hash,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';
import { Corrupt, Invalid, Unavailable } from './errors.js';
import type { Event, EventContract, Meta, Recorded, Sealed } from './event.js';
import type { Keys, NewEvent, StoredEvent } from './ports.js';
import { faultsOf } from './validation.js';

/** Bytes of `data` and `meta` of one event; 1 MiB is the limit of a commit. */
export const MAX_EVENT_BYTES = 256 * 1024;
export const MAX_COMMIT_BYTES = 1024 * 1024;

type Contracts = ReadonlyMap<string, EventContract>;
type Fields = Record<string, unknown>;

/** SHA-256 over what an event says and where it stands in its stream; number and epoch are left out, so that a
 * migrated or restored log keeps its hashes. */
export const hashOf = (e: Omit<NewEvent, 'hash'>): string =>
  hash(
    'sha256',
    JSON.stringify([
      e.stream,
      e.version,
      e.id,
      e.type,
      e.v,
      e.key,
      e.occurredAt,
      e.recordedAt,
      e.data,
      e.meta,
    ]),
    'hex',
  );

export interface Place {
  readonly stream: string;
  readonly version: number;
  readonly id: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly meta: Meta;
}

/** Subjects whose personal fields an event carries. */
export function subjectsOf(contract: EventContract, data: object): string[] {
  const found = new Set<string>();
  for (const [field, fields] of Object.entries(contract.personal ?? {}))
    if (Object.keys(fields).some((name) => (data as Fields)[name] !== undefined)) {
      const subject = (data as Fields)[field];
      if (typeof subject !== 'string' || subject === '')
        throw new Invalid('event.invalid', `${contract.type}: ${field} must name the data subject`);
      found.add(subject);
    }
  return [...found];
}

/** Throws Invalid `event.invalid` where the data is not what the contract declares. */
export function assertDeclared(event: Event, contract: EventContract): void {
  const faults = faultsOf(contract.data, event.data);
  if (faults.length)
    throw new Invalid(
      'event.invalid',
      `${event.type} v${event.version} is not as declared`,
      faults,
    );
}

/** The event as the log keeps it, once `assertDeclared` let it pass. `keys` holds a key for each of `subjectsOf`. */
export function encode(
  event: Event,
  contract: EventContract,
  place: Place,
  keys: ReadonlyMap<string, KeyObject>,
): NewEvent {
  const key = (event.data as Fields)[contract.key];
  if (typeof key !== 'string' || key === '')
    throw new Invalid('event.invalid', `${event.type}: the key field ${contract.key} must be text`);
  const subjects = contract.personal ? subjectsOf(contract, event.data) : [];
  const data = subjects.length
    ? sealFields(event.data as Fields, contract, place.id, keys)
    : event.data;
  const meta: Meta = {
    ...place.meta,
    ...(subjects.length ? { subjects } : {}),
    ...(event.pack ? { pack: event.pack } : {}),
  };
  const stored = {
    stream: place.stream,
    version: place.version,
    id: place.id,
    type: event.type,
    v: event.version,
    key,
    occurredAt: event.occurredAt ?? place.occurredAt,
    recordedAt: place.recordedAt,
    data: JSON.stringify(data),
    meta: JSON.stringify(meta),
  };
  return { ...stored, hash: hashOf(stored) };
}

function sealFields(
  data: Fields,
  contract: EventContract,
  event: string,
  keys: ReadonlyMap<string, KeyObject>,
): Fields {
  const open: Fields = { ...data };
  const sealed: Record<string, string> = {};
  for (const [field, kinds] of Object.entries(contract.personal!)) {
    const secret: Fields = {};
    for (const name of Object.keys(kinds))
      if (open[name] !== undefined) {
        secret[name] = open[name];
        delete open[name];
      }
    if (Object.keys(secret).length === 0) continue;
    const subject = data[field] as string;
    sealed[field] = seal(JSON.stringify(secret), keys.get(subject)!, subject + '\n' + event);
  }
  return { ...open, $sealed: sealed };
}

/** Random bytes are fetched in bulk: a nonce at a time costs more than the encryption. */
const pool = Buffer.alloc(12 * 512);
let used = pool.length;

function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return Buffer.from(pool.subarray(used, (used += 12)));
}

/** AES-256-GCM (NIST SP 800-38D); text: base64 of 12 bytes nonce, ciphertext, 16 bytes tag. */
function seal(text: string, key: KeyObject, binding: string): string {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(binding));
  const sealed = cipher.update(text, 'utf8');
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
}

function unseal(sealed: string, key: KeyObject, binding: string): Fields {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    cipher.setAAD(Buffer.from(binding));
    cipher.setAuthTag(bytes.subarray(-16));
    const text = cipher.update(bytes.subarray(12, -16), undefined, 'utf8') + cipher.final('utf8');
    return JSON.parse(text) as Fields;
  } catch {
    throw new Corrupt(`personal fields of ${binding.split('\n')[1]} do not open with their key`);
  }
}

/** Opens a sealed value; an erased subject gives {}. Throws Unavailable when the keyring cannot be read. */
export async function openSealed(sealed: Sealed, keys: Keys): Promise<Fields> {
  const key = (await keys.find([sealed.subject])).get(sealed.subject);
  if (key === 'erased') return {};
  if (!key) throw new Unavailable(`the keyring has no key and no tombstone for ${sealed.subject}`);
  return unseal(sealed.$sealed, key, `${sealed.subject}\n${sealed.event}`);
}

/** An event that several subscribers read from memory is hashed and parsed once. */
const decoded = new WeakMap<StoredEvent, Recorded>();

/** Checks the hash and gives the event as its newest contract has it. Personal fields stay sealed. */
export function decode(stored: StoredEvent, log: string, contracts: Contracts): Recorded {
  const known = decoded.get(stored);
  if (known && known.version === contracts.get(stored.type)?.version) return known;
  const recorded = open(stored, log, contracts);
  decoded.set(stored, recorded);
  return recorded;
}

function open(stored: StoredEvent, log: string, contracts: Contracts): Recorded {
  if (hashOf(stored) !== stored.hash)
    throw new Corrupt(`${log}: event ${stored.g} is not what was written (hash differs)`);
  const contract = contracts.get(stored.type);
  if (!contract) throw new Corrupt(`${log}: event ${stored.g} has the unknown type ${stored.type}`);
  const { $sealed, ...data } = JSON.parse(stored.data) as { $sealed?: Record<string, string> };
  return {
    type: stored.type,
    version: contract.version,
    data: upcast(contract, stored.v, data),
    id: stored.id,
    log,
    g: stored.g,
    stream: stored.stream,
    streamVersion: stored.version,
    key: stored.key,
    occurredAt: stored.occurredAt,
    recordedAt: stored.recordedAt,
    meta: JSON.parse(stored.meta) as Meta,
    sealed: $sealed ? sealedOf($sealed, contract, data, stored.id) : {},
  };
}

function sealedOf(
  texts: Record<string, string>,
  contract: EventContract,
  data: Fields,
  event: string,
): Record<string, Sealed> {
  return Object.fromEntries(
    Object.entries(texts).map(([field, $sealed]) => [
      field,
      { $sealed, subject: data[field] as string, event, kinds: contract.personal?.[field] ?? {} },
    ]),
  );
}

function upcast(contract: EventContract, from: number, old: object): object {
  if (from === contract.version) return old;
  let data = old;
  for (let v = from; v < contract.version; v++) {
    const step = contract.upcasts?.[v];
    if (!step) throw new Corrupt(`${contract.type} has no upcaster from version ${v}`);
    data = step(data as never);
  }
  if (from > contract.version)
    throw new Corrupt(`${contract.type} v${from} was written by a newer release than this one`);
  const faults = faultsOf(contract.data, data);
  if (faults.length)
    throw new Corrupt(
      `${contract.type}: what the upcaster from v${from} makes is not as declared: ${faults[0]!.message}`,
    );
  return data;
}

/** The event with its personal fields opened into `data`, for consumers that declare the need. */
export async function withPersonal(event: Recorded, keys: Keys): Promise<Recorded> {
  const sealed = Object.values(event.sealed);
  if (sealed.length === 0) return event;
  const data: Fields = { ...(event.data as Fields) };
  for (const one of sealed) Object.assign(data, await openSealed(one, keys));
  return { ...event, data };
}
