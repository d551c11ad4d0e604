// `npm run bench [-- --json FILE]`: the numbers of the design, each beside its baseline of the same run.
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { Command } from 'commander';
import { appendFigures } from './append.js';
import type { Figure } from './figures.js';
import { idleFigures } from './idle.js';
import { openFigures } from './open.js';

const program = new Command('npm run bench --')
  .description('Measures the numbers of the design against their baselines. 对照基线测量设计指标。')
  .option('--json <file>', 'write the figures as JSON too')
  .option('--only <id...>', 'groups to run: append, open, idle')
  .parse();
const { json, only } = program.opts<{ json?: string; only?: string[] }>();

const groups: Record<string, () => Promise<Figure[]>> = {
  append: appendFigures,
  open: openFigures,
  idle: idleFigures,
};

/** Null where there is no target. */
function isMet({ ratio, value, target, unit }: Figure): boolean | null {
  if (target === null) return null;
  if (ratio !== null) return ratio >= target;
  return unit === 'MiB' || unit === 's' ? value <= target : value >= target;
}
const verdict = (isIt: boolean | null) => (isIt === null ? '' : isIt ? 'met' : 'MISSED');

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(groups)) {
  if (only && !only.includes(name)) continue;
  console.error(`measuring ${name} …`);
  figures.push(...(await measure()));
}
const table = new Table({
  head: ['', 'what', 'value', 'baseline', 'ratio', 'target', ''],
  wordWrap: true,
  colWidths: [11, 52, 18, 12, 7, 8, 8],
});
for (const f of figures)
  table.push([
    f.id,
    f.what,
    `${f.value} ${f.unit}`,
    f.baseline ?? '',
    f.ratio ?? '',
    f.target ?? '',
    verdict(isMet(f)),
  ]);
console.log(table.toString());
if (json)
  writeFileSync(
    json,
    `${JSON.stringify(
      figures.map((f) => ({ ...f, met: isMet(f) })),
      null,
      2,
    )}\n`,
  );
