import { parse } from 'yaml';
import { isInstantFormat, isZone } from './instant.js';

/** Where a field of the contact comes from: the same text for every line, a column, or columns put together. */
export type From =
  | { readonly constant: string }
  | {
      readonly column: string;
      /** What stands in the column → what is meant. A text that is not listed is `otherwise`. */
      readonly table?: Readonly<Record<string, string>>;
      /** Absent: a text outside the table rejects the line. Empty: the field stays out. */
      readonly otherwise?: string;
      /** The column holds several, e.g. `water|drain`: the first that the table knows is taken. */
      readonly separator?: string;
    }
  | {
      readonly columns: readonly string[];
      readonly between: string;
      readonly table?: Readonly<Record<string, string>>;
      readonly otherwise?: string;
    };

/** Lines that are not for us, and why. */
export interface SkipRule {
  readonly column: string;
  readonly isIn: readonly string[];
  readonly because: string;
}

export const TEXT_FIELDS = [
  'title',
  'description',
  'address',
  'callerName',
  'callerPhone',
  'isAnonymous',
  'isConfidential',
  'gridCode',
  'utility',
  'typeCode',
  'category',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export interface ImportMap {
  readonly about: string;
  readonly source: { readonly system: From; readonly id: From };
  readonly channel: From;
  readonly occurredAt: {
    readonly column: string;
    readonly formats: readonly string[];
    readonly zone: string;
  };
  readonly fields: Readonly<Partial<Record<TextField, From>>>;
  /** Ticket type by utility where neither a table nor a clear suggestion of the platform names one. */
  readonly fallbackTypes: Readonly<Record<string, string>>;
  readonly skip: readonly SkipRule[];
}

/** What is wrong with a map: where in it, and what. */
export class BadMap extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `the map cannot be used 映射文件有误：\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

const TOP = ['about', 'source', 'channel', 'occurredAt', 'fields', 'fallbackTypes', 'skip'];
const UTILITIES = ['water', 'heat', 'gas', 'power'];

/** Fields whose every possible text is known: a map that gives another one is wrong for each line it touches. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  channel: ['phone', 'window', 'web'],
  'fields.utility': UTILITIES,
  'fields.isAnonymous': ['true', 'false'],
  'fields.isConfidential': ['true', 'false'],
};

/** Reads a map and checks every part of it; throws `BadMap` with all faults at once. */
export function readMap(yaml: string): ImportMap {
  let root: unknown;
  try {
    root = parse(yaml, { schema: 'failsafe' });
  } catch (error) {
    throw new BadMap([`not YAML: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const check = new Check();
  const map = check.map(root);
  if (check.faults.length) throw new BadMap(check.faults);
  return map;
}

/** Columns that the map needs, to be compared with the header. */
export function columnsOf(map: ImportMap): readonly string[] {
  const froms = [map.source.system, map.source.id, map.channel, ...Object.values(map.fields)];
  const named = froms.flatMap((from) => {
    if ('column' in from) return [from.column];
    return 'columns' in from ? from.columns : [];
  });
  const others = [map.occurredAt.column, ...map.skip.map(({ column }) => column)];
  return [...new Set([...named, ...others])];
}

type Entries = Record<string, unknown>;

class Check {
  readonly faults: string[] = [];

  map(value: unknown): ImportMap {
    const root = this.object(value, 'the map', TOP);
    const source = this.object(root['source'], 'source', ['system', 'id']);
    const fields = this.object(root['fields'], 'fields', TEXT_FIELDS);
    if (!('description' in fields) && !('title' in fields))
      this.faults.push('fields: neither title nor description: a contact needs words');
    const fallbackTypes = this.texts(root['fallbackTypes'] ?? {}, 'fallbackTypes');
    for (const utility of Object.keys(fallbackTypes))
      if (!UTILITIES.includes(utility))
        this.faults.push(`fallbackTypes.${utility}: must be one of ${UTILITIES.join(', ')}`);
    return {
      about: this.text(root['about'], 'about'),
      source: {
        system: this.from(source['system'], 'source.system'),
        id: this.from(source['id'], 'source.id'),
      },
      channel: this.from(root['channel'], 'channel'),
      occurredAt: this.occurredAt(root['occurredAt']),
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, from]) => [name, this.from(from, `fields.${name}`)]),
      ),
      fallbackTypes,
      skip: this.list(root['skip'] ?? [], 'skip').map((rule, i) => this.skip(rule, `skip[${i}]`)),
    };
  }

  private occurredAt(value: unknown): ImportMap['occurredAt'] {
    const entry = this.object(value, 'occurredAt', ['column', 'formats', 'zone']);
    const formats = this.list(entry['formats'], 'occurredAt.formats').map((format, i) => {
      const text = this.text(format, `occurredAt.formats[${i}]`);
      if (text && !isInstantFormat(text))
        this.faults.push(
          `occurredAt.formats[${i}]: "${text}" must name yyyy, MM and dd; HH, mm, ss and SSS may follow`,
        );
      return text;
    });
    if (!formats.length)
      this.faults.push('occurredAt.formats: at least one format, e.g. yyyy-MM-dd');
    const zone = this.text(entry['zone'], 'occurredAt.zone');
    if (zone && !isZone(zone))
      this.faults.push(`occurredAt.zone: "${zone}" is no time zone, e.g. Asia/Shanghai`);
    return { column: this.text(entry['column'], 'occurredAt.column'), formats, zone };
  }

  private skip(value: unknown, at: string): SkipRule {
    const rule = this.object(value, at, ['column', 'isIn', 'because']);
    const isIn = this.list(rule['isIn'], `${at}.isIn`);
    if (!isIn.length) this.faults.push(`${at}.isIn: at least one text; '' for an empty column`);
    return {
      column: this.text(rule['column'], `${at}.column`),
      isIn: isIn.map((text) => (typeof text === 'string' ? text : '')),
      because: this.text(rule['because'], `${at}.because`),
    };
  }

  private from(value: unknown, at: string): From {
    const from = this.shape(value, at);
    const texts = 'constant' in from ? [from.constant] : Object.values(from.table ?? {});
    const all = 'otherwise' in from && from.otherwise ? [...texts, from.otherwise] : texts;
    for (const text of all)
      if (text && MEANINGS[at] && !MEANINGS[at].includes(text))
        this.faults.push(`${at}: "${text}" must be one of ${MEANINGS[at].join(', ')}`);
    return from;
  }

  private shape(value: unknown, at: string): From {
    const none = { constant: '' };
    if (!isEntries(value)) {
      this.faults.push(`${at}: must be {constant: …}, {column: …} or {columns: […]}`);
      return none;
    }
    const kinds = ['constant', 'column', 'columns'].filter((kind) => kind in value);
    if (kinds.length !== 1) {
      this.faults.push(`${at}: exactly one of constant, column and columns`);
      return none;
    }
    if ('constant' in value) {
      this.object(value, at, ['constant']);
      return { constant: this.text(value['constant'], `${at}.constant`) };
    }
    if ('columns' in value) {
      this.object(value, at, ['columns', 'between', 'table', 'otherwise']);
      return {
        ...this.table(value, at),
        columns: this.list(value['columns'], `${at}.columns`).map((column, i) =>
          this.text(column, `${at}.columns[${i}]`),
        ),
        between: typeof value['between'] === 'string' ? value['between'] : ' ',
      };
    }
    return this.column(value, at);
  }

  private column(value: Entries, at: string): From {
    this.object(value, at, ['column', 'table', 'otherwise', 'separator']);
    const { separator } = value;
    return {
      column: this.text(value['column'], `${at}.column`),
      ...this.table(value, at),
      ...(separator === undefined ? {} : { separator: this.text(separator, `${at}.separator`) }),
    };
  }

  private table(value: Entries, at: string) {
    for (const option of ['otherwise', 'separator'])
      if (option in value && !('table' in value))
        this.faults.push(`${at}.${option}: has a meaning only beside a table`);
    const { otherwise } = value;
    return {
      ...('table' in value ? { table: this.texts(value['table'], `${at}.table`) } : {}),
      ...(typeof otherwise === 'string' ? { otherwise } : {}),
    };
  }

  private object(value: unknown, at: string, keys: readonly string[]): Entries {
    if (!isEntries(value)) {
      this.faults.push(`${at}: ${value === undefined ? 'is missing' : 'must be a mapping'}`);
      return {};
    }
    for (const key of Object.keys(value))
      if (!keys.includes(key))
        this.faults.push(`${at}: "${key}" is unknown; known are ${keys.join(', ')}`);
    return value;
  }

  private list(value: unknown, at: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.faults.push(`${at}: ${value === undefined ? 'is missing' : 'must be a list'}`);
    return [];
  }

  private text(value: unknown, at: string): string {
    if (typeof value === 'string' && value !== '') return value;
    this.faults.push(`${at}: ${value === undefined ? 'is missing' : 'must be a text'}`);
    return '';
  }

  private texts(value: unknown, at: string): Record<string, string> {
    if (!isEntries(value)) {
      this.faults.push(`${at}: must be a mapping of texts`);
      return {};
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, text]) => [key, this.text(text, `${at}.${key}`)]),
    );
  }
}

const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
