import type { Tree } from '@nx/devkit';
import { camel, list, pascal, read, words, write } from './writing.js';

interface Options {
  readonly service: string;
  readonly stream: string;
  readonly name: string;
}

/** One use case: the command with its decider, a spec whose first sentence waits to be made true, the manifest line. */
export async function generate(tree: Tree, { service, stream, name }: Options): Promise<void> {
  const folder = `services/${service}/src/${stream}`;
  const source = read(tree, `${folder}/${stream}.ts`, 'Write the stream before its use cases.');
  const [, streams] = /export const (\w+)\s*=\s*defineStream\b/.exec(source) ?? [];
  if (!streams) throw new Error(`${folder}/${stream}.ts exports no stream.`);
  const [, named] = /\bidField: '(\w+)'/.exec(source) ?? [];
  const id = named ?? `${camel(stream)}Id`;
  await write(tree, `${folder}/${name}.ts`, command({ name, stream, streams, id, isUuid: !named }));
  await write(tree, `${folder}/${name}.spec.ts`, spec(name, id, !named));
  await list(tree, service, {
    to: 'commands',
    name: camel(name),
    from: `./${stream}/${name}.js`,
  });
}

interface Names {
  readonly name: string;
  readonly stream: string;
  readonly streams: string;
  readonly id: string;
  readonly isUuid: boolean;
}

const command = ({ name, stream, streams, id, isUuid }: Names): string => `
import { ${isUuid ? 'IsUUID' : 'IsNotEmpty, IsString'} } from 'class-validator';
import { Command, handles } from '@shouwen/engine';
import { ${streams} } from './${stream}.js';

/** Who wants this and why, in one sentence. */
export class ${pascal(name)} extends Command {
  ${isUuid ? '@IsUUID()' : '@IsNotEmpty() @IsString()'} ${id}!: string;
}

export const ${camel(name)} = handles(${pascal(name)}, ${streams}, () => []);
`;

const spec = (name: string, id: string, isUuid: boolean): string => `
import { spec } from '@shouwen/testkit';
import { ${camel(name)} } from './${name}.js';

const given = spec(${camel(name)});
const asked = { ${id}: '${isUuid ? '018f4b3c-0000-7000-8000-000000000001' : 'a-1'}' };

describe('${words(name)}', () => {
  it.failing('records what happened', () =>
    expect(given().when(asked).events()).not.toEqual([]),
  );
  it.todo('changes nothing when told twice');
  it.todo('is refused when the rules do not allow it');
});
`;
