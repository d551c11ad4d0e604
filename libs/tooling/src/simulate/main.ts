import { readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isForPeople, report, whoAndWhere } from '../import/report.js';
import { readMap } from '../import/map.js';
import { Platform } from '../import/platform.js';
import { progressOn } from '../import/progress.js';
import { wholeNumber } from '../import/whole-number.js';
import { printed } from './closing-table.js';
import { simulate } from './simulate.js';

interface Options {
  readonly speed: number | null;
  readonly seed: string;
  readonly json?: string;
  readonly import?: string;
  readonly map?: string;
  readonly wait: number;
}

const speedOf = (text: string): number | null => {
  if (text === 'max') return null;
  const speed = Number(text);
  if (!(speed > 0)) throw new InvalidArgumentError('a number above 0, or max');
  return speed;
};

const program = new Command('npm run simulate --')
  .description(
    'Plays desk and crews over HTTP, on a platform in training mode, until every ticket is closed.\n' +
      '在演练模式下模拟坐席与抢修班组，直到全部工单办结。',
  )
  .addOption(
    new Option('--speed <N>', 'simulated seconds per second, or max 倍速')
      .argParser(speedOf)
      .default(null, 'max'),
  )
  .option('--seed <S>', 'same seed, same table 随机种子', '1')
  .option('--json <OUT>', 'write the closing table as JSON 结果表')
  .option('--import <FILE>', 'let the lines of a file come in while the desk works 边导入边处理')
  .option('--map <MAP>', 'the map of that file 映射文件')
  .option('--until-closed', 'go on until every ticket is closed (always so) 直到全部办结')
  .option(
    '--wait <SECONDS>',
    'how long to wait for an absent platform 平台离线时等待',
    wholeNumber,
    300,
  )
  .addHelpText(
    'after',
    `
Environment 环境变量：SHOUWEN_URL, SHOUWEN_USER, ADMIN_PASSWORD, as for npm run import.

The people of the platform are played under their own staff numbers; each is given a password for it.
Killed, on either side, it goes on where the platform's log stands: run the same command again.
中断后重新运行同一命令即可继续。

Exit: 0 every ticket is closed, 1 not finished, 3 some tickets could not be closed (listed).`,
  )
  .action(run);

async function run(options: Options): Promise<void> {
  const progress = progressOn(process.stderr, 'closed 办结');
  try {
    if ((options.import === undefined) !== (options.map === undefined))
      throw new InvalidArgumentError('--import and --map belong together');
    const who = whoAndWhere();
    const { closing, imported, stuck } = await simulate({
      platform: new Platform({ ...who, patienceSeconds: options.wait, tell: progress.tell }),
      secret: who.password,
      seed: options.seed,
      speed: options.speed,
      feed:
        options.import && options.map
          ? { file: options.import, map: readMap(readFileSync(options.map, 'utf8')) }
          : null,
      onProgress: progress.at,
      tell: progress.tell,
    });
    progress.stop();
    if (imported) report(imported, imported.account.close());
    console.log(printed(closing));
    if (options.json) writeFileSync(options.json, `${JSON.stringify(closing, null, 2)}\n`);
    for (const [ticketId, why] of stuck)
      console.log(`could not be closed 未能办结 ${ticketId}: ${why}`);
    if (closing.closed < closing.opened) process.exitCode = 3;
  } catch (error) {
    progress.stop();
    if (!isForPeople(error) && !(error instanceof InvalidArgumentError)) throw error;
    console.error(`simulate: ${error.message}`);
    process.exitCode = 1;
  }
}

await program.parseAsync();
