import type { Tree } from '@nx/devkit';

const KEBAB = /(?<=[a-z0-9])(?=[A-Z])/g;

export interface Sampled {
  /** Code of an expression: the event as a consumer sees it, made from its golden sample. */
  readonly code: string;
}

/** The newest sample of an event, as an event that the log hands on. */
export function recorded(tree: Tree, event: string): Sampled {
  const suffix = `.${event.replace(KEBAB, '-').toLowerCase()}`;
  const type = tree.children('libs/contracts/samples').find((name) => name.endsWith(suffix));
  if (!type)
    throw new Error(`There is no sample of ${event}; make the event first, with its sample.`);
  const folder = `libs/contracts/samples/${type}`;
  const version = tree
    .children(folder)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1)!;
  const file = tree.children(`${folder}/${version}`).sort().at(0)!;
  const data = tree.read(`${folder}/${version}/${file}`, 'utf8')!;
  return {
    code: `{
  ...${event}(${data.trim()}),
  id: '018f4b3c-0000-7000-8000-00000000000e',
  log: '${type.split('.')[0]}.main',
  g: 1,
  stream: 'a-stream',
  streamVersion: 1,
  key: 'a-key',
  occurredAt: '2026-01-15T08:00:00.000Z',
  recordedAt: '2026-01-15T08:00:00.000Z',
  meta: { actor: '1001', tenant: 'main', correlation: 'a-commit' },
  sealed: {},
}`,
  };
}
