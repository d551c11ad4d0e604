// What reactions that queue messages share: the sentence of a kind, and what is too old to be told.
import type { Context, Recorded } from '@shouwen/engine';
import { fill, type Language, type MessageKind } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import { TEXTS } from './texts.js';

export function textOf(
  kind: MessageKind,
  data: object,
  { language, context }: { readonly language: Language; readonly context: Context },
): string {
  const standards = standardsOf(context);
  const type = (code: string) => standards.type(code, context.occurredAt)?.name[language];
  return fill(TEXTS[kind][language], data, { language, names: { type } });
}

/** Ours, no clause has it: what we learn later than this after it happened is a late entry, as in intake. */
const LATE_ENTRY_MINUTES = 5;

export const isLongAgo = ({ occurredAt, recordedAt }: Recorded): boolean =>
  Date.parse(recordedAt) - Date.parse(occurredAt) > LATE_ENTRY_MINUTES * 60_000;
