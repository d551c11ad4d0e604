// In which order a story is told. Several services record at one instant, so the instant alone does not say what
// came first: a consequence stands after its cause, and within one log the number decides.
export type Order = 'occurred' | 'recorded';

interface Told {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly causation?: string;
  readonly log: string;
  readonly g: number;
}

export function inOrder<T extends Told>(documents: readonly T[], order: Order): T[] {
  const depths = depthsOf(documents);
  const keyOf = (d: T): readonly (string | number)[] => [
    order === 'occurred' ? d.occurredAt : d.recordedAt,
    order === 'occurred' ? d.recordedAt : d.occurredAt,
    depths.get(d.eventId) ?? 0,
    d.log,
    d.g,
  ];
  const keys = new Map(documents.map((d) => [d, keyOf(d)]));
  return documents.toSorted((a, b) => compare(keys.get(a)!, keys.get(b)!));
}

/** How many events of the list stand between an event and the beginning of its story. */
function depthsOf(documents: readonly Told[]): ReadonlyMap<string, number> {
  const causes = new Map(documents.map(({ eventId, causation }) => [eventId, causation]));
  const depths = new Map<string, number>();
  for (const { eventId } of documents) {
    const path: string[] = [];
    let at: string | undefined = eventId;
    while (at !== undefined && causes.has(at) && !depths.has(at) && !path.includes(at)) {
      path.push(at);
      at = causes.get(at);
    }
    let depth = at === undefined ? -1 : (depths.get(at) ?? -1);
    for (const id of path.reverse()) depths.set(id, ++depth);
  }
  return depths;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i]!;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
