// Fills the sentences that contracts and message templates say. Pure: the same data gives the same sentence on every
// machine, whatever its time zone and language settings, because a timeline is evidence.
import { WORDS } from './words.js';

export type Language = 'en' | 'zh';

/** How codes are called. What is not known is shown as the code, so that a sentence never has a hole. */
export interface Names {
  readonly type?: (code: string, language: Language) => string | undefined;
  readonly unit?: (path: string, language: Language) => string | undefined;
  readonly staff?: (number: string, language: Language) => string | undefined;
}

export interface Wording {
  readonly language: Language;
  readonly names?: Names;
}

/** What may stand after the bar of `{field|format}`. */
export const FORMATS = ['date', 'type', 'unit', 'staff'] as const;
type Format = (typeof FORMATS)[number];

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9.]*)(?:\|([a-z]+))?\}/g;
/** `[, with {field}]` is left out where one of its fields is absent. */
const OPTIONAL_PART = /\[([^[\]]*\{[^[\]]*)\]/g;
const ABSENT = { en: 'not stated', zh: '未注明' };
const BOOLEANS = { en: { true: 'yes', false: 'no' }, zh: { true: '是', false: '否' } };
const NONE = { en: 'none', zh: '无' };
const NOBODY = { en: 'nobody', zh: '无人' };
const BETWEEN = { en: ', ', zh: '、' };
const EIGHT_HOURS = 8 * 60 * 60 * 1000;

/** The fields and formats that a template asks for. */
export const placeholdersOf = (template: string): { field: string; format?: string }[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, field, format]) => ({
    field: field!,
    ...(format ? { format } : {}),
  }));

/** The template with every placeholder filled from `data`; dotted fields reach into objects. */
export function fill(template: string, data: object, wording: Wording): string {
  const isThere = ({ field }: { field: string }) => valueAt(data, field) !== undefined;
  const stated = template.replace(OPTIONAL_PART, (_, part: string) =>
    placeholdersOf(part).every(isThere) ? part : '',
  );
  return stated.replace(PLACEHOLDER, (_, field: string, format?: string) =>
    show(valueAt(data, field), format, wording),
  );
}

/** Date and time in Beijing, which has no summer time: `2026-01-15 16:00`, `2026年1月15日 16:00`. */
export function localTime(instant: string, language: Language): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) return instant;
  const text = new Date(milliseconds + EIGHT_HOURS).toISOString();
  const [date, time] = [text.slice(0, 10), text.slice(11, 16)];
  if (language === 'en') return `${date} ${time}`;
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日 ${time}`;
}

const valueAt = (data: object, field: string): unknown =>
  field
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        value !== null && typeof value === 'object' && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      data,
    );

function show(value: unknown, format: string | undefined, wording: Wording): string {
  const { language } = wording;
  if (value === undefined || value === null || value === '') return ABSENT[language];
  if (Array.isArray(value)) {
    if (value.length === 0) return (format === 'staff' ? NOBODY : NONE)[language];
    return value.map((one) => show(one, format, wording)).join(BETWEEN[language]);
  }
  if (typeof value === 'boolean') return BOOLEANS[language][`${value}`];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return composed(value, format, wording);
  return named(String(value), format as Format | undefined, wording);
}

/** Who was told as holder of a post, as `2001, head of station`; any other object as its values in a row. */
function composed(value: object, format: string | undefined, wording: Wording): string {
  if (format === 'staff' && 'staff' in value && 'post' in value) {
    const [staff, post] = [
      show(value.staff, 'staff', wording),
      show(value.post, undefined, wording),
    ];
    return wording.language === 'en' ? `${staff}, ${post}` : `${post}${staff}`;
  }
  return Object.values(value)
    .map((one) => show(one, format, wording))
    .join(' ');
}

const wordFor = (code: string, language: Language): string => WORDS[code]?.[language] ?? code;

function named(value: string, format: Format | undefined, { language, names }: Wording): string {
  switch (format) {
    case 'date':
      return localTime(value, language);
    case 'type':
      return names?.type?.(value, language) ?? wordFor(value, language);
    case 'unit':
      return names?.unit?.(value, language) ?? value;
    case 'staff':
      return staffNamed(value, { language, ...(names ? { names } : {}) });
    case undefined:
      return wordFor(value, language);
  }
}

/** A staff number, and the name behind it where the reader may know it; `system:…` is the platform itself. */
export function staffNamed(number: string, { language, names }: Wording): string {
  if (number.startsWith('system:')) return language === 'en' ? 'the system' : '系统';
  const name = names?.staff?.(number, language);
  // A post that nobody holds may stand where a person would.
  if (!name) return wordFor(number, language);
  return language === 'en' ? `${name} (${number})` : `${name}（${number}）`;
}
