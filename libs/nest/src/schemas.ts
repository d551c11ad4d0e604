import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { ValidationTypes } from 'class-validator';

export type Schema = Readonly<Record<string, unknown>>;

type Shape = new () => object;

/** How one rule of class-validator reads in JSON Schema, where the library's own reading would be wrong here. */
const nested = (named: Named) => ({
  [ValidationTypes.NESTED_VALIDATION]: (meta: { target: unknown; propertyName: string }) => {
    const type = defaultMetadataStorage.findTypeMetadata(meta.target, meta.propertyName);
    const shape: unknown = type?.typeFunction?.() ?? type?.reflectedType;
    return typeof shape === 'function' && shape !== Array && shape !== Object
      ? named.refer(shape as Shape)
      : { type: 'object' };
  },
});

/**
 * JSON Schemas of classes as components of one document. Two services may each have a class of the same name: the
 * second one carries its service in its name.
 */
export class Named {
  readonly schemas: Record<string, Schema> = {};
  private readonly names = new Map<Shape, string>();

  constructor(private scope = '') {}

  within(scope: string): this {
    this.scope = scope;
    return this;
  }

  /** `made`: a field that the server fills where it is absent. */
  refer(shape: Shape, made?: string): Schema {
    const known = this.names.get(shape);
    if (known) return reference(known);
    const name = shape.name in this.schemas ? `${capital(this.scope)}${shape.name}` : shape.name;
    this.names.set(shape, name);
    this.schemas[name] = {};
    const schema = this.schemaOf(shape);
    const required = schema.required.filter((field) => field !== made);
    this.schemas[name] = { ...schema, required, additionalProperties: false };
    return reference(name);
  }

  /** The schema in place: for path and query parameters, which have no name of their own. */
  schemaOf(shape: Shape): Schema & { properties: Record<string, Schema>; required: string[] } {
    const found = targetConstructorToSchema(shape, {
      additionalConverters: nested(this) as never,
      refPointerPrefix: '#/components/schemas/',
    });
    return {
      type: 'object',
      properties: (found.properties ?? {}) as Record<string, Schema>,
      required: found.required ?? [],
    };
  }
}

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
