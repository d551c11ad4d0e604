import type { Outcome, Played } from './play.js';

const indented = ({ scenario, differences }: Played): string[] => [
  `  ${scenario.name}`,
  ...differences.map((difference) => `    ${difference}`),
];

const part = (heading: string, none: string, lines: readonly string[]): string[] => [
  '',
  heading,
  ...(lines.length ? lines : [`  ${none}`]),
];

/** What came out, for people, in both languages. */
export function printed(outcome: Outcome): string {
  const { packs, changes, different, failed, own, shipped } = outcome;
  const names = packs.map(({ id, version, name }) => `  ${id} ${version}: ${name.en} · ${name.zh}`);
  return [
    ...['Packs laid over the shipped ones · 叠加在自带规范之上的规范包', ...names],
    ...part(
      'What they change · 与自带规范的差异',
      'nothing · 无',
      changes.flatMap(({ en, zh }) => [`  ${en}`, `  ${zh}`]),
    ),
    ...part(
      'Shipped scenarios that come out differently now · 结果因此不同的自带场景',
      'none · 无',
      different.flatMap(indented),
    ),
    ...part(
      'Own scenarios that do not hold · 未通过的自有场景',
      own === 0 ? 'there are none to play · 没有自有场景' : 'none · 无',
      failed.flatMap(indented),
    ),
    '',
    `${own - failed.length} of ${own} own scenarios hold; ${different.length} of ${shipped} shipped ones differ.`,
    `自有场景通过 ${own - failed.length}/${own}；自带场景 ${shipped} 个，其中 ${different.length} 个结果不同。`,
  ].join('\n');
}
