// The rules that class-validator holds for a class, laid out once so that they can be asked without its bookkeeping.
// They only ever say that nothing is wrong; what is wrong, and what they do not know, class-validator itself tells.
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';

type Shape = new () => object;
type Holder = Readonly<Record<string, unknown>>;
type Rule = (value: unknown, holder: Holder) => boolean;
type ValidationMetadata = ReturnType<typeof storage.getTargetValidationMetadatas>[number];

interface Field {
  /** Class-validator looks no further where one of these is false, as `@IsOptional` is for nothing. */
  readonly isLookedAt: readonly Rule[];
  readonly rules: readonly Rule[];
}

/** Null: a rule is of a kind that only class-validator can apply. */
type Fields = ReadonlyMap<string, Field> | null;

const laidOut = new WeakMap<Shape, Fields>();
const storage = getMetadataStorage();

/** True: class-validator would find no fault. False: ask it. */
export function hold(shape: Shape, value: unknown): boolean {
  const fields = fieldsOf(shape);
  if (!fields || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const holder = value as Holder;
  for (const name of Object.keys(holder)) if (!fields.has(name)) return false;
  for (const [name, { isLookedAt, rules }] of fields) {
    const found = holder[name];
    if (isLookedAt.every((rule) => rule(found, holder)) && !rules.every((r) => r(found, holder)))
      return false;
  }
  return true;
}

function fieldsOf(shape: Shape): Fields {
  const known = laidOut.get(shape);
  if (known !== undefined) return known;
  const all = storage.getTargetValidationMetadatas(shape, '', false, false);
  const fields = all.every(isKnown) && all.length > 0 ? layOut(shape, all) : null;
  laidOut.set(shape, fields);
  return fields;
}

function layOut(shape: Shape, all: readonly ValidationMetadata[]): Fields {
  const fields = new Map<string, { isLookedAt: Rule[]; rules: Rule[] }>();
  for (const rule of all) {
    const field = fields.get(rule.propertyName) ?? { isLookedAt: [], rules: [] };
    fields.set(rule.propertyName, field);
    if (rule.type === ValidationTypes.CONDITIONAL_VALIDATION) {
      const [condition] = rule.constraints as [(holder: Holder, value: unknown) => boolean];
      field.isLookedAt.push((value, holder) => condition(holder, value));
    } else if (rule.type === ValidationTypes.NESTED_VALIDATION) {
      field.rules.push(nested(shape, rule.propertyName));
    } else field.rules.push(...constraintsOf(rule));
  }
  return fields;
}

const isKnown = ({ type, groups, validateIf }: ValidationMetadata): boolean =>
  !groups?.length &&
  !validateIf &&
  (type === ValidationTypes.CUSTOM_VALIDATION ||
    type === ValidationTypes.CONDITIONAL_VALIDATION ||
    type === ValidationTypes.NESTED_VALIDATION);

/** A promise of an asynchronous constraint is not `true`: it too is left to class-validator. */
function constraintsOf(rule: ValidationMetadata): Rule[] {
  const { propertyName: property, constraints, each } = rule;
  return storage.getTargetValidatorConstraints(rule.constraintCls).map(({ instance }) => {
    const holds: Rule = (value, object) =>
      instance.validate(value, { value, object, property, constraints, targetName: '' }) === true;
    if (!each) return holds;
    return (value, holder) =>
      Array.isArray(value) ? value.every((one) => holds(one, holder)) : holds(value, holder);
  });
}

/** What is nested has the class that `@Type` names; without one only an instance says what it is. */
function nested(shape: Shape, property: string): Rule {
  const type = defaultMetadataStorage.findTypeMetadata(shape, property);
  const of = type?.typeFunction?.() as Shape | undefined;
  const isOne = (value: unknown) => of !== undefined && hold(of, value);
  return (value) =>
    value === undefined || (Array.isArray(value) ? value.every(isOne) : isOne(value));
}
