// How far one subscription has read each partition of each log. A position is written together with what was made of
// the events, on condition that what stands there is what this runner wrote last. Whoever takes the work over writes
// all of them anew under a name of its own: whoever had it before can write nothing any more.
import { randomUUID } from 'node:crypto';
import { Refused } from './errors.js';
import type { Documents, LogIdentity, Put, Standing } from './ports.js';

export const CHECKPOINTS = { name: '$checkpoints', indexes: ['name'] };
/** A position that moved without a matching event is written after this many. Events read twice do no harm. */
export const LAZY = 2_000;
const SYSTEM = '-';
/** Stands for a log that nobody had heard of when the subscription first looked: it is read from its beginning. */
const UNHEARD = -1;

export interface Checkpoint {
  /** Durable name of the subscription. */
  readonly name: string;
  readonly log: string;
  readonly partition: number;
  readonly logId: string;
  readonly epoch: number;
  /** Last event number that is done. */
  readonly g: number;
  /** Where the transport finds it again. */
  readonly place?: string;
  /** Who took the work over last. */
  readonly runner: string;
}

/** A log, and where each partition of it ends; without any while nobody says. */
export interface Heads {
  readonly log: string;
  readonly identity: LogIdentity;
  readonly ends: ReadonlyMap<number, number>;
  /** Places of partitions begin with it; where one does not, the end says nothing about what that checkpoint saw. */
  readonly making?: string;
}

export interface At {
  readonly log: string;
  readonly partition: number;
  readonly identity: LogIdentity;
}

interface Position extends At {
  /** Written with documents; null before the first write. */
  saved: Checkpoint | null;
  g: number;
  place?: string;
}

export class Positions {
  private readonly known = new Map<string, Position>();
  /** Checkpoints of partitions that nobody has spoken of yet. */
  private readonly kept = new Map<string, Checkpoint>();
  private runner = '';

  constructor(
    private readonly name: string,
    private readonly documents: Documents,
  ) {}

  /** Throws Refused where a log is not the one that was read, Fenced where somebody else takes over as well. */
  async takeOver(logs: readonly Heads[], startsAtHead: boolean): Promise<void> {
    this.known.clear();
    this.kept.clear();
    this.runner = randomUUID();
    for (const kept of await this.read()) this.kept.set(keyOf(kept), kept);
    const heardOf = new Set([...this.kept.values()].map(({ log }) => log));
    const puts: Put[] = [];
    for (const { log, identity, ends, making } of logs) {
      const isNew = startsAtHead && !heardOf.has(log);
      for (const [partition, end] of ends)
        this.add({ log, partition, identity }, { end, making, startsAt: isNew ? end : 0 });
      if (isNew && ends.size === 0) puts.push(this.unheard(log));
    }
    const taken = [...this.known.values()].map((position) => this.checkpoint(position, position));
    for (const kept of this.kept.values())
      puts.push(this.put({ ...kept, runner: this.runner }, kept));
    await this.documents.write([...puts, ...taken]);
    for (const put of [...puts, ...taken]) this.written(put.document as Checkpoint);
  }

  /** A partition that was not there at the start begins when its first events come. Throws Refused as above. */
  open(at: At): void {
    if (!this.known.has(keyOf(at))) this.add(at, { end: Infinity, making: undefined, startsAt: 0 });
  }

  /** Throws Refused where the events are of another log or epoch than those before. */
  insistOn({ log, partition, identity }: At): void {
    const { identity: known } = this.known.get(keyOf({ log, partition }))!;
    if (known.id !== identity.id || known.epoch !== identity.epoch)
      throw new Refused(otherEpoch(log, identity, this.name, known));
  }

  at(log: string, partition: number): number {
    return this.known.get(keyOf({ log, partition }))?.g ?? 0;
  }

  standing(log: string, partition: number): Standing {
    return standingOf(this.known.get(keyOf({ log, partition })) ?? { g: 0 });
  }

  /** The least of a log's partitions; 0 where none is known. */
  least(log: string): number {
    const all = [...this.known.values()].filter((position) => position.log === log);
    return all.length ? Math.min(...all.map(({ g }) => g)) : 0;
  }

  /** By log and partition, as they are now. */
  all(): ReadonlyMap<string, number> {
    return new Map([...this.known].map(([key, { g }]) => [key, g]));
  }

  /** Moves on without writing; `saveLazily` follows. */
  move({ log, partition }: At, { g, place }: Standing): void {
    Object.assign(this.known.get(keyOf({ log, partition }))!, standingOf({ g, place }));
  }

  /** Writes the position together with the documents. Throws Fenced. */
  async save(puts: readonly Put[], at: At, standing: Standing): Promise<void> {
    const put = this.checkpoint(at, standing);
    await this.documents.write([...puts, put]);
    this.written(put.document as Checkpoint);
  }

  async saveLazily(least: number): Promise<void> {
    for (const position of this.known.values())
      if (position.g - (position.saved?.g ?? 0) > least) await this.save([], position, position);
  }

  /** What a finished rebuild hands to the serving view: what the other one read beyond it is in its documents already. */
  async adopt(other: Positions, puts: readonly Put[]): Promise<void> {
    const taken: Put[] = [];
    for (const [key, theirs] of other.known) {
      const mine = this.known.get(key);
      if (mine && theirs.saved)
        taken.push(this.checkpoint(mine, theirs.g > mine.g ? theirs : mine));
    }
    await this.documents.write([...puts, ...taken]);
    for (const { document } of taken) this.written(document as Checkpoint);
  }

  /** The puts that forget everything, whoever wrote it. */
  async removals(): Promise<Put[]> {
    return (await this.read()).map((kept) => ({ ...placeOf(kept), document: null }));
  }

  /** Where another process has brought this log's first partition, as far as it has written. */
  async elsewhere(log: string): Promise<number> {
    const { table, tenant, id } = placeOf({ name: this.name, log, partition: 0 });
    const kept = (await this.documents.get(table, tenant, id)) as Checkpoint | null;
    return kept?.g ?? 0;
  }

  private async read(): Promise<readonly Checkpoint[]> {
    const where = { name: { is: this.name } };
    const { items } = await this.documents.find(CHECKPOINTS.name, SYSTEM, { where, limit: 1000 });
    return items as readonly Checkpoint[];
  }

  private add(at: At, from: { end: number; making: string | undefined; startsAt: number }): void {
    const { making, startsAt } = from;
    const saved = this.kept.get(keyOf(at)) ?? null;
    const isSameMaking = making === undefined || saved?.place?.startsWith(`${making}|`);
    if (saved) this.refuseOther(saved, at.identity, isSameMaking ? from.end : Infinity);
    this.kept.delete(keyOf(at));
    this.known.set(keyOf(at), { ...at, saved, ...standingOf(saved ?? { g: startsAt }) });
  }

  private refuseOther(saved: Checkpoint, { id, epoch }: LogIdentity, end: number): void {
    if (saved.logId !== id || saved.epoch !== epoch)
      throw new Refused(otherEpoch(saved.log, { id, epoch }, saved.name, saved));
    if (saved.g > end)
      throw new Refused(
        `${saved.log} ends at event ${end}, but ${saved.name} has read event ${saved.g}: the log was cut or is an ` +
          'older copy. Put the right one back, or accept it: npm run shouwen -- accept-restore --help.',
      );
  }

  private unheard(log: string): Put {
    const { name, runner } = this;
    return this.put({ name, log, partition: UNHEARD, logId: '', epoch: 0, g: 0, runner }, null);
  }

  private checkpoint({ log, partition, identity }: At, standing: Standing): Put {
    const { name, runner } = this;
    const { id: logId, epoch } = identity;
    const saved = this.known.get(keyOf({ log, partition }))?.saved ?? null;
    return this.put({ name, log, partition, logId, epoch, ...standingOf(standing), runner }, saved);
  }

  private put(document: Checkpoint, ifWas: Checkpoint | null): Put {
    return { ...placeOf(document), document, ifWas };
  }

  private written(checkpoint: Checkpoint): void {
    const position = this.known.get(keyOf(checkpoint));
    if (position) Object.assign(position, { saved: checkpoint }, standingOf(checkpoint));
    else this.kept.set(keyOf(checkpoint), checkpoint);
  }
}

const keyOf = ({ log, partition }: { log: string; partition: number }): string =>
  `${log}|${partition}`;

const placeOf = ({ name, log, partition }: Pick<Checkpoint, 'name' | 'log' | 'partition'>) => ({
  table: CHECKPOINTS.name,
  tenant: SYSTEM,
  id: `${name}|${keyOf({ log, partition })}`,
});

const standingOf = ({ g, place }: { g: number; place?: string | undefined }): Standing =>
  place === undefined ? { g } : { g, place };

const otherEpoch = (
  log: string,
  { epoch }: LogIdentity,
  name: string,
  known: { readonly epoch: number },
): string =>
  `${log} is another log or epoch (${epoch}) than the one ${name} remembers (${known.epoch}). ` +
  'A restored log is accepted by npm run shouwen -- accept-restore.';
