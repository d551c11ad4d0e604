import type { Tree } from '@nx/devkit';
import { camel, pascal, read, rewrite, words, write } from './writing.js';

interface Options {
  readonly service: string;
  readonly stream: string;
  readonly name: string;
}

/** A fact: its contract, a golden sample, and its place in the vocabulary of the service. */
export async function generate(tree: Tree, { service, stream, name }: Options): Promise<void> {
  const folder = `libs/contracts/src/${service}`;
  const index = read(tree, `${folder}/index.ts`, 'The service has no vocabulary yet.');
  const key = `${camel(stream)}Id`;
  await write(tree, `${folder}/${name}.ts`, contract(service, name, key));
  await write(
    tree,
    `libs/contracts/samples/${service}.${name}/1/full.json`,
    JSON.stringify({ [key]: '018f4b3c-0000-7000-8000-000000000001' }),
  );
  const lines = [...index.split('\n').filter(Boolean), `export * from './${name}.js';`];
  await rewrite(tree, `${folder}/index.ts`, lines.sort().join('\n'));
}

const contract = (service: string, name: string, key: string): string => `
import { IsUUID } from 'class-validator';
import { defineEvent, type EventFrom } from '@shouwen/engine';

class ${pascal(name)}V1 {
  @IsUUID() ${key}!: string;
}

/** Which fact this is and when it is so. Sent by ${service}. */
export const ${pascal(name)} = defineEvent({
  type: '${service}.${name}',
  version: 1,
  visibility: 'service',
  data: ${pascal(name)}V1,
  key: '${key}',
  says: { en: '${sentence(name)}', zh: '${sentence(name)}' },
});
export type ${pascal(name)} = EventFrom<typeof ${pascal(name)}>;
`;

const sentence = (name: string): string =>
  `${words(name).replace(/^\w/, (letter) => letter.toUpperCase())}.`;
