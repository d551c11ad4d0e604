// What the processes of a benchmark write: events of about 500 bytes of text, each numbered by writer and count, so
// that a log can be counted against what was acknowledged.
import { IsInt, IsISO8601, IsString } from 'class-validator';
import { defineEvent, hashOf, type Append, type StoredEvent } from '@shouwen/engine';

const AT = '2026-01-15T08:00:00.000Z';
/** Appends at a time of one process. */
export const CALLERS = 256;
/** Writers from here on ask at fixed times, whatever is still on its way: nothing orders their appends. */
export const PACED = 100;
/** Events that one document of a view is made of. */
const PER_DOCUMENT = 10;

class GaugedV1 {
  @IsString() meter!: string;
  @IsInt() value!: number;
  @IsISO8601() at!: string;
  @IsString() note!: string;
}

export const Gauged = defineEvent({
  type: 'gauge.gauged',
  version: 1,
  visibility: 'public',
  data: GaugedV1,
  key: 'meter',
  says: { en: '', zh: '' },
});

export interface Place {
  readonly writer: number;
  readonly count: number;
}

/** Ids as commands make them: 48 bits of time first, so that they grow. */
function idOf({ writer, count }: Place): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const rest = `${writer.toString(16).padStart(2, '0')}${count.toString(16).padStart(10, '0')}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-8000-8000-${rest}`;
}

export function placeOf(id: string): Place {
  const rest = id.slice(24, 36);
  return { writer: parseInt(rest.slice(0, 2), 16), count: parseInt(rest.slice(2), 16) };
}

/** Whoever waits for its answer before it asks again: events of one caller stand in the log as they were asked for. */
export const callerOf = ({ count }: Place): number => count % CALLERS;

/** `service`: the log it goes to. */
export function anAppend(place: Place, service: string): Append {
  const id = idOf(place);
  const { writer, count } = place;
  const meter = `${writer}-${Math.floor(count / PER_DOCUMENT)}`;
  const stored = {
    stream: `gauge-${id}`,
    version: 1,
    id: `${id}-0`,
    type: `${service}.gauged`,
    v: 1,
    key: meter,
    occurredAt: AT,
    recordedAt: AT,
    data: JSON.stringify({ meter, value: count, at: AT, note: 'x'.repeat(260) }),
    meta: JSON.stringify({ actor: '1001', tenant: 'main', correlation: id }),
  };
  return {
    id,
    at: AT,
    fingerprint: null,
    expects: [{ stream: stored.stream, version: 0 }],
    events: [{ ...stored, hash: hashOf(stored) }],
  };
}

export interface Proof {
  readonly events: number;
  readonly lost: number;
  readonly twice: number;
  readonly outOfOrder: number;
}

/** Counts a log against what its writers were answered. Numbers that are missing count as out of order. */
export class Count {
  private readonly seen = new Set<string>();
  private readonly latest = new Map<string, number>();
  private events = 0;
  private twice = 0;
  private outOfOrder = 0;

  add(event: StoredEvent): void {
    this.events += 1;
    const place = placeOf(event.id);
    const name = `${place.writer}-${place.count}`;
    if (event.g !== this.events || event.n !== this.events || hashOf(event) !== event.hash)
      this.outOfOrder += 1;
    if (this.seen.has(name)) this.twice += 1;
    this.seen.add(name);
    const caller = `${place.writer}-${callerOf(place)}`;
    if (place.writer < PACED && (this.latest.get(caller) ?? -1) >= place.count)
      this.outOfOrder += 1;
    this.latest.set(caller, place.count);
  }

  /** `acknowledged`: how many events each writer has had an answer for, counted from 0. */
  proof(acknowledged: ReadonlyMap<number, number>): Proof {
    let lost = 0;
    for (const [writer, made] of acknowledged)
      for (let count = 0; count < made; count++)
        if (!this.seen.has(`${writer}-${count}`)) lost += 1;
    const { events, twice, outOfOrder } = this;
    return { events, lost, twice, outOfOrder };
  }
}
