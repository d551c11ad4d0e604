/** Names along one cycle, the first one repeated at the end; null where there is none. */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const cycle = walk(start, edges, done);
    if (cycle) return cycle;
  }
  return null;
}

/** Depth first with the path in hand, not by recursion: the tree of files is deeper than is comfortable. */
function walk(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): string[] | null {
  const path: string[] = [];
  const waiting: { node: string; depth: number }[] = [{ node: start, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    for (const left of path.splice(depth)) done.add(left);
    const seen = path.indexOf(node);
    if (seen >= 0) return [...path.slice(seen), node];
    if (done.has(node)) continue;
    path.push(node);
    for (const to of edges.get(node) ?? []) waiting.push({ node: to, depth: depth + 1 });
  }
  for (const left of path) done.add(left);
  return null;
}
