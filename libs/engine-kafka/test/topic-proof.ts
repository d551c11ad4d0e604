// Holds a topic against the log that it carries: every event stands in it, in the order of its partition, each naming
// the one before it. Records that came twice are allowed where readers pass over them.
import { expect } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import type { EventLog, StoredEvent } from '@shouwen/engine';
import type { Received } from '../src/cloud-event.js';
import { TopicReader } from '../src/topic-reader.js';

export async function everyEvent(log: EventLog): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await log.read(events.length, 500);
    if (page.length === 0) break;
    events.push(...page);
  }
  expect(events.map(({ g }) => g)).toEqual(events.map((_, i) => i + 1));
  return events;
}

async function everyRecord(reader: TopicReader, partition: number, end: number) {
  const records: Received[] = [];
  for (let next = 0; next < end;) {
    const page = (await reader.fetch(new Map([[partition, next]]), 100)).get(partition) ?? [];
    records.push(...page);
    next = (page.at(-1)?.offset ?? next - 1) + 1;
  }
  return records;
}

/** Answers how many records were repetitions. */
export async function carriesAll(
  brokers: readonly string[],
  topic: string,
  events: readonly StoredEvent[],
): Promise<number> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const reader = new TopicReader(kafka, topic);
  const carried: number[] = [];
  let count = 0;
  try {
    for (const [partition, end] of await reader.offsets('next')) {
      const records = await everyRecord(reader, partition, end);
      count += records.length;
      carried.push(...chainOf(records));
    }
  } finally {
    await reader.close();
  }
  expect(carried.sort((a, b) => a - b)).toEqual(events.map(({ g }) => g));
  return count - carried.length;
}

/** Numbers of a partition's events where they come first; each must name the one before it. */
function chainOf(records: readonly Received[]): number[] {
  const chain: number[] = [];
  for (const { event, previous, offset } of records) {
    const last = chain.at(-1) ?? 0;
    if (event.g <= last) continue;
    expect({ offset, previous }).toEqual({ offset, previous: last });
    chain.push(event.g);
  }
  return chain;
}
