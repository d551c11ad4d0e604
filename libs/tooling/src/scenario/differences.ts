import { ENTRY_KINDS, fileOf, idOf } from '@shouwen/standards';
import type { EntryKind, Pack, Words } from '@shouwen/standards';

type Entry = Pack[EntryKind][number];

interface Placed {
  readonly pack: Pack;
  readonly kind: EntryKind;
  readonly entry: Entry;
}

const UNITS: Readonly<Record<string, Words>> = {
  minutes: { en: 'minutes', zh: '分钟' },
  hours: { en: 'hours', zh: '小时' },
  days: { en: 'days', zh: '天' },
  years: { en: 'years', zh: '年' },
  workingDays: { en: 'working days', zh: '个工作日' },
  minutesBefore: { en: 'minutes before', zh: '分钟前' },
  minutesBeforeStart: { en: 'minutes before it begins', zh: '分钟提前' },
};

/** Fields that say the same of an entry whatever it asks for. */
const SILENT = ['id', 'code'];

/** What a folder of packs changes of those that ship, entry by entry, in both languages. */
export function packDifferences(shipped: readonly Pack[], own: readonly Pack[]): readonly Words[] {
  const known = shipped.flatMap(entriesOf);
  return own.flatMap((pack) => {
    const edition = shipped.find(({ id }) => id === pack.id);
    const entries = entriesOf(pack);
    return [
      ...entries.flatMap((placed) => changeOf(placed, before(known, placed))),
      ...(edition ? left(edition, pack) : []),
    ];
  });
}

const entriesOf = (pack: Pack): readonly Placed[] =>
  ENTRY_KINDS.flatMap((kind) => pack[kind].map((entry) => ({ pack, kind, entry })));

/** The shipped entry that one takes the place of: that of its utility before that of all. */
function before(known: readonly Placed[], { pack, kind, entry }: Placed): Placed | undefined {
  const same = known.filter((other) => other.kind === kind && idOf(other.entry) === idOf(entry));
  return (
    same.find((other) => other.pack.utility === pack.utility) ??
    same.find((other) => other.pack.utility === undefined || pack.utility === undefined)
  );
}

function changeOf(placed: Placed, old: Placed | undefined): Words[] {
  const { entry } = placed;
  const name = nameOf(placed);
  if (entry.isWithdrawn) return [{ en: `${name.en} holds no longer.`, zh: `${name.zh}不再适用。` }];
  if (!old) return [{ en: `${name.en} is new.`, zh: `${name.zh}为新增。` }];
  return fieldsOf(old.entry, entry).map(({ field, was, is }) => ({
    en: `${name.en}: ${field} was ${was.en}, is ${is.en}.`,
    zh: `${name.zh}：${field} 由 ${was.zh} 改为 ${is.zh}。`,
  }));
}

/** Entries of a shipped pack that a pack of the same id, which takes its place, leaves out. */
function left(shipped: Pack, own: Pack): Words[] {
  const kept = new Set(entriesOf(own).map(({ kind, entry }) => `${kind} ${idOf(entry)}`));
  return entriesOf(shipped)
    .filter(({ kind, entry }) => !kept.has(`${kind} ${idOf(entry)}`))
    .map((placed) => {
      const name = nameOf(placed);
      return {
        en: `${name.en} is left out, because this pack takes the place of the shipped one.`,
        zh: `${name.zh}未保留：此规范包整体替换了自带的同名规范包。`,
      };
    });
}

function nameOf({ pack, kind, entry }: Placed): Words {
  const name = `${pack.id}/${fileOf(kind)} ${idOf(entry)}`;
  const says = 'description' in entry ? entry.description : 'name' in entry ? entry.name : null;
  return says
    ? { en: `${name} (${says.en})`, zh: `${name}（${says.zh}）` }
    : { en: name, zh: name };
}

function fieldsOf(old: Entry, entry: Entry) {
  const [was, is] = [Object.entries(old), Object.entries(entry)].map((fields) => new Map(fields));
  const names = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  return names
    .filter((field) => !SILENT.includes(field))
    .filter((field) => JSON.stringify(was?.get(field)) !== JSON.stringify(is?.get(field)))
    .map((field) => ({ field, was: valueOf(was?.get(field)), is: valueOf(is?.get(field)) }));
}

/** A value as people say it: a figure with its unit, a list with commas. */
function valueOf(value: unknown): Words {
  if (value === undefined) return { en: 'not said', zh: '未规定' };
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return { en: value.join(', '), zh: value.join('、') };
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    const [unit, figure] = fields[0] ?? ['', ''];
    const words = UNITS[unit];
    if (fields.length === 1 && words)
      return { en: `${figure} ${words.en}`, zh: `${figure}${words.zh}` };
    if ('en' in value && 'zh' in value)
      return { en: `"${String(value.en)}"`, zh: `“${String(value.zh)}”` };
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { en: text, zh: text };
}
