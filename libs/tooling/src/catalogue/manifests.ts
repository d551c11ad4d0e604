import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ask, Effect, Reaction, Service, UseCase, View } from '@shouwen/engine';

const ROOT = join(import.meta.dirname, '../../../..');

export type Part =
  | { readonly kind: 'command'; readonly part: UseCase }
  | { readonly kind: 'query'; readonly part: Ask }
  | { readonly kind: 'view'; readonly part: View }
  | { readonly kind: 'reaction'; readonly part: Reaction }
  | { readonly kind: 'effect'; readonly part: Effect };

/** Something that a file of a service exports and that does nothing unless the manifest lists it. */
export type Declared = Part & { readonly path: string; readonly name: string };

export interface Loaded {
  readonly service: Service;
  readonly declared: readonly Declared[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What kind of record it is, told by the fields that only this kind has. */
function partOf(value: unknown): Part | null {
  if (!isRecord(value)) return null;
  if ('command' in value && 'decide' in value)
    return { kind: 'command', part: value as unknown as UseCase };
  if ('query' in value && 'answer' in value)
    return { kind: 'query', part: value as unknown as Ask };
  if ('on' in value && 'evolve' in value) return { kind: 'view', part: value as unknown as View };
  if ('on' in value && 'react' in value)
    return { kind: 'reaction', part: value as unknown as Reaction };
  if ('on' in value && 'perform' in value)
    return { kind: 'effect', part: value as unknown as Effect };
  return null;
}

const isService = (value: unknown): value is Service =>
  isRecord(value) && 'routes' in value && 'commands' in value && 'reactions' in value;

/** A manifest that needs settings is a function of them; here each setting is its own name. */
const made = (exported: unknown): unknown =>
  typeof exported === 'function' && !/^class\b/.test(String(exported))
    ? (exported as (settings: object) => unknown)(
        new Proxy({}, { get: (_, setting) => String(setting) }),
      )
    : exported;

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}

const load = async (path: string): Promise<Record<string, unknown>> =>
  (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, unknown>;

const manifestsBelow = (folder: string): string[] =>
  statSync(join(ROOT, folder, 'src'), { throwIfNoEntry: false })
    ? readdirSync(join(ROOT, folder, 'src'))
        .filter((name) => name.endsWith('.service.ts'))
        .map((name) => `${folder}/src/${name}`)
    : [];

/** Every service as its own source has it: the manifest, and what its files declare. */
export async function loadServices(): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  for (const name of readdirSync(join(ROOT, 'services')).sort())
    for (const manifest of manifestsBelow(`services/${name}`)) {
      const service = Object.values(await load(manifest))
        .map(made)
        .find(isService);
      if (!service) throw new Error(`${manifest} exports no service`);
      loaded.push({ service, declared: await declarations(`services/${name}/src`) });
    }
  return loaded;
}

async function declarations(folder: string): Promise<Declared[]> {
  const found: Declared[] = [];
  for (const path of sourceFiles(folder)) {
    if (path.split('/').length < 5) continue;
    for (const [name, value] of Object.entries(await load(path))) {
      const part = partOf(value);
      if (part) found.push({ ...part, path, name });
    }
  }
  return found;
}

/** Name under which a reaction or effect remembers how far it has read; never renamed. */
export const durableNames = ({ name, reactions, effects }: Service): string[] =>
  [...reactions, ...effects].map((consumer) => `${name}.${consumer.name}`);
