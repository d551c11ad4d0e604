import Table from 'cli-table3';
import type { Figure } from './figures.js';

/** Where less is better. */
const AT_MOST = ['MiB', 's', 'ms', 'of them'];

/** Null where there is no target. */
export function isMet({ ratio, value, target, unit }: Figure): boolean | null {
  if (target === null) return null;
  if (ratio !== null) return ratio >= target;
  return AT_MOST.includes(unit) ? value <= target : value >= target;
}

const HEAD = ['', 'what', 'value', 'baseline', 'ratio', 'target', ''];

const rowOf = (figure: Figure): string[] => {
  const isIt = isMet(figure);
  return [
    figure.id,
    figure.what,
    `${figure.value} ${figure.unit}`,
    String(figure.baseline ?? ''),
    String(figure.ratio ?? ''),
    String(figure.target ?? ''),
    isIt === null ? '' : isIt ? 'met' : 'MISSED',
  ];
};

export function printed(figures: readonly Figure[]): string {
  const table = new Table({ head: HEAD, wordWrap: true, colWidths: [18, 52, 18, 12, 7, 8, 8] });
  for (const figure of figures) table.push(rowOf(figure));
  return table.toString();
}

/** A table as docs/measurements.md has them. */
export function markdown(figures: readonly Figure[]): string {
  const rows = [HEAD, HEAD.map(() => '---'), ...figures.map(rowOf)];
  return `${rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')}\n`;
}

export const json = (figures: readonly Figure[]): string =>
  `${JSON.stringify(
    figures.map((figure) => ({ ...figure, met: isMet(figure) })),
    null,
    2,
  )}\n`;
