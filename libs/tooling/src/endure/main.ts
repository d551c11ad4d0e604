// `npm run endure -- FILE --map MAP`: a file is imported and worked off to the end while the platform is killed again
// and again; then every view is rebuilt, the platform is stopped, and its logs are counted.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { ChildPlatform, freePort } from '../demo/child.js';
import { inOrder, readFile } from '../import/import-file.js';
import { BadMap, readMap, type ImportMap } from '../import/map.js';
import { Platform } from '../import/platform.js';
import { progressOn } from '../import/progress.js';
import { isForPeople, report } from '../import/report.js';
import { printed } from '../simulate/closing-table.js';
import { simulate } from '../simulate/simulate.js';
import { countLog, countOutbox, type Counted } from './count.js';

const SERVICES = ['intake', 'dispatch', 'notifications', 'audit'];
const PASSWORD = 'endure-password';

interface Options {
  readonly map: string;
  readonly kills: number;
  readonly seed: string;
  readonly json?: string;
}

const program = new Command('npm run endure --')
  .description(
    'Imports a file and works it off to the end while the platform is killed on the way, then counts.\n' +
      '导入并办结一个文件，途中多次强行终止平台，最后逐项清点。',
  )
  .argument('FILE', 'CSV file, UTF-8 文件')
  .requiredOption('--map <MAP>', 'map of the file 映射文件 (deploy/import/*.yaml)')
  .option('--kills <N>', 'kill -9 of the platform on the way 强行终止次数', killsOf, 5)
  .option('--seed <S>', 'same seed, same table 随机种子', '1')
  .option('--json <OUT>', 'write the closing table and the counts as JSON 结果表与清点')
  .action(async (file: string, options: Options) => {
    await run(file, options).catch(told);
  });

function killsOf(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('a whole number from 0 to 999');
  return Number(text);
}

function told(error: unknown): void {
  if (!isForPeople(error)) throw error;
  console.error(`endure: ${error.message}`);
  process.exitCode = 1;
}

async function run(file: string, options: Options): Promise<void> {
  const map = readMap(readFileSync(options.map, 'utf8'));
  const from = await startOf(file, map);
  const directory = mkdtempSync(join(tmpdir(), 'shouwen-endure-'));
  const child = await platformFrom(from, directory);
  const platform = new Platform({
    ...{ url: child.url, user: 'admin', password: PASSWORD },
    ...{ patienceSeconds: 120, tell: (line: string) => console.error(line) },
  });
  try {
    const { closing, kills } = await work({ child, platform, file, map, options });
    const rebuilt = await rebuildAll(platform);
    await child.stop();
    const counts = new Map<string, Counted>();
    for (const service of SERVICES) counts.set(service, await countLog(directory, service));
    const proof = proofOf(counts, { opened: closing.opened, letters: countOutbox(directory) });
    console.log(
      `killed ${kills} times; ${rebuilt.views} views rebuilt, ${rebuilt.differences} documents differ`,
    );
    console.log(tableOf(counts, proof));
    if (options.json)
      writeFileSync(
        options.json,
        `${JSON.stringify({ closing, kills, rebuilt, proof }, null, 2)}\n`,
      );
    if (rebuilt.differences > 0 || proof.some(({ isSo }) => !isSo)) process.exitCode = 1;
  } finally {
    await child.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** An hour before the first line. */
async function startOf(file: string, map: ImportMap): Promise<string> {
  const [first] = inOrder((await readFile(file, map)).entries);
  if (!first) throw new BadMap([`${file} has no line that the map can read`]);
  return new Date(Date.parse(first.occurredAt) - 3_600_000).toISOString();
}

async function platformFrom(from: string, dataDir: string): Promise<ChildPlatform> {
  const args = ['--training', '--from', from];
  const child = new ChildPlatform({ port: await freePort(), dataDir, password: PASSWORD, args });
  await child.start();
  return child;
}

/** Plays the file to the end; the kills are spread evenly over the tickets that are closed. */
async function work(parts: {
  child: ChildPlatform;
  platform: Platform;
  file: string;
  map: ImportMap;
  options: Options;
}) {
  const { child, platform, file, map, options } = parts;
  const progress = progressOn(process.stderr, 'closed 办结');
  let kills = 0;
  let killing: Promise<void> = Promise.resolve();
  const killOnTheWay = (done: number, of: number) => {
    if (kills >= options.kills || done < (of * (kills + 1)) / (options.kills + 1)) return;
    kills += 1;
    killing = killing.then(() => child.kill()).then(() => child.start());
  };
  const { closing, imported, stuck } = await simulate({
    platform,
    ...{ secret: PASSWORD, seed: options.seed, speed: null },
    feed: { file, map },
    onProgress: (...at) => {
      progress.at(...at);
      killOnTheWay(at[0], at[1]);
    },
    tell: progress.tell,
  });
  await killing;
  progress.stop();
  if (imported) report(imported, imported.account.close());
  console.log(printed(closing));
  for (const [ticketId, why] of stuck)
    console.log(`could not be closed 未能办结 ${ticketId}: ${why}`);
  return { closing, kills };
}

async function rebuildAll(platform: Platform): Promise<{ views: number; differences: number }> {
  const total = { views: 0, differences: 0 };
  for (const service of SERVICES) {
    const { body } = await platform.get(`/${service}/subscriptions`);
    const { items } = body as { items: { name: string; kind: string }[] };
    for (const name of new Set(
      items.filter(({ kind }) => kind === 'view').map((one) => one.name),
    )) {
      const path = `/${service}/views/${name.slice(service.length + 1)}/rebuild`;
      const answer = await platform.post(path, {}, { key: crypto.randomUUID() });
      total.views += 1;
      total.differences += (answer.body as { differences: number }).differences;
    }
  }
  return total;
}

interface Claim {
  readonly claim: string;
  readonly counted: number;
  readonly expected: number;
  readonly isSo: boolean;
}

function proofOf(
  counts: ReadonlyMap<string, Counted>,
  { opened, letters }: { opened: number; letters: number },
): Claim[] {
  const of = (type: string) => counts.get(type.split('.')[0]!)!.byType.get(type) ?? 0;
  const claim = (text: string, counted: number, expected: number): Claim => ({
    claim: text,
    counted,
    expected,
    isSo: counted === expected,
  });
  const faults = [...counts.values()].reduce((sum, one) => sum + one.faults, 0);
  const reopened = of('intake.ticket-reopened');
  return [
    claim('events out of number, twice, or with a wrong hash', faults, 0),
    claim('tickets opened = lines that opened one', of('intake.ticket-opened'), opened),
    claim('tickets closed = opened + reopened', of('intake.ticket-closed'), opened + reopened),
    claim('clocks opened = tickets opened', of('dispatch.clock-opened'), opened),
    claim(
      'messages delivered = queued',
      of('notifications.message-delivered'),
      of('notifications.message-queued'),
    ),
    claim(
      'letters in the outbox = messages delivered',
      letters,
      of('notifications.message-delivered'),
    ),
  ];
}

function tableOf(counts: ReadonlyMap<string, Counted>, proof: readonly Claim[]): string {
  const logs = new Table({ head: ['log', 'commits', 'events'], style: { head: [], border: [] } });
  for (const [service, { commits, events }] of counts) logs.push([service, commits, events]);
  const claims = new Table({
    head: ['what must be so', 'counted', 'expected', ''],
    style: { head: [], border: [] },
  });
  for (const { claim, counted, expected, isSo } of proof)
    claims.push([claim, counted, expected, isSo ? 'so' : 'NOT SO']);
  return `${logs.toString()}\n${claims.toString()}`;
}

await program.parseAsync();
