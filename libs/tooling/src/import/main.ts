import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { importFile, readFile } from './import-file.js';
import { readMap } from './map.js';
import { Platform } from './platform.js';
import { progressOn } from './progress.js';
import { isForPeople, report, whoAndWhere } from './report.js';
import { trainingClock } from './training.js';
import { wholeNumber } from './whole-number.js';
import { localTime } from './instant.js';

interface Options {
  readonly map: string;
  readonly json?: string;
  readonly inFlight: number;
  readonly wait: number;
  readonly strict?: true;
}

const program = new Command('npm run import --')
  .description(
    'Imports a CSV file as contacts and tickets into a running platform, through its public HTTP API.\n' +
      '把 CSV 文件导入运行中的平台：每行一次来电或来信，保留其发生时间。',
  )
  .argument('FILE', 'CSV file, UTF-8 文件')
  .requiredOption(
    '--map <MAP>',
    'YAML map from its columns to ours 映射文件 (deploy/import/*.yaml)',
  )
  .option('--json <OUT>', 'write {read, opened, joined, skipped, rejected} 计数结果')
  .option('--in-flight <N>', 'requests at a time on the real clock 并发数', wholeNumber, 32)
  .option(
    '--wait <SECONDS>',
    'how long to wait for an absent platform 平台离线时等待',
    wholeNumber,
    300,
  )
  .option('--strict', 'exit with 2 where a line was rejected 有拒绝行时返回 2')
  .addHelpText(
    'after',
    `
Environment 环境变量：
  SHOUWEN_URL      the platform (default http://127.0.0.1:3000); where each service runs by itself:
                   intake=http://…,dispatch=http://…,notifications=http://…,audit=http://…
  SHOUWEN_USER     who imports (default admin)
  ADMIN_PASSWORD   that user's password

Running it again, also after a kill, opens nothing twice: what is in counts as skipped.
重复运行不会重复开单，已导入的行计为 skipped。

Exit: 0 done (rejected lines are listed), 1 not finished, 2 with --strict and rejected lines.`,
  )
  .action(run);

async function run(file: string, options: Options): Promise<void> {
  const progress = progressOn(process.stderr, 'import');
  try {
    const map = readMap(readFileSync(options.map, 'utf8'));
    const platform = new Platform({
      ...whoAndWhere(),
      patienceSeconds: options.wait,
      tell: progress.tell,
    });
    const read = await readFile(file, map);
    const clock = await trainingClock(platform);
    progress.tell(
      clock
        ? `training mode, ${localTime(clock.now)}: lines go in by their own instants 演练模式：按各自时间导入`
        : 'real clock: lines are late entries, judged and never messaged 实时模式：按补录处理，不发消息',
    );
    const imported = await importFile({
      ...{ file, read, map, platform, clock },
      inFlight: options.inFlight,
      onProgress: (done, total) => progress.at(done, total),
    });
    progress.stop();
    const counts = imported.account.close();
    report(imported, counts);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(counts)}\n`);
    if (options.strict && counts.rejected) process.exitCode = 2;
  } catch (error) {
    progress.stop();
    if (!isForPeople(error)) throw error;
    console.error(`import: ${error.message}`);
    process.exitCode = 1;
  }
}

await program.parseAsync();
