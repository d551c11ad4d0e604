import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleFolder } from './go-tools.js';

/** Kubernetes' own description of its objects, as each release publishes it. */
const KUBERNETES = 'k8s.io/kubernetes@v1.36.0';
export const KUBERNETES_VERSION = '1.36.0';

type Schema = Readonly<Record<string, unknown>>;

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Writes what the checker needs for these kinds (`apps/v1 Deployment`) into a folder, one file each: the published
 * description as JSON Schema, in which a field that is not described is an error. Answers the pattern of the files' names.
 */
export function writeSchemas(kinds: ReadonlySet<string>, folder: string): string {
  const source = join(moduleFolder(KUBERNETES), 'api/openapi-spec/v3');
  const missing = new Set(kinds);
  for (const name of readdirSync(source).filter((file) => /__v\d+_openapi\.json$/.test(file))) {
    if (missing.size === 0) break;
    const { components } = JSON.parse(readFileSync(join(source, name), 'utf8')) as {
      components: { schemas: Record<string, Schema> };
    };
    const described = Object.entries(components.schemas).flatMap(([type, schema]) =>
      namesOf(schema).map((gvk) => ({ type, gvk })),
    );
    for (const { type, gvk } of described.filter((one) => missing.delete(kindOf(one.gvk))))
      writeFileSync(join(folder, fileOf(gvk)), JSON.stringify(whole(type, components.schemas)));
  }
  if (missing.size > 0) throw new Error(`${KUBERNETES} does not describe ${[...missing].join()}`);
  return join(folder, '{{.ResourceKind}}{{.KindSuffix}}.json');
}

const namesOf = (schema: Schema): readonly GroupVersionKind[] =>
  (schema['x-kubernetes-group-version-kind'] ?? []) as readonly GroupVersionKind[];

const kindOf = ({ group, version, kind }: GroupVersionKind): string =>
  `${group ? `${group}/` : ''}${version} ${kind}`;

/** As the checker spells it: the first part of the group, if there is one, and the version. */
const fileOf = ({ group, version, kind }: GroupVersionKind): string =>
  `${[kind.toLowerCase(), ...(group ? [group.split('.')[0]!] : []), version].join('-')}.json`;

function whole(type: string, schemas: Readonly<Record<string, Schema>>): Schema {
  const definitions = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, strict(schema)]),
  );
  return { $ref: `#/definitions/${type}`, definitions };
}

function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['default', 'description', 'format'].includes(key) || isField(value, key))
      .map(([key, inner]) => [key, key === '$ref' ? local(String(inner)) : strict(inner)]),
  );
  const isObject = 'properties' in schema && schema['type'] === 'object';
  return isObject && !('additionalProperties' in schema)
    ? { ...schema, additionalProperties: false }
    : schema;
}

/** A property may be called `default` or `format`; then it holds a schema itself. */
const isField = (owner: object, key: string): boolean =>
  typeof (owner as Schema)[key] === 'object' && key !== 'default';

const local = (ref: string): string => ref.replace('#/components/schemas/', '#/definitions/');
