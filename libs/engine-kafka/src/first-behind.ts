// The oldest record that a consumer still has before it. Asked by whoever looks at the lag, so it costs little: what is
// held in memory first, then one batch at the place that the consumer remembers, and only for a topic that was made
// anew a search.
import type { Standing } from '@shouwen/engine';
import type { Received } from './cloud-event.js';
import { isOutOfRange } from './topic-reader.js';
import type { TopicTail } from './topic-tail.js';

/** Brokers answer with one whole batch at least, and none is asked for more. */
const ONE_BATCH = 1;

/** Null: nothing is behind the standing. */
export async function firstBehind(
  tail: TopicTail,
  partition: number,
  { g, place }: Standing,
): Promise<Received | null> {
  if (tail.end(partition).g <= g) return null;
  const near = tail.recent(partition).find(({ event }) => event.g > g);
  if (near && near.previous <= g) return near;
  const [generation, offset] = place?.split('|') ?? [];
  if (generation === tail.generation) {
    const next = await recordAt(tail, partition, Number(offset) + 1);
    if (next && next.event.g > g && next.previous <= g) return next;
  }
  return search(tail, partition, g);
}

/** Numbers grow with offsets, but for what a second relay has sent again: then the answer is a near one. */
async function search(tail: TopicTail, partition: number, g: number): Promise<Received | null> {
  let low = (await tail.reader.offsets('first')).get(partition) ?? 0;
  let high = tail.end(partition).next - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = await recordAt(tail, partition, middle);
    if (record && record.event.g > g) high = middle;
    else low = middle + 1;
  }
  return recordAt(tail, partition, low);
}

async function recordAt(
  tail: TopicTail,
  partition: number,
  offset: number,
): Promise<Received | null> {
  try {
    const records = await tail.reader.fetch(new Map([[partition, offset]]), 0, ONE_BATCH);
    return records.get(partition)?.[0] ?? null;
  } catch (error) {
    if (isOutOfRange(error)) return null;
    throw error;
  }
}
