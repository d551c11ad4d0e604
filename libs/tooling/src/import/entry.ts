import { instantReader } from './instant.js';
import type { InstantReader } from './instant.js';
import type { Rejection } from './counts.js';
import { TEXT_FIELDS } from './map.js';
import type { From, ImportMap, TextField } from './map.js';

/** What a line says, in the words of the platform. */
export interface Entry {
  readonly line: number;
  readonly system: string;
  readonly id: string;
  readonly channel: string;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly fields: Readonly<Partial<Record<TextField, string>>>;
}

export type Reading =
  | { readonly entry: Entry }
  | { readonly skipped: string }
  | { readonly rejected: readonly Rejection[] };

/** A reader of records by a map; throws where the header lacks a column that the map names. */
export function entryReader(map: ImportMap, header: readonly string[]) {
  const at = new Map(header.map((column, i) => [column.trim(), i]));
  const readInstant = instantReader(map.occurredAt.formats, map.occurredAt.zone);
  return (line: number, fields: readonly string[]): Reading =>
    readEntry({
      map,
      line,
      readInstant,
      column: (name) => (fields[at.get(name) ?? -1] ?? '').trim(),
    });
}

interface Line {
  readonly map: ImportMap;
  readonly line: number;
  readonly readInstant: InstantReader;
  readonly column: (name: string) => string;
}

function readEntry({ map, line, readInstant, column }: Line): Reading {
  const skip = map.skip.find((rule) => rule.isIn.includes(column(rule.column)));
  if (skip) return { skipped: skip.because };
  const rejected: Rejection[] = [];
  const reject = (field: string, reason: string) => rejected.push({ line, field, reason });
  const value = (from: From, name: string): string => {
    const found = valueOf(from, column);
    if (found !== null) return found;
    reject(name, `"${shortened(textOf(from, column))}" is not in the map 映射表里没有`);
    return '';
  };
  const needed = (from: From, name: string): string => {
    const text = value(from, name);
    if (text === '' && rejected.at(-1)?.field !== name) reject(name, 'is empty 为空');
    return text;
  };
  const system = needed(map.source.system, 'source.system');
  const id = needed(map.source.id, 'source.id');
  const channel = needed(map.channel, 'channel');
  const date = column(map.occurredAt.column);
  const occurredAt = readInstant(date);
  if (occurredAt === null)
    reject(
      map.occurredAt.column,
      date === ''
        ? 'is empty 日期为空'
        : `"${shortened(date)}" is no date of the form ${map.occurredAt.formats.join(' or ')} 日期格式不符`,
    );
  const fields: Partial<Record<TextField, string>> = {};
  for (const name of TEXT_FIELDS) {
    const from = map.fields[name];
    const text = from ? value(from, name) : '';
    if (text !== '') fields[name] = text;
  }
  if (!fields.title && !fields.description)
    reject(map.fields.description ? 'description' : 'title', 'says nothing 内容为空');
  return rejected.length || occurredAt === null
    ? { rejected }
    : { entry: { line, system, id, channel, occurredAt, fields } };
}

/** The text a field gets; null where a table does not know what stands in the column. */
function valueOf(from: From, column: (name: string) => string): string | null {
  if ('constant' in from) return from.constant;
  const text = textOf(from, column);
  const { table, otherwise } = from;
  const separator = 'separator' in from ? from.separator : undefined;
  if (!table) return text;
  const parts = separator ? text.split(separator).map((part) => part.trim()) : [text];
  for (const part of parts) {
    const meant = Object.hasOwn(table, part) ? table[part] : undefined;
    if (meant !== undefined) return meant;
  }
  return otherwise ?? null;
}

function textOf(from: From, column: (name: string) => string): string {
  if ('constant' in from) return from.constant;
  if ('column' in from) return column(from.column);
  return from.columns
    .map(column)
    .filter((text) => text !== '')
    .join(from.between);
}

const shortened = (text: string): string => {
  const letters = [...text];
  return letters.length > 20 ? `${letters.slice(0, 20).join('')}…` : text;
};
