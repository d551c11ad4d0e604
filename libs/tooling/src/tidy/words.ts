import { comments, strings } from './syntax.js';
import { isCode, type Finding, type Source } from './repository.js';

/** How it is spelt across the ocean (a pattern for whole words) → how it is spelt here. */
const SPELLING: readonly (readonly [string, string])[] = [
  ['analyz(e|es|ed|ing)', 'analyse'],
  ['(un)?authoriz(e|es|ed|ing)', 'authorise'],
  ['behaviors?', 'behaviour'],
  ['cancel(ed|ing)', 'cancelled'],
  ['catalog(s|ed)?', 'catalogue'],
  ['categoriz(e|es|ed|ing)', 'categorise'],
  ['center(s|ed)?', 'centre'],
  ['colors?', 'colour'],
  ['customiz(e|es|ed|ing)', 'customise'],
  ['defense', 'defence'],
  ['favor(s|ed|ite)?', 'favour'],
  ['fulfill(s|ment)?', 'fulfil'],
  ['honor(s|ed)?', 'honour'],
  ['initializ(e|es|ed|ing)', 'initialise'],
  ['label(ed|ing)', 'labelled'],
  ['minimiz(e|es|ed|ing)', 'minimise'],
  ['model(ed|ing)', 'modelled'],
  ['neighbors?', 'neighbour'],
  ['normaliz(e|es|ed|ing)', 'normalise'],
  ['organiz(e|es|ed|ing|ations?|ational)', 'organise'],
  ['prioritiz(e|es|ed|ing)', 'prioritise'],
  ['recogniz(e|es|ed|ing)', 'recognise'],
  ['serializ(e|es|ed|ing)', 'serialise'],
  ['summariz(e|es|ed|ing)', 'summarise'],
  ['synchroniz(e|es|ed|ing)', 'synchronise'],
  ['travel(ed|ing)', 'travelled'],
];

const spelt = SPELLING.map(([there, here]) => ({ there: new RegExp(`\\b${there}\\b`, 'i'), here }));

/** Prose of a file: what people read. Names and code keep the spelling of the libraries they come from. */
function prose(source: Source): { text: string; line: number }[] {
  if (isCode(source.path))
    return [...comments(source), ...strings(source).filter(({ text }) => /\w \w+ \w/.test(text))];
  if (!source.path.endsWith('.md')) return [];
  let isCodeBlock = false;
  return source.text.split('\n').flatMap((text, index) => {
    if (text.trimStart().startsWith('```')) isCodeBlock = !isCodeBlock;
    return isCodeBlock ? [] : [{ text: text.replace(/`[^`]*`|\]\([^)]*\)/g, ''), line: index + 1 }];
  });
}

export function spellingFindings(source: Source): Finding[] {
  return prose(source).flatMap(({ text, line }) =>
    spelt.flatMap(({ there, here }) => {
      const [word] = there.exec(text.replace(/`[^`]*`/g, '')) ?? [];
      return word
        ? [{ path: source.path, line, says: `"${word}": this house spells it "${here}"` }]
        : [];
    }),
  );
}

/** Blocks for private networks (RFC 1918); a clause may well be called 4.2.3.7, and none begins like these. */
const ADDRESS =
  /(?<![\d.])(10\.\d{1,3}|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])/;
const PACKAGE_HOST =
  /\b(registry\.[a-z0-9-]+\.[a-z]+|npmmirror\.com|[a-z0-9.-]*(nexus|artifactory|verdaccio)[a-z0-9-]*\.[a-z]+)\b/i;
const MACHINE_PATH = /(?<![\w.])\/(work|home\/\w+|Users\/\w+|root|tmp\/team)\//;

/** Addresses that are true on one machine only, and hosts that packages come from. */
export function addressFindings(source: Source): Finding[] {
  if (source.path === 'package-lock.json') return lockfileFindings(source);
  return source.text.split('\n').flatMap((text, index) => {
    const says: string[] = [];
    const [address] = ADDRESS.exec(text) ?? [];
    if (address) says.push(`${address} is somebody's machine; use 192.0.2.x (RFC 5737)`);
    if (PACKAGE_HOST.test(text)) says.push('names a host that packages come from');
    if (MACHINE_PATH.test(text)) says.push('names a folder of one machine');
    return says.map((sentence) => ({ path: source.path, line: index + 1, says: sentence }));
  });
}

function lockfileFindings({ path, text }: Source): Finding[] {
  const index = text.split('\n').findIndex((line) => /"resolved": "https?:/.test(line));
  return index < 0
    ? []
    : [
        {
          path,
          line: index + 1,
          says: 'records where a package was downloaded from; leave it out',
        },
      ];
}
