import { format } from 'prettier';
import type { Tree } from '@nx/devkit';

/** `pause-ticket` → `PauseTicket`. */
export const pascal = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `pause-ticket` → `pauseTicket`. */
export const camel = (name: string): string =>
  pascal(name).replace(/^\w/, (letter) => letter.toLowerCase());

/** `pause-ticket` → `pause ticket`. */
export const words = (name: string): string => name.replaceAll('-', ' ');

export const STYLE = { printWidth: 100, singleQuote: true } as const;

/** A file that is there keeps what is in it: a generator never overwrites. */
export async function write(tree: Tree, path: string, text: string): Promise<void> {
  if (tree.exists(path)) throw new Error(`${path} is there already; choose another name.`);
  await rewrite(tree, path, text);
}

export const rewrite = async (tree: Tree, path: string, text: string): Promise<void> =>
  tree.write(path, await format(text, { ...STYLE, filepath: path }));

export function read(tree: Tree, path: string, otherwise: string): string {
  const text = tree.read(path, 'utf8');
  if (text === null) throw new Error(`${path} is not there. ${otherwise}`);
  return text;
}

/** Adds one name to one list of the manifest, and its import after the last one. */
export async function list(
  tree: Tree,
  service: string,
  entry: { to: 'commands' | 'views' | 'reactions'; name: string; from: string },
): Promise<void> {
  const path = `services/${service}/src/${service}.service.ts`;
  const manifest = read(tree, path, `Services are: ${tree.children('services').join(', ')}.`);
  const { to, name, from } = entry;
  const start = new RegExp(`\\b${to}: \\[`);
  if (!start.test(manifest))
    throw new Error(`${path} has no list "${to}: […]" to add ${name} to; add it by hand.`);
  const listed = manifest.replace(
    new RegExp(`(\\b${to}: \\[)([^\\]]*?),?\\s*\\]`),
    (_, head: string, items: string) => `${head}${items}${items.trim() ? ', ' : ''}${name}]`,
  );
  const at = listed.lastIndexOf('\nimport ');
  const end = listed.indexOf(';\n', at) + 2;
  const line = `import { ${name} } from '${from}';\n`;
  await rewrite(tree, path, listed.slice(0, end) + line + listed.slice(end));
}
