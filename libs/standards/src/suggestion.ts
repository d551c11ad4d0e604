import type { TypeEntry, WeightedWords } from './pack.js';
import type { Suggestion } from './standards.js';

const WEIGHTS: Readonly<Record<keyof WeightedWords, number>> = { strong: 6, medium: 3, weak: 1 };
/** What naming the utility itself adds to each of its types that another word spoke for. */
const UTILITY_WEIGHT = 2;
/**
 * In a message longer than this, words of its opening count double unless they are weak or common: people begin
 * with their matter.
 */
const LONG_MESSAGE = 60;
const OPENING = 30;
/** Two weak words suggest nothing. */
const LEAST_SCORE = 3;

interface WordEntry {
  readonly weights: Map<string, number>;
  readonly utilities: Set<string>;
  /** True: types of several utilities have it, so it does not tell whose matter it is. */
  isCommon: boolean;
}

/** Every word of every type, ready to be looked for in a message. */
export interface Lexicon {
  readonly words: ReadonlyMap<string, WordEntry>;
  /** First character → lengths of the words that begin with it, longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
  /** Codes of safety types: of equal scores theirs comes first. */
  readonly safety: ReadonlySet<string>;
}

export interface LexiconSource {
  readonly types: readonly TypeEntry[];
  /** Utility → words that name the utility itself. */
  readonly utilityWords: ReadonlyMap<string, readonly string[]>;
}

export function makeLexicon({ types, utilityWords }: LexiconSource): Lexicon {
  const words = new Map<string, WordEntry>();
  const entryOf = (word: string): WordEntry => {
    const key = word.toLowerCase();
    const known = words.get(key);
    if (known) return known;
    const made = {
      weights: new Map<string, number>(),
      utilities: new Set<string>(),
      isCommon: false,
    };
    words.set(key, made);
    return made;
  };
  for (const type of types)
    for (const [strength, list] of Object.entries(type.words))
      for (const word of list as readonly string[])
        entryOf(word).weights.set(type.code, WEIGHTS[strength as keyof WeightedWords]);
  for (const [utility, list] of utilityWords)
    for (const word of list) entryOf(word).utilities.add(utility);
  for (const entry of words.values())
    entry.isCommon = new Set([...entry.weights.keys()].map(utilityOf)).size > 1;
  const safety = new Set(types.filter((type) => type.isSafety).map((type) => type.code));
  return { words, lengths: lengthsOf(words.keys()), safety };
}

function lengthsOf(words: Iterable<string>): ReadonlyMap<string, readonly number[]> {
  const lengths = new Map<string, Set<number>>();
  for (const word of words) {
    const first = word.charAt(0);
    lengths.set(first, (lengths.get(first) ?? new Set()).add(word.length));
  }
  return new Map([...lengths].map(([key, set]) => [key, [...set].sort((a, b) => b - a)]));
}

/**
 * Types that the words of a message speak for. Each different word counts once with the weight its type gives
 * it; a word that lies inside a longer one found at the same place does not count, so that "water heater" is no
 * water. Words in the opening of a long message count double. Types whose utility is named gain a little, and
 * words that several utilities have ("complaint", "rude") count only where something else tells the utility.
 */
export function suggest(lexicon: Lexicon, text: string, utility?: string): Suggestion[] {
  const opening = text.length > LONG_MESSAGE ? OPENING : 0;
  const entries = [...wordsIn(lexicon, text.toLowerCase())].flatMap(([word, at]) => {
    const entry = lexicon.words.get(word);
    return entry ? [{ word, ...entry, times: at < opening ? 2 : 1 }] : [];
  });
  const named = new Map(
    entries.flatMap(({ word, utilities }) => [...utilities].map((each) => [each, word] as const)),
  );
  const told = entries.flatMap((e) => (e.isCommon ? [] : [...e.weights.keys()].map(utilityOf)));
  const heard = new Set([...named.keys(), ...told, ...(utility === undefined ? [] : [utility])]);
  const danger = ({ code }: Suggestion) => Number(lexicon.safety.has(code));
  const matches = new Map<string, [word: string, weight: number][]>();
  for (const { word, weights, isCommon, times } of entries)
    for (const [code, weight] of weights)
      if (!isCommon || heard.has(utilityOf(code))) {
        const counted = isCommon || weight === WEIGHTS.weak ? weight : weight * times;
        matches.set(code, [...(matches.get(code) ?? []), [word, counted]]);
      }
  return [...matches]
    .map(([code, words]) => scored(code, words, named.get(utilityOf(code))))
    .filter((s) => s.score >= LEAST_SCORE && (!utility || utilityOf(s.code) === utility))
    .sort((a, b) => b.score - a.score || danger(b) - danger(a) || (a.code < b.code ? -1 : 1));
}

function scored(code: string, matches: [string, number][], name: string | undefined): Suggestion {
  const words = [...matches].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  const sum = matches.reduce((total, [, weight]) => total + weight, 0);
  return {
    code,
    score: sum + (name === undefined ? 0 : UTILITY_WEIGHT),
    words: name === undefined || words.includes(name) ? words : [...words, name],
  };
}

export const utilityOf = (code: string): string => code.slice(0, code.indexOf('.'));

/** The words of a text and where each stands first. */
function wordsIn(lexicon: Lexicon, text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let reach = 0;
  for (let at = 0; at < text.length; at += 1) {
    const word = longestAt(lexicon, text, at);
    if (word === null || at + word.length <= reach) continue;
    reach = at + word.length;
    if (!found.has(word)) found.set(word, at);
  }
  return found;
}

function longestAt({ words, lengths }: Lexicon, text: string, at: number): string | null {
  for (const length of lengths.get(text.charAt(at)) ?? []) {
    const word = text.slice(at, at + length);
    if (words.has(word) && isWhole(text, at, at + length)) return word;
  }
  return null;
}

/** Latin words count as whole words only: "gas" is not in "gasp". */
function isWhole(text: string, from: number, to: number): boolean {
  const isLetter = (at: number) => /[a-z]/.test(text.charAt(at));
  return !(isLetter(from) && isLetter(from - 1)) && !(isLetter(to - 1) && isLetter(to));
}
