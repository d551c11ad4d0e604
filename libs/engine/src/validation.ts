import { plainToInstance } from 'class-transformer';
import {
  getMetadataStorage,
  validateSync,
  ValidationTypes,
  type ValidationError,
} from 'class-validator';
import type { Fault } from './errors.js';
import { hold } from './rules.js';

type Shape = new () => object;

/** Classes that hold other classes need their plain values turned into instances, level by level; flat ones do not. */
const isNested = new WeakMap<Shape, boolean>();

// The storage walks every class of the program on each validation. What it finds for a class does not change once the
// class is declared, so it is asked once.
const storage = getMetadataStorage();
const find = storage.getTargetValidationMetadatas.bind(storage);
const found = new WeakMap<object, ReturnType<typeof find>>();
storage.getTargetValidationMetadatas = (...asked) => {
  const [target, schema, , , groups] = asked;
  if (schema || groups?.length) return find(...asked);
  const known = found.get(target) ?? find(...asked);
  found.set(target, known);
  return known;
};

/** Every field of `value` that breaks a rule of the class; unknown fields are faults too. Empty: it is valid. */
export function faultsOf(shape: Shape, value: object): Fault[] {
  if (hold(shape, value)) return [];
  const errors = validateSync(instanceOf(shape, value), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  return errors.flatMap((error) => faults(error, ''));
}

function instanceOf(shape: Shape, value: object): object {
  if (value instanceof shape) return value;
  if (holdsOthers(shape) || Object.hasOwn(value, '__proto__'))
    return plainToInstance(shape, value, { exposeUnsetFields: false }) as object;
  return Object.assign(Object.create(shape.prototype as object) as object, value);
}

function holdsOthers(shape: Shape): boolean {
  const known = isNested.get(shape);
  if (known !== undefined) return known;
  const rules = storage.getTargetValidationMetadatas(shape, '', false, false);
  const isHolder = rules.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION);
  isNested.set(shape, isHolder);
  return isHolder;
}

function faults(error: ValidationError, path: string): Fault[] {
  const field = path ? `${path}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    rule,
    message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faults(child, field))];
}
