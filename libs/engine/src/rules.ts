// The rules that class-validator holds for a class, laid out once so that they can be asked without its bookkeeping.
// They only ever say that nothing is wrong; what is wrong, and what they do not know, class-validator itself tells.
import { getMetadataStorage, IS_OPTIONAL, ValidationTypes } from 'class-validator';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';

type Shape = new () => object;
type Holder = Readonly<Record<string, unknown>>;
type Rule = (value: unknown, holder: Holder) => boolean;
type ValidationMetadata = ReturnType<typeof storage.getTargetValidationMetadatas>[number];

interface Field {
  readonly name: string;
  /** Nothing given is nothing to look at, as `@IsOptional` has it. */
  readonly isOptional: boolean;
  readonly rules: readonly Rule[];
}

interface Fields {
  readonly names: ReadonlySet<string>;
  readonly all: readonly Field[];
}

/** Null: a rule is of a kind that only class-validator can apply. */
const laidOut = new WeakMap<Shape, Fields | null>();
const storage = getMetadataStorage();

/** True: class-validator would find no fault. False: ask it. */
export function hold(shape: Shape, value: unknown): boolean {
  const fields = fieldsOf(shape);
  if (!fields || !isRecord(value)) return false;
  for (const name of Object.keys(value)) if (!fields.names.has(name)) return false;
  for (const { name, isOptional, rules } of fields.all) {
    const found = value[name];
    if (isOptional && (found === undefined || found === null)) continue;
    for (const rule of rules) if (!rule(found, value)) return false;
  }
  return true;
}

const isRecord = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(shape: Shape): Fields | null {
  const known = laidOut.get(shape);
  if (known !== undefined) return known;
  const rules = storage.getTargetValidationMetadatas(shape, '', false, false);
  const fields = rules.every(isKnown) && rules.length > 0 ? layOut(shape, rules) : null;
  laidOut.set(shape, fields);
  return fields;
}

function layOut(shape: Shape, rules: readonly ValidationMetadata[]): Fields {
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  const all = [...names].map((name): Field => {
    const own = rules.filter(({ propertyName }) => propertyName === name);
    return {
      name,
      isOptional: own.some(isOptional),
      rules: own.filter((rule) => !isOptional(rule)).flatMap((rule) => rulesOf(shape, rule)),
    };
  });
  return { names, all };
}

const isOptional = ({ type, name }: ValidationMetadata): boolean =>
  type === ValidationTypes.CONDITIONAL_VALIDATION && name === IS_OPTIONAL;

const isKnown = (rule: ValidationMetadata): boolean =>
  !rule.groups?.length &&
  !rule.validateIf &&
  (rule.type === ValidationTypes.CUSTOM_VALIDATION ||
    rule.type === ValidationTypes.NESTED_VALIDATION ||
    isOptional(rule));

/** A promise of an asynchronous constraint is not `true`: it too is left to class-validator. */
function rulesOf(shape: Shape, rule: ValidationMetadata): Rule[] {
  const { type, propertyName: property, constraints, each } = rule;
  if (type === ValidationTypes.NESTED_VALIDATION) return [nested(shape, property)];
  return storage.getTargetValidatorConstraints(rule.constraintCls).map(({ instance }) => {
    const asked = {
      value: undefined as unknown,
      object: {},
      property,
      constraints,
      targetName: '',
    };
    const holds: Rule = (value, object) => {
      asked.value = value;
      asked.object = object;
      return instance.validate(value, asked) === true;
    };
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
