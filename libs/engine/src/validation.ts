import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Fault } from './errors.js';

/** Every field of `value` that breaks a rule of the class; unknown fields are faults too. Empty: it is valid. */
export function faultsOf(shape: new () => object, value: object): Fault[] {
  const instance =
    value instanceof shape
      ? value
      : (plainToInstance(shape, value, { exposeUnsetFields: false }) as object);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  return errors.flatMap((error) => faults(error, ''));
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
