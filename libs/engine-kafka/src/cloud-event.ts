// An event on the wire: a Kafka record in the CloudEvents 1.0 binary binding. The value is the event's data as it
// stands in the log; everything else is a header, so that a consumer has the stored event back, hash and all.
import { Corrupt, type LogIdentity, type StoredEvent } from '@shouwen/engine';

export interface WireRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ReceivedRecord {
  readonly offset: string;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | undefined>>;
}

/** Where a record comes from: which log, which making of the topic, which record of its partition came before. */
export interface Provenance {
  readonly log: string;
  readonly identity: LogIdentity;
  readonly generation: string;
  /** Event number of the record before it in its partition; 0 for the first. */
  readonly previous: number;
}

export interface Received extends Provenance {
  readonly offset: number;
  readonly event: StoredEvent;
}

export function wireRecord(event: StoredEvent, from: Provenance): WireRecord {
  const { traceparent } = JSON.parse(event.meta) as { traceparent?: string };
  return {
    key: event.key,
    value: event.data,
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: `/${from.log}`,
      ce_type: event.type,
      ce_subject: event.stream,
      ce_time: event.occurredAt,
      ce_partitionkey: event.key,
      ce_sequence: String(event.g),
      ce_typeversion: String(event.v),
      ce_streamversion: String(event.version),
      ce_commit: String(event.n),
      ce_recordedat: event.recordedAt,
      ce_meta: event.meta,
      ce_hash: event.hash,
      ce_logid: from.identity.id,
      ce_epoch: String(from.identity.epoch),
      ce_generation: from.generation,
      ce_previous: String(from.previous),
      ...(traceparent ? { ce_traceparent: traceparent, traceparent } : {}),
    },
  };
}

/** Throws Corrupt where it is not a record of ours. */
export function received({ offset, value, headers }: ReceivedRecord): Received {
  const text = (name: string): string => {
    const header = headers[name];
    if (!header) throw new Corrupt(`the record at offset ${offset} has no header ${name}`);
    return header.toString();
  };
  const number = (name: string): number => Number(text(name));
  if (!value) throw new Corrupt(`the record at offset ${offset} has no value`);
  return {
    offset: Number(offset),
    log: text('ce_source').slice(1),
    identity: { id: text('ce_logid'), epoch: number('ce_epoch') },
    generation: text('ce_generation'),
    previous: number('ce_previous'),
    event: {
      g: number('ce_sequence'),
      n: number('ce_commit'),
      stream: text('ce_subject'),
      version: number('ce_streamversion'),
      id: text('ce_id'),
      type: text('ce_type'),
      v: number('ce_typeversion'),
      key: text('ce_partitionkey'),
      occurredAt: text('ce_time'),
      recordedAt: text('ce_recordedat'),
      data: value.toString(),
      meta: text('ce_meta'),
      hash: text('ce_hash'),
    },
  };
}

/** Bytes that a record takes, near enough to bound a batch. */
export const sizeOf = ({ data, meta }: StoredEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(meta) + 1_024;
