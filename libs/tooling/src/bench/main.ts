// `npm run bench -- [NAME …]`: the numbers of the design, each beside its baseline of the same run.
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Figure } from './figures.js';
import { chosen, GROUPS, titleOf, type Wishes } from './groups.js';
import { json, markdown, printed } from './report.js';

interface Options extends Wishes {
  readonly list?: true;
  readonly only?: readonly string[];
  readonly json?: string;
  readonly markdown?: string;
}

await new Command('npm run bench --')
  .description('Measures the numbers of the design against their baselines. 对照基线测量设计指标。')
  .argument('[NAME...]', 'what to measure, such as N7 or relay; everything unless said 要测的项目')
  .option('--list', 'say what can be measured, and how long it takes 列出项目')
  .option('--json <file>', 'write the figures as JSON too')
  .option('--markdown <file>', 'write the figures as a table for docs/measurements.md too')
  .option('--kills <N>', 'kills of N8 强行终止次数', wholeNumber, 100)
  .option('--sizes <N,N>', 'lengths of the log for growth 日志长度', sizesOf, [20_000, 100_000])
  .option('--events <N>', 'events in a round of N7, relay and growth', wholeNumber, 25_600)
  .option('--seconds <N>', 'load of N6 and memory 负载秒数', wholeNumber, 20)
  .option('--only <NAME...>', 'the same as naming them')
  .addHelpText('after', `\nThere is ${GROUPS.map(titleOf).join(', ')}.`)
  .action(run)
  .parseAsync();

async function run(names: readonly string[], options: Options): Promise<void> {
  if (options.list) {
    for (const group of GROUPS) console.log(`${titleOf(group)}: ${group.what}; ${group.takes}`);
    return;
  }
  const figures: Figure[] = [];
  try {
    for (const group of chosen([...names, ...(options.only ?? [])])) {
      console.error(`measuring ${titleOf(group)}, about ${group.takes} …`);
      figures.push(...(await group.measure(options)));
    }
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
    process.exitCode = 1;
  }
  if (figures.length === 0) return;
  console.log(printed(figures));
  if (options.json) writeFileSync(options.json, json(figures));
  if (options.markdown) writeFileSync(options.markdown, markdown(figures));
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1');
  return Number(text);
}

function sizesOf(text: string): number[] {
  return text
    .split(',')
    .map(wholeNumber)
    .sort((a, b) => a - b);
}
