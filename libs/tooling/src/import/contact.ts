import type { Fate } from './counts.js';
import type { Entry } from './entry.js';
import type { ImportMap } from './map.js';
import type { Platform } from './platform.js';

/** A type as the platform suggests it for the words of a message, best first. */
interface Suggestion {
  readonly typeCode: string;
  readonly score: number;
}

/** How a line came to its ticket type; printed at the end, so that nobody takes a guess for a fact. */
export type TypedBy =
  | 'the map 映射'
  | 'suggestion of the platform 建议'
  | 'fallback of the map 默认'
  | 'nobody: unclassified 未分类';

/** A query string carries no book: the first words decide. */
const WORDS_TO_JUDGE = 500;

/** The type that a call-taker would take: the map's, else the best suggestion, else the map's fallback. */
export async function withType(
  entry: Entry,
  map: ImportMap,
  platform: Platform,
): Promise<{ typed: Entry; by: TypedBy }> {
  const { utility, typeCode, title = '', description = '' } = entry.fields;
  if (typeCode) return { typed: entry, by: 'the map 映射' };
  const words = [...`${title} ${description}`.trim()].slice(0, WORDS_TO_JUDGE).join('');
  const query = new URLSearchParams({
    text: words,

    ...(utility ? { utility } : {}),
  });
  const { suggestions } = await platform.read<{ suggestions: readonly Suggestion[] }>(
    `/intake/type-suggestions?${query.toString()}`,
  );
  const best = clearBest(suggestions);
  if (best) return { typed: typedAs(entry, best), by: 'suggestion of the platform 建议' };
  const fallback = utility ? map.fallbackTypes[utility] : undefined;
  if (fallback) return { typed: typedAs(entry, fallback), by: 'fallback of the map 默认' };
  return { typed: entry, by: 'nobody: unclassified 未分类' };
}

const typedAs = (entry: Entry, typeCode: string): Entry => ({
  ...entry,
  fields: { ...entry.fields, typeCode },
});

/** The first suggestion, unless a second one is as good: then a person has to look. */
export function clearBest(suggestions: readonly Suggestion[]): string | null {
  const [first, second] = suggestions;
  if (!first || first.score <= 0) return null;
  return second && second.score >= first.score ? null : first.typeCode;
}

/** The line as the body of POST /intake/contacts. The same line gives the same body, or the key would not fit. */
export function bodyOf({ channel, occurredAt, system, id, fields }: Entry): object {
  const { callerName, callerPhone, isAnonymous, isConfidential, ...matter } = fields;
  return {
    channel,
    occurredAt,
    source: { system, id },
    ...(callerName ? { callerName } : {}),
    ...(callerPhone ? { callerPhone } : {}),
    ...(isAnonymous === 'true' ? { isAnonymous: true } : {}),
    ...(isConfidential === 'true' ? { isConfidential: true } : {}),
    matters: [{ opens: { ...matter } }],
  };
}

/** What the platform made of a line. */
export function fateOf(answer: Readonly<Record<string, unknown>>): Fate {
  const [matter] = (answer['matters'] ?? []) as readonly { how: string }[];
  if (matter?.how === 'opened') return 'opened';
  if (matter?.how === 'joined') return 'joined';
  throw new Error(
    `the platform answered a new contact without its matter: ${JSON.stringify(answer)}`,
  );
}
