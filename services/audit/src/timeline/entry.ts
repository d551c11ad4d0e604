// One line of the timeline, as people read it. Pure: names and clauses are looked up before and handed in.
import { engineEvents, type EventContract } from '@shouwen/engine';
import {
  everyContract,
  fill,
  placeholdersOf,
  staffNamed,
  type Language,
  type Names,
} from '@shouwen/contracts';
import type { Clause } from '@shouwen/standards';
import type { TimelineDocument } from '../views/timeline.view.js';
import { isLateEntry } from './lateness.js';

const CONTRACTS: ReadonlyMap<string, EventContract> = new Map(
  [...everyContract, ...engineEvents].map((contract) => [contract.type, contract]),
);

const ERASED = { en: '(erased)', zh: '（已删除）' };

/** A document as the engine gives it to a reader: the sealed fields are opened, or {} where the person is erased. */
export type Opened = Omit<TimelineDocument, 'sealed'> & {
  readonly sealed: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export interface Lookups {
  readonly language: Language;
  readonly names: Names;
  readonly clause: (id: string) => Clause | null;
}

export interface CitedClause {
  readonly id: string;
  /** Name of the rule in the catalogue. */
  readonly rule: string;
  /** Where it stands (Chinese), or what it asks for (English). */
  readonly text: string;
}

export interface Entry {
  readonly eventId: string;
  readonly type: string;
  readonly service: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly isLateEntry: boolean;
  readonly actor: string;
  /** The actor as people say it. */
  readonly who: string;
  readonly sentence: string;
  readonly clauses: readonly CitedClause[];
  readonly pack?: { readonly pack: string; readonly version: string };
}

export function entryOf(document: Opened, lookups: Lookups): Entry {
  const { eventId, type, service, occurredAt, recordedAt, actor, pack } = document;
  const { language, names } = lookups;
  return {
    eventId,
    type,
    service,
    occurredAt,
    recordedAt,
    isLateEntry: isLateEntry(document),
    actor,
    who: staffNamed(actor, { language, names }),
    sentence: sentenceOf(document, lookups),
    clauses: (pack?.clauses ?? []).map((id) => cited(id, lookups)),
    ...(pack ? { pack: { pack: pack.pack, version: pack.version } } : {}),
  };
}

function sentenceOf(document: Opened, { language, names }: Lookups): string {
  const contract = CONTRACTS.get(document.type);
  if (!contract) return document.type;
  return fill(contract.says[language], fieldsOf(document, contract, language), { language, names });
}

/** The event's fields with the personal ones back in, as far as the reader may see them. */
function fieldsOf({ data, sealed }: Opened, contract: EventContract, language: Language): object {
  const personal = Object.entries(sealed).flatMap(([subject, fields]) => {
    if (Object.keys(fields).length > 0) return Object.entries(fields);
    const names = Object.keys(contract.personal?.[subject] ?? {});
    return names.map((name): [string, string] => [name, ERASED[language]]);
  });
  return { ...data, ...Object.fromEntries(personal) };
}

function cited(id: string, { clause, language }: Lookups): CitedClause {
  const found = clause(id);
  if (!found) return { id, rule: id, text: id };
  const text = language === 'zh' ? `${id} ${found.clause}`.trim() : found.text;
  return { id, rule: found.rule, text };
}

/** Codes in a document that have names: what must be looked up before its sentence is written. */
export function codesIn({ type, data, actor }: Opened): {
  readonly units: readonly string[];
  readonly staff: readonly string[];
} {
  const says = CONTRACTS.get(type)?.says;
  const asked = says ? [...placeholdersOf(says.en), ...placeholdersOf(says.zh)] : [];
  const values = (format: string) =>
    asked.filter((one) => one.format === format).flatMap(({ field }) => textsIn(data[field]));
  const isPerson = !actor.startsWith('system:');
  return { units: values('unit'), staff: [...values('staff'), ...(isPerson ? [actor] : [])] };
}

/** Codes in a field: itself, each of a list, or the `staff` of those who were told. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (value === null || typeof value !== 'object' || !('staff' in value)) return [];
  return textsIn(value.staff);
}
