// The keyring of the installation, the one store that services share: a key a data subject, wrapped by a master key
// that lies outside. Erasing overwrites the wrapped key with a tombstone.
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Binary, type Collection, type Db } from 'mongodb';
import {
  Rejected,
  openMasterKey,
  purposeKey,
  unwrapKey,
  wrapKey,
  type Keys,
} from '@shouwen/engine';
import { attempt, isDuplicateKey } from './mongo.js';

/** Unwrapped keys kept in memory at most; about 200 bytes each. */
const REMEMBERED = 10_000;
/** How long a key is used without asking whether somebody erased it elsewhere. Milliseconds. */
const FRESH = 2_000;

interface KeptKey {
  /** The subject. */
  readonly _id: string;
  /** Null: erased. */
  readonly wrapped: Binary | null;
  readonly erasedAt: Date | null;
}

interface Fact {
  readonly _id: string;
  readonly value: string;
}

type Found = ReadonlyMap<string, KeyObject | 'erased'>;

export class MongoKeys implements Keys {
  private readonly known = new Map<string, { readonly key: KeyObject; readonly until: number }>();

  private constructor(
    private readonly keys: Collection<KeptKey>,
    private readonly master: KeyObject,
  ) {}

  static async open(db: Db, masterKeyFile: string): Promise<MongoKeys> {
    const facts = db.collection<Fact>('installation');
    const stored = () => attempt(() => facts.findOne({ _id: 'master check' }));
    const { check } = openMasterKey(masterKeyFile, (await stored())?.value ?? null);
    await attempt(() =>
      facts
        .updateOne({ _id: 'master check' }, { $setOnInsert: { value: check } }, { upsert: true })
        .catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
        }),
    );
    // Of two that began at once with different files, the second is refused here.
    const { key } = openMasterKey(masterKeyFile, (await stored())!.value);
    return new MongoKeys(db.collection('keys'), key);
  }

  async ensure(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyObject>> {
    let found = await this.find(subjects);
    const missing = [...new Set(subjects)].filter((subject) => !found.has(subject));
    if (missing.length > 0) {
      await this.make(missing);
      found = new Map([...found, ...(await this.find(missing))]);
    }
    const keys = new Map<string, KeyObject>();
    for (const [subject, key] of found) {
      if (key === 'erased')
        throw new Rejected('subject.erased', 'This person was erased; record a new one instead.');
      keys.set(subject, key);
    }
    return keys;
  }

  async find(subjects: readonly string[]): Promise<Found> {
    const found = new Map<string, KeyObject | 'erased'>();
    const wanted = new Set<string>();
    const now = performance.now();
    for (const subject of subjects) {
      const known = this.known.get(subject);
      if (known && now < known.until) found.set(subject, known.key);
      else wanted.add(subject);
    }
    if (wanted.size === 0) return found;
    const kept = await attempt(() => this.keys.find({ _id: { $in: [...wanted] } }).toArray());
    for (const { _id: subject, wrapped } of kept)
      found.set(subject, wrapped ? this.unwrapped(subject, wrapped) : this.forget(subject));
    return found;
  }

  async erase(subject: string): Promise<void> {
    await attempt(() =>
      this.keys.updateOne(
        { _id: subject, erasedAt: null },
        { $set: { wrapped: null, erasedAt: new Date() } },
        { upsert: true },
      ),
    ).catch((error: unknown) => {
      // The upsert met a tombstone that is there already.
      if (!isDuplicateKey((error as Error).cause)) throw error;
    });
    this.known.delete(subject);
  }

  purpose(name: string): Buffer {
    return purposeKey(this.master, name);
  }

  /** Several may make a key for one subject at once; the first one stays and is read back by all. */
  private async make(subjects: readonly string[]): Promise<void> {
    const made = subjects.map((subject) => ({
      updateOne: {
        filter: { _id: subject },
        update: {
          $setOnInsert: {
            wrapped: new Binary(wrapKey(randomBytes(32), this.master, subject)),
            erasedAt: null,
          },
        },
        upsert: true,
      },
    }));
    await attempt(() =>
      this.keys.bulkWrite(made, { ordered: false }).catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      }),
    );
  }

  private unwrapped(subject: string, wrapped: Binary): KeyObject {
    const known = this.known.get(subject);
    const key = known?.key ?? createSecretKey(unwrapKey(wrapped.buffer, this.master, subject));
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(subject, { key, until: performance.now() + FRESH });
    return key;
  }

  private forget(subject: string): 'erased' {
    this.known.delete(subject);
    return 'erased';
  }
}
