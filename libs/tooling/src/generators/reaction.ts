import type { Tree } from '@nx/devkit';
import { recorded } from './recorded.js';
import { camel, list, words, write } from './writing.js';

interface Options {
  readonly service: string;
  readonly name: string;
  readonly event: string;
}

/** What follows from an event, a spec whose first sentence waits to be made true, the manifest line. */
export async function generate(tree: Tree, { service, name, event }: Options): Promise<void> {
  const folder = `services/${service}/src/reactions`;
  const sample = recorded(tree, event);
  await write(tree, `${folder}/${name}.ts`, reaction(name, event));
  await write(tree, `${folder}/${name}.spec.ts`, spec(name, event, sample.code));
  await list(tree, service, {
    to: 'reactions',
    name: camel(name),
    from: `./reactions/${name}.js`,
  });
}

const reaction = (name: string, event: string): string => `
import { when } from '@shouwen/engine';
import { ${event} } from '@shouwen/contracts';

/** Why the one follows from the other, in one sentence. */
export const ${camel(name)} = when(${event}, '${name}', () => []);
`;

const spec = (name: string, event: string, code: string): string => `
import { ${event} } from '@shouwen/contracts';
import { contextFor } from '@shouwen/testkit';
import { ${camel(name)} } from './${name}.js';

const event = ${code};

describe('${words(name)}', () => {
  it.failing('sends a command', () =>
    expect(${camel(name)}.react(event, contextFor())).not.toEqual([]),
  );
  it('asks for the same when the event comes twice', () =>
    expect(${camel(name)}.react(event, contextFor())).toEqual(
      ${camel(name)}.react(event, contextFor()),
    ));
  it.todo('comes late, or after the end, and the state decides');
});
`;
