import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseDocument } from 'yaml';
import {
  ENTRY_SCHEMAS,
  FILES,
  PACK_SCHEMA,
  UTILITY_WORDS_SCHEMA,
  WITHDRAWN_SCHEMA,
} from './pack-schema.js';
import type { PackFault } from './pack-faults.js';
import { ENTRY_KINDS } from './pack.js';
import type { EntryKind, Holiday, Pack, PackEntries } from './pack.js';
import type { Clause } from './standards.js';

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const compiled = Object.fromEntries(
  ENTRY_KINDS.map((kind) => [kind, ajv.compile(ENTRY_SCHEMAS[kind])]),
) as unknown as Record<EntryKind, ValidateFunction>;
const withdrawn = ajv.compile(WITHDRAWN_SCHEMA);
const packHead = ajv.compile(PACK_SCHEMA);
const utilityWords = ajv.compile(UTILITY_WORDS_SCHEMA);

type Json = Record<string, unknown>;

/** Packs of one folder, and everything in it that is no pack. */
export interface ReadPacks {
  readonly packs: readonly Pack[];
  readonly faults: readonly PackFault[];
}

/** Reads every pack below a folder: each sub-folder with a `pack.yaml` is one edition of one pack. */
export async function readPacks(folder: string): Promise<ReadPacks> {
  const packs: Pack[] = [];
  const faults: PackFault[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.filter((e) => e.isDirectory()).sort(byName)) {
    const path = join(folder, name);
    const files = await readdir(path);
    if (!files.includes('pack.yaml')) continue;
    const read = await readPack(path, files.sort());
    faults.push(...read.faults);
    if (read.pack) packs.push(read.pack);
  }
  return { packs, faults };
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

async function readPack(folder: string, files: readonly string[]) {
  const faults: PackFault[] = [];
  const contents: Record<string, unknown> = {};
  for (const file of files.filter((name) => /\.ya?ml$/.test(name))) {
    const path = join(folder, file);
    if (file !== 'pack.yaml' && !FILES[file])
      faults.push({
        file: path,
        entry: '-',
        field: file,
        rule: 'file.unknown',
        message: `A pack has ${Object.keys(FILES).join(', ')}.`,
      });
    const document = parseDocument(await readFile(path, 'utf8'));
    for (const error of document.errors)
      faults.push({
        file: path,
        entry: '-',
        field: '-',
        rule: 'yaml',
        message: error.message.split('\n')[0] ?? error.code,
      });
    contents[file] = document.errors.length ? {} : (document.toJS() as unknown);
  }
  const holidays = await readHolidays(folder, files, faults);
  const head = contents['pack.yaml'] as Json;
  faults.push(
    ...check(packHead, head, { file: join(folder, 'pack.yaml'), entry: basename(folder) }),
  );
  const lists = readLists(folder, contents, faults);
  if (faults.length) return { faults };
  const hash = hashOf({ ...contents, ...holidays });
  const pack = { ...head, ...lists, holidays, hash, folder } as unknown as Pack;
  return { faults, pack };
}

/** Every list of every file, each entry checked by its schema. */
function readLists(folder: string, contents: Record<string, unknown>, faults: PackFault[]) {
  const lists: Record<string, unknown> = Object.fromEntries(ENTRY_KINDS.map((kind) => [kind, []]));
  lists['utilityWords'] = [];
  for (const name of Object.keys(FILES)) {
    const file = join(folder, name);
    for (const [key, value] of Object.entries((contents[name] ?? {}) as Json)) {
      faults.push(...checkList(file, key, value));
      lists[key] = value;
    }
  }
  return lists as unknown as PackEntries;
}

function checkList(file: string, key: string, value: unknown): PackFault[] {
  const name = basename(file);
  if (name === 'types.yaml' && key === 'utilityWords')
    return check(utilityWords, value, { file, entry: key });
  const kind = FILES[name]?.find((one) => one === key);
  const where = { file, entry: '-', field: key };
  if (!kind)
    return [
      { ...where, rule: 'unknown-key', message: `This file has ${FILES[name]?.join(', ')}.` },
    ];
  if (!Array.isArray(value))
    return [{ ...where, rule: 'type', message: 'This is a list of entries.' }];
  return (value as unknown[]).flatMap((entry) => checkEntry(file, kind, entry));
}

function checkEntry(file: string, kind: EntryKind, entry: unknown): PackFault[] {
  const fields = (entry ?? {}) as Json;
  const name = String(fields['id'] ?? fields['code'] ?? '-');
  const schema = fields['isWithdrawn'] === undefined ? compiled[kind] : withdrawn;
  return check(schema, entry, { file, entry: name });
}

function check(
  validate: ValidateFunction,
  value: unknown,
  where: { file: string; entry: string },
): PackFault[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const { field, rule, message } = explain(error);
    return { ...where, field, rule, message };
  });
}

/** What Ajv found, in the words of somebody who writes packs. */
function explain(error: ErrorObject) {
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const at = (key: string) => (path ? `${path}.${key}` : key);
  const params = error.params as Json;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      return { field: at(key), rule: 'unknown-key', message: 'This key is not known here.' };
    }
    case 'required': {
      const key = String(params['missingProperty']);
      return { field: at(key), rule: 'missing', message: 'This field is missing.' };
    }
    case 'minProperties':
    case 'maxProperties':
    case 'type':
      return /(^|\.)(within|after|wait|due|warn)$/.test(path)
        ? {
            field: path,
            rule: 'unit.missing',
            message: 'A figure stands under exactly one unit, such as {minutes: 60}.',
          }
        : { field: path || '-', rule: error.keyword, message: `The value ${error.message}.` };
    case 'enum': {
      const allowed = (params['allowedValues'] as string[]).join(', ');
      return { field: path, rule: 'enum', message: `The value is one of ${allowed}.` };
    }
    default:
      return { field: path || '-', rule: error.keyword, message: `The value ${error.message}.` };
  }
}

async function readHolidays(folder: string, files: readonly string[], faults: PackFault[]) {
  const holidays: Record<string, Holiday[]> = {};
  for (const file of files.filter((name) => name.endsWith('.csv'))) {
    const path = join(folder, file);
    const rows = parseCsv(await readFile(path, 'utf8'), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    holidays[file] = rows.map((row, index) => {
      const { schedule_year: year = '', date = '', is_off_day: off = '' } = row;
      if (!/^\d{4}$/.test(year) || !/^\d{4}-\d\d-\d\d$/.test(date) || !/^[01]$/.test(off))
        faults.push({
          file: path,
          entry: `line ${index + 2}`,
          field: 'date',
          rule: 'holiday',
          message: 'A row has schedule_year, date, name, is_off_day (0 or 1).',
        });
      return { year: Number(year), date, isOffDay: off === '1' };
    });
  }
  return holidays;
}

/** The clause catalogue by id. */
export async function readClauses(file: string): Promise<ReadonlyMap<string, Clause>> {
  const rows = parseCsv(await readFile(file, 'utf8'), { columns: true, bom: true }) as Record<
    string,
    string
  >[];
  return new Map(
    rows.map((row) => [
      row['id'] ?? '',
      {
        id: row['id'] ?? '',
        clause: row['clause'] ?? '',
        utility: row['utility'] ?? '',
        rule: row['canonical_rule'] ?? '',
        text: row['system_must'] ?? '',
        where: row['ticket_type_and_stage'] ?? '',
        figure: row['numeric_value'] ?? '',
      },
    ]),
  );
}

/** SHA-256 over the content with sorted keys: comments, order of keys and layout of the YAML do not change it. */
export const hashOf = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}
