import type { ClauseLine } from './clauses.js';

const UTILITIES: readonly (readonly [utility: string, en: string, zh: string])[] = [
  ['common', 'Common to several documents', '多份规范共有'],
  ['heat', 'Heat', '供热'],
  ['water', 'Water', '供水'],
  ['gas', 'Gas', '燃气'],
  ['power', 'Power', '供电'],
  ['window', 'Window and field service', '窗口与现场服务'],
];

const SECTIONS: Readonly<Record<string, string>> = {
  社会服务承诺制度: 'Promise of service to the public',
  '第一篇第一章 规范用语': 'Part 1, chapter 1: language',
  '第一篇第二章 行为规范': 'Part 1, chapter 2: conduct',
  '第一篇第三章 礼仪规范': 'Part 1, chapter 3: manners',
  '第一篇第四章 规范要求': 'Part 1, chapter 4: requirements',
  '第二篇第一章 投诉服务规范': 'Part 2, chapter 1: complaints and repairs',
  '第二篇第一章 表一 服务派单': 'Part 2, chapter 1: the dispatch slip',
  '第二篇第二章 测温工作流程': 'Part 2, chapter 2: how a measurement goes',
  '第二篇第二章 测温服务规范': 'Part 2, chapter 2: rules for measuring',
  '第二篇第二章 测温办法': 'Part 2, chapter 2: where to measure',
};

/** The section of its document that a row stands in first. */
export function sectionOf(clause: string): string {
  const first = (clause.split(';')[0] ?? '').trim();
  const numbered = /^(\d+\.\d+)/.exec(first)?.[1];
  return numbered ?? first.replace(/\s*(第[一二三四五六七八九十]+条|\d[\d.-]*)$/, '');
}

const headingOf = (section: string): string => {
  const english = SECTIONS[section];
  if (english) return `${section} · ${english}`;
  return /^\d/.test(section) ? `${section} 节 · Section ${section}` : section;
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Every rule of the source documents, for people: what it asks for, how far it goes, and where it stands. */
export function standardsPage(lines: readonly ClauseLine[]): string {
  return [
    '# Standards · 服务规范条款',
    '',
    'Written by `npm run catalogue` from the clause catalogue, the packs, their scenarios and',
    '`libs/tooling/src/catalogue/clause-states.yaml`; do not edit. 由程序生成，请勿手改。',
    '',
    '_Executable_ (可执行): something in the platform enforces, measures or records it today, and a scenario fails when',
    'that is taken away. _Open_ (待办): not yet, though packs may hold its figures already; the last column says what is',
    'missing where the row has been weighed. The basis is that of the entry: _stated_ (原文), _derived_ (推定), _assumed_',
    '(借用) or _ours_ (自定); any layer above can change it. `standards.json` is the same for machines.',
    '',
    '| Utility · 类别 | Rows · 条款 | Executable · 可执行 | Open with data · 有数据待办 | Open · 待办 |',
    '| --- | --: | --: | --: | --: |',
    ...UTILITIES.map(([utility, en, zh]) => countRow(`${en} · ${zh}`, of(lines, utility))),
    countRow('**All · 合计**', lines),
    '',
    ...UTILITIES.flatMap(([utility, en, zh]) => [
      `## ${en} · ${zh}`,
      '',
      ...sections(of(lines, utility)),
    ]),
  ].join('\n');
}

const of = (lines: readonly ClauseLine[], utility: string) =>
  lines.filter(({ row }) => row.utility === utility);

function countRow(name: string, lines: readonly ClauseLine[]): string {
  const executable = lines.filter(({ state }) => state === 'executable').length;
  const withData = lines.filter(({ state, by }) => state === 'open' && by.length > 0).length;
  const open = lines.length - executable - withData;
  return `| ${name} | ${lines.length} | ${executable} | ${withData} | ${open} |`;
}

function sections(lines: readonly ClauseLine[]): string[] {
  const names = [...new Set(lines.map(({ row }) => sectionOf(row.clause)))];
  return names.flatMap((name) => [
    `### ${headingOf(name)}`,
    '',
    '| Clause · 条款 | Rule · 要求 | State · 状态 | Where · 出处 | Basis · 依据 | Missing · 尚缺 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines.filter(({ row }) => sectionOf(row.clause) === name).map(lineOf),
    '',
  ]);
}

function lineOf({ row, state, by, proofs, needs, scenarios }: ClauseLine): string {
  const bases = [...new Set(proofs.flatMap(({ basis }) => basis ?? []))];
  const count = scenarios.length === 1 ? '1 scenario' : `${scenarios.length} scenarios`;
  const cells = [
    `**${row.id}** ${row.clause} (${row.tier})`,
    row.system_must,
    state === 'executable' ? `executable · 可执行, ${count}` : 'open · 待办',
    by.map((name) => `\`${name}\``).join(', '),
    bases.join(', '),
    needs ? `${needs.en} · ${needs.zh}` : '',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** The same for machines. */
export const standardsJson = (lines: readonly ClauseLine[]): string =>
  JSON.stringify(
    lines.map(({ row, state, by, scenarios }) => ({ id: row.id, state, by, scenarios })),
  );
