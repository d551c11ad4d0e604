import type { Tree } from '@nx/devkit';
import { recorded } from './recorded.js';
import { camel, list, pascal, words, write } from './writing.js';

interface Options {
  readonly service: string;
  readonly name: string;
  readonly event: string;
}

/** Documents folded from an event, a spec whose first sentence waits to be made true, the manifest line. */
export async function generate(tree: Tree, { service, name, event }: Options): Promise<void> {
  const folder = `services/${service}/src/views`;
  const sample = recorded(tree, event);
  await write(tree, `${folder}/${name}.view.ts`, view(name, event));
  await write(tree, `${folder}/${name}.view.spec.ts`, spec(name, event, sample.code));
  await list(tree, service, {
    to: 'views',
    name: `${camel(name)}View`,
    from: `./views/${name}.view.js`,
  });
}

const view = (name: string, event: string): string => `
import { defineView } from '@shouwen/engine';
import { ${event} } from '@shouwen/contracts';

/** What people ask it for, in one sentence. */
export interface ${pascal(name)}Document {
  readonly id: string;
}

export const ${camel(name)}View = defineView<${pascal(name)}Document, ${event}>({
  name: '${name}',
  on: [${event}],
  id: ({ key }) => key,
  evolve: (_document, { key }) => ({ id: key }),
  indexes: [],
  roles: [],
});
`;

const spec = (name: string, event: string, code: string): string => `
import { ${event} } from '@shouwen/contracts';
import { ${camel(name)}View } from './${name}.view.js';

const event = ${code};
const fold = (document: object | null) =>
  ${camel(name)}View.evolve(document, event, 'a-key', { blind: (value) => value });

describe('${words(name)}', () => {
  it.failing('shows what people ask it for', () =>
    expect(Object.keys(fold(null) ?? {})).not.toEqual(['id']),
  );
  it('gives the same document when the event comes twice', () =>
    expect(fold(fold(null))).toEqual(fold(null)));
});
`;
