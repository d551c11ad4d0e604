import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyFiles, Corrupt, Refused, type Table } from '@shouwen/engine';
import { StoppedInstallation } from '@shouwen/engine-embedded';
import { MigrationTarget, type LogOf } from '@shouwen/engine-kafka';
import { Command } from 'commander';
import { progressOn, type Progress } from '../import/progress.js';
import { digestOfLog, digestOfTable, type Digest } from './digest.js';
import { settingsOf, type Settings } from './settings.js';

interface Options {
  readonly json?: true;
}

interface Migrated {
  readonly outcome: 'done' | 'was-done';
  readonly logs: Readonly<Record<string, { events: number; digest: string }>>;
  /** By service and table: how many documents. */
  readonly documents: Readonly<Record<string, number>>;
  readonly keys: number;
  readonly files: number;
}

const HOST = { name: '$host', indexes: [] };

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description(
      'Copies the installation in DATA_DIR to MongoDB, where the services then go on as if nothing had happened. ' +
        'Stop them first. 把 DATA_DIR 中的内嵌系统整体迁移到 MongoDB，之后各服务照常继续；请先停止服务。',
    )
    .option('--json', 'print what was copied as JSON 以 JSON 输出结果')
    .addHelpText(
      'after',
      `
Environment 环境变量：
  DATA_DIR         the installation to copy 要迁移的数据目录              ./data
  MONGO_URL        replica set to copy it to 目标副本集                   none
  MONGO_PREFIX     names of the databases begin with it 数据库名前缀      shouwen
  MASTER_KEY_FILE  the key it runs with 主密钥文件                        master.key in DATA_DIR

It may be killed at any time and started again; it then goes on where it was. Nothing is changed in DATA_DIR, and no
service starts on the copy before every event and document was compared on both sides.
可随时中断后重新执行，从中断处继续；源目录不会被修改；逐条核对无误之前，任何服务都不会在副本上启动。

Exit: 0 copied and compared, or was already; 1 not done, the sentence says why.`,
    )
    .action(run);

async function run({ json }: Options): Promise<void> {
  const settings = await settingsOf(process.env);
  if (!settings.servers)
    throw new Refused('MONGO_URL is missing: it names where to copy to. 请设置 MONGO_URL。');
  const source = StoppedInstallation.open(settings.dataDir);
  const progress = progressOn(process.stderr, 'migrate');
  let target: MigrationTarget | null = null;
  try {
    target = await MigrationTarget.open(settings.servers.mongo);
    const migrated = await new Migration({ source, target, settings, progress }).run();
    progress.stop();
    console.log(json ? JSON.stringify(migrated) : report(migrated, settings.dataDir));
  } finally {
    progress.stop();
    await target?.close();
    source.close();
  }
}

interface Parts {
  readonly source: StoppedInstallation;
  readonly target: MigrationTarget;
  readonly settings: Settings;
  readonly progress: Progress;
}

class Migration {
  private readonly logs: readonly LogOf[];
  private readonly total: number;
  private done = 0;

  constructor(private readonly parts: Parts) {
    const { source } = parts;
    this.logs = source.services.map((service) => ({ service, ...source.identity(service) }));
    const events = source.services.reduce((sum, service) => sum + source.head(service).g, 0);
    // Each event is copied once and compared once.
    this.total = 2 * events;
  }

  async run(): Promise<Migrated> {
    const { source, target, progress, settings } = this.parts;
    const { masterKeyFile } = settings;
    const masterCheck = source.masterCheck(masterKeyFile);
    const found = await target.begin(this.logs);
    if (found === 'finished')
      return { outcome: 'was-done', logs: {}, documents: {}, keys: 0, files: 0 };
    if (found === 'begun') progress.tell('goes on where it was 从上次中断处继续');
    const keys = await target.takeKeys(masterCheck, masterKeyFile, source.keys());
    await this.compareKeys(keys);
    for (const log of this.logs) await this.copyLog(log);
    const documents: Record<string, number> = {};
    for (const { service } of this.logs)
      for (const table of source.tables(service)) {
        const { count } = await this.copyTable(service, table);
        documents[`${service} ${table.name}`] = count;
      }
    const logs: Record<string, { events: number; digest: string }> = {};
    for (const { service } of this.logs) {
      const { count, digest } = await this.compareLog(service);
      logs[service] = { events: count, digest };
    }
    const files = await this.copyFiles();
    await this.remember();
    await target.finish(new Date().toISOString());
    return { outcome: 'done', logs, documents, keys, files };
  }

  private async copyLog(log: LogOf): Promise<void> {
    const { source, target, progress } = this.parts;
    const { service } = log;
    const there = await target.prepareLog(log, await source.begins(service));
    const after = there?.n ?? 0;
    progress.tell(`log ${service}: ${source.head(service).n - after} commits to copy 待复制的提交`);
    if (there) {
      const [same] = source.commits(service, after - 1);
      if (same?.header.id !== there.id)
        throw new Refused(`What is on MongoDB of ${service} is not a copy of this installation.`);
    }
    const before = this.done + (there ? there.g + there.count - 1 : 0);
    this.at(before, service);
    const commits = source.commits(service, after);
    const last = source.head(service);
    const told = (n: number) => this.at(this.done + Math.round((last.g * n) / last.n), service);
    await target.takeCommits(log, commits, { after: there, told });
    this.done += last.g;
  }

  private async copyTable(service: string, table: Table): Promise<Digest> {
    const { source, target, progress } = this.parts;
    await target.prepareTable(service, table);
    const { name } = table;
    const wanted = await digestOfTable(source.documentsOf(service, name));
    const before = await digestOfTable(target.documentsOf(service, name));
    if (before.digest === wanted.digest) return wanted;
    progress.tell(`table ${service} ${name}: ${wanted.count} documents 文档`);
    await target.takeDocuments(service, name, source.documentsOf(service, name));
    const got = await digestOfTable(target.documentsOf(service, name));
    if (got.count !== wanted.count || got.digest !== wanted.digest)
      throw new Corrupt(
        `${service} ${name}: ${wanted.count} documents were copied, and ${got.count} or other ones are there`,
      );
    return wanted;
  }

  /** Each carries its own hash, which is compared on the way. */
  private async copyFiles(): Promise<number> {
    const { source, target, settings } = this.parts;
    const from = source.files();
    const to = settings.files ?? (await target.files());
    if (!from || from.name === to.name) return 0;
    let count = 0;
    for await (const { place } of copyFiles(from, to)) {
      count += 1;
      this.at(this.done, `file ${place}`);
    }
    return count;
  }

  private async compareLog(service: string): Promise<Digest> {
    const { source, target } = this.parts;
    const told = (events: number) => this.at(this.done + events, `compare ${service}`);
    const wanted = await digestOfLog(service, source.commits(service), () => undefined);
    const got = await digestOfLog(service, target.commits(service), told);
    if (wanted.count !== got.count || wanted.digest !== got.digest)
      throw new Corrupt(
        `${service}: the copy has ${got.count} of ${wanted.count} events, or other ones`,
      );
    this.done += got.count;
    return got;
  }

  private async compareKeys(wanted: number): Promise<void> {
    const { source, target } = this.parts;
    const rows = function* () {
      for (const key of source.keys()) yield rowOf(key);
    };
    const copied = async function* () {
      for await (const key of target.keys()) yield rowOf(key);
    };
    const [one, other] = [await digestOfTable(rows()), await digestOfTable(copied())];
    if (one.count !== wanted || other.count !== wanted || one.digest !== other.digest)
      throw new Corrupt(`the keyring has ${one.count} keys, its copy ${other.count} or other ones`);
  }

  /** What the host knows about an installation: its kind of clock, and that its first start is done. */
  private async remember(): Promise<void> {
    const { source, target } = this.parts;
    const clock = source.clock();
    if (clock !== null) await target.takeClock(clock);
    const firstStartAt = source.startedAt();
    const mode = clock === null ? 'real' : 'training';
    const body = JSON.stringify({ mode, ...(firstStartAt === null ? {} : { firstStartAt }) });
    for (const { service } of this.logs) {
      await target.prepareTable(service, HOST);
      await target.takeDocuments(service, HOST.name, [{ tenant: '-', id: 'installation', body }]);
    }
  }

  private at(done: number, note: string): void {
    this.parts.progress.at(done, this.total, note);
  }
}

/** An instant has one text on one side and one value on the other. */
const rowOf = (key: {
  readonly subject: string;
  readonly wrapped: Uint8Array | null;
  readonly erasedAt: string | null;
}) => ({
  tenant: '',
  id: key.subject,
  body: `${key.wrapped ? Buffer.from(key.wrapped).toString('base64') : ''} ${key.erasedAt ? new Date(key.erasedAt).toISOString() : ''}`,
});

function report({ outcome, logs, documents, keys, files }: Migrated, dataDir: string): string {
  if (outcome === 'was-done')
    return 'This installation was copied and compared before; nothing was left to do. 已迁移完成，无需再做。';
  const outbox = existsSync(join(dataDir, 'outbox'))
    ? [
        '',
        `The outbox of notifications stays in ${join(dataDir, 'outbox')}: give notifications the same DATA_DIR, or move it.`,
        '待发信件仍在原目录的 outbox 中：notifications 请沿用同一 DATA_DIR，或自行移走。',
      ]
    : [];
  return [
    'Copied and compared, event by event and document by document 已复制并逐条核对:',
    ...Object.entries(logs).map(
      ([service, { events, digest }]) => `  ${service}  ${events} events  ${digest}`,
    ),
    `  ${Object.values(documents).reduce((sum, count) => sum + count, 0)} documents in ${Object.keys(documents).length} tables, ${keys} keys, ${files} files`,
    '',
    'Start the services with the same MONGO_URL, MONGO_PREFIX and MASTER_KEY_FILE, and never again on this DATA_DIR alone.',
    '请用相同的 MONGO_URL、MONGO_PREFIX 和 MASTER_KEY_FILE 启动各服务；不要再单独启动原数据目录。',
    ...outbox,
  ].join('\n');
}
