import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import ts from 'typescript';
import { faultsOf, type EventContract } from '@shouwen/engine';
import { lineOf, nodes, parsed } from './syntax.js';
import type { Finding, Source } from './repository.js';

type Fields = Record<string, unknown>;

export interface Sample {
  readonly path: string;
  readonly type: string;
  readonly version: number;
  readonly data: object;
}

const PLACE = /^libs\/contracts\/samples\/([a-z0-9.-]+)\/(\d+)\/[a-z0-9-]+\.json$/;

/** `libs/contracts/samples/<type>/<version>/<name>.json` holds the data of one event. */
export function sampleOf({ path, text }: Source): Sample | null {
  const [, type, version] = PLACE.exec(path) ?? [];
  return type ? { path, type, version: Number(version), data: JSON.parse(text) as object } : null;
}

/** The data as the newest contract has it. */
export function upcast(contract: EventContract, sample: Sample): object {
  let { data } = sample;
  for (let v = sample.version; v < contract.version; v++) {
    const step = contract.upcasts?.[v];
    if (!step) throw new Error(`${contract.type} has no upcaster from version ${v}`);
    data = step(data as never);
  }
  return data;
}

/** As it is read once its subjects are erased: their fields are gone. */
export function erased(contract: EventContract, data: object): object {
  const left: Fields = { ...data };
  for (const fields of Object.values(contract.personal ?? {}))
    for (const field of Object.keys(fields)) delete left[field];
  return left;
}

/** What is wrong with a sample, read as it is and read after its people are erased. */
export function sampleFindings(sample: Sample, contracts: readonly EventContract[]): Finding[] {
  const { path } = sample;
  const contract = contracts.find(({ type }) => type === sample.type);
  if (!contract) return [{ path, says: `there is no event ${sample.type}` }];
  if (sample.version > contract.version)
    return [{ path, says: `${sample.type} has no version ${sample.version} yet` }];
  const data = upcast(contract, sample);
  const whole = faultsOf(contract.data, data).map(({ message }) => message);
  if (whole.length) return whole.map((says) => ({ path, says }));
  return faultsOf(contract.data, erased(contract, data)).map(({ message }) => ({
    path,
    says: `once its people are erased: ${message}`,
  }));
}

/** Fields that carry a validator. */
const validated = (shape: new () => object): Set<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(shape, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

/** Declarations whose parts name fields that the class does not have, or people who could not be erased. */
export function declarationFindings(contract: EventContract): Finding[] {
  const fields = validated(contract.data);
  const says: string[] = [];
  if (!fields.has(contract.key)) says.push(`the key ${contract.key} is no field`);
  if (!/^[a-z-]+\.[a-z-]+$/.test(contract.type))
    says.push('the wire name is not service.noun-past');
  says.push(...personalFaults(contract, fields));
  for (const language of ['en', 'zh'] as const)
    for (const [, field] of contract.says[language].matchAll(/\{(\w+)/g))
      if (!fields.has(field!))
        says.push(`its ${language} sentence names ${field}, which is no field`);
  for (let v = 1; v < contract.version; v++)
    if (!contract.upcasts?.[v]) says.push(`version ${v} cannot be read: no upcaster`);
  return says.map((sentence) => ({ path: contract.type, says: sentence }));
}

function personalFaults(contract: EventContract, fields: ReadonlySet<string>): string[] {
  return Object.entries(contract.personal ?? {}).flatMap(([subject, personal]) => [
    ...(fields.has(subject) ? [] : [`the data subject ${subject} is no field`]),
    ...Object.keys(personal)
      .filter((field) => !fields.has(field))
      .map((field) => `the personal field ${field} is no field`),
    ...Object.keys(personal)
      .filter((field) => fields.has(field) && !isOptional(contract.data, field))
      .map((field) => `${field} is personal and must be optional: erasure leaves it absent`),
  ]);
}

const isOptional = (shape: new () => object, field: string): boolean =>
  getMetadataStorage()
    .getTargetValidationMetadatas(shape, '', false, false)
    .some(({ propertyName, type }) => propertyName === field && type === 'conditionalValidation');

/** Properties of contract classes without a rule of their own: they would be written unchecked. */
export function unvalidatedFindings(source: Source): Finding[] {
  const found: Finding[] = [];
  for (const node of nodes(parsed(source))) {
    if (!ts.isPropertyDeclaration(node) || node.modifiers?.some(isStatic)) continue;
    const rules = (ts.getDecorators(node) ?? [])
      .map(({ expression }) => expression.getText())
      .filter((text) => !/^(IsOptional|Type|Transform)\(/.test(text));
    if (rules.length === 0)
      found.push({
        path: source.path,
        line: lineOf(source, node.getStart()),
        says: `${node.name.getText()} has no validator`,
      });
  }
  return found;
}

const isStatic = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.StaticKeyword;
