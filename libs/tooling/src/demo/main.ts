import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { inOrder, readFile } from '../import/import-file.js';
import { readMap } from '../import/map.js';
import { Platform } from '../import/platform.js';
import { progressOn } from '../import/progress.js';
import { report } from '../import/report.js';
import { printed } from '../simulate/closing-table.js';
import { simulate } from '../simulate/simulate.js';
import { ChildPlatform, freePort } from './child.js';

const SAMPLE = new URL('../../../../deploy/import/sample.csv', import.meta.url).pathname;
const MAP = new URL('../../../../deploy/import/sample.yaml', import.meta.url);

const program = new Command('npm run demo --')
  .description(
    'Ten winter days of a sample city in a minute or two: messages come in, crews work them off against the clock.\n' +
      'The platform then stays up to be looked at. 一座示例城市冬季十天的来电与抢修，结束后平台保持运行。',
  )
  .option('--seed <S>', 'same seed, same table 随机种子', '1')
  .option('--exit', 'stop at the end instead of staying up 结束后退出')
  .addHelpText(
    'after',
    '\nEnvironment 环境变量：PORT (else a free one), ADMIN_PASSWORD (else a random one). Data goes to a temporary directory.',
  )
  .action(run);

async function run({ seed, exit }: { seed: string; exit?: true }): Promise<void> {
  const port = process.env['PORT'] ? Number(process.env['PORT']) : await freePort();
  const password = process.env['ADMIN_PASSWORD'] ?? randomBytes(12).toString('base64url');
  const dataDir = mkdtempSync(join(tmpdir(), 'shouwen-demo-'));
  const map = readMap(readFileSync(MAP, 'utf8'));
  const [first] = inOrder((await readFile(SAMPLE, map)).entries);
  if (!first) throw new Error('the sample is empty');
  const from = new Date(Date.parse(first.occurredAt) - 3_600_000).toISOString();
  const args = ['--training', '--from', from];
  const child = new ChildPlatform({ port, dataDir, password, args });
  const stop = async () => {
    await child.stop();
    rmSync(dataDir, { recursive: true, force: true });
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stop());
  const progress = progressOn(process.stderr, 'closed 办结');
  try {
    console.log(`starting a sample city in training mode 启动示例城市 (${dataDir})`);
    await child.start();
    const { closing, imported, stuck } = await simulate({
      platform: new Platform({
        ...{ url: child.url, user: 'admin', password },
        ...{ patienceSeconds: 60, tell: progress.tell },
      }),
      ...{ secret: password, seed, speed: null },
      feed: { file: SAMPLE, map },
      onProgress: progress.at,
      tell: progress.tell,
    });
    progress.stop();
    if (imported) report(imported, imported.account.close());
    console.log(printed(closing));
    if (stuck.size) process.exitCode = 3;
  } catch (error) {
    progress.stop();
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    return void (await stop());
  }
  if (exit) return void (await stop());
  console.log(whereToLook(child.url, password));
}

const whereToLook = (url: string, password: string) => `
The city stays up until Ctrl-C 平台保持运行，按 Ctrl-C 停止：

  documentation 接口文档   ${url}/docs
  admin password 密码      ${password}

  TOKEN=$(curl -s ${url}/auth/token -H 'content-type: application/json' \\
    -d '{"user":"admin","password":"${password}"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')

  late tickets 超期工单     curl -s -H "authorization: Bearer $TOKEN" '${url}/dispatch/limits?verdict=late'
  escalations 升级          curl -s -H "authorization: Bearer $TOKEN" '${url}/dispatch/escalations'
  a ticket's story 时间线   curl -s -H "authorization: Bearer $TOKEN" '${url}/audit/tickets/TICKET_ID/timeline?lang=zh'
                            TICKET_ID is a ticketId of the lists above 换成上面列出的 ticketId
  messages sent 通知        curl -s -H "authorization: Bearer $TOKEN" '${url}/notifications/messages'
`;

await program.parseAsync();
