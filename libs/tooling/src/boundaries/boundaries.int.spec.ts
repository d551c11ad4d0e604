import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { allowed, breaches } from './breaches.js';
import { findCycle } from './cycles.js';

interface Message {
  readonly rule: string | null;
  readonly message: string;
}

interface Graph {
  readonly nodes: Record<string, { data: { tags?: readonly string[] } }>;
  readonly dependencies: Record<string, readonly { target: string }[]>;
}

function run(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr}${stdout}`);
  return stdout;
}

const FILE = '.nx/boundaries-graph.json';
const texts = [...breaches, ...allowed];
let answers: readonly (readonly Message[])[];
let graph: Graph;

/** One linter and one fresh project graph for all texts: without a graph the boundary rule passes everything. */
beforeAll(() => {
  run(['node_modules/nx/dist/bin/nx.js', 'graph', `--file=${FILE}`]);
  graph = (JSON.parse(readFileSync(FILE, 'utf8')) as { graph: Graph }).graph;
  const asked = texts.map(({ path, source }) => ({ path, source }));
  const linter = 'libs/tooling/src/boundaries/lint-texts.mjs';
  answers = JSON.parse(run([linter], JSON.stringify(asked))) as Message[][];
});

const found = (index: number) =>
  answers[index]!.map(({ rule, message }) => `${rule ?? 'error'}: ${message}`);

describe('a breach is refused', () => {
  it.each(breaches.map((breach, index) => ({ ...breach, index })))(
    '$what',
    ({ index, rule, says = '' }) =>
      expect(found(index)).toContainEqual(
        expect.stringMatching(new RegExp(`^${escaped(rule)}: [^]*${escaped(says)}`)),
      ),
  );
});

describe('the same thing in its place passes', () => {
  it.each(allowed.map((text, index) => ({ ...text, index: breaches.length + index })))(
    '$what',
    ({ index }) => expect(found(index)).toEqual([]),
  );
});

describe('the projects', () => {
  it('carry exactly one type tag each', () => {
    const wrong = Object.entries(graph.nodes).filter(
      ([, { data }]) => data.tags?.filter((tag) => tag.startsWith('type:')).length !== 1,
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('are seen by the graph through their imports', () =>
    expect(graph.dependencies['contracts']?.map(({ target }) => target)).toContain('engine'));

  it('do not depend on each other in a circle', () => {
    const edges = Object.entries(graph.dependencies).map(
      ([name, targets]) => [name, targets.map(({ target }) => target)] as const,
    );
    expect(findCycle(new Map(edges))).toBeNull();
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
