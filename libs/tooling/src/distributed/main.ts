// `npm run distributed`: MongoDB, Kafka and each service in a process of its own, for whoever has no Docker.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownKafka, ownMongo } from '@shouwen/engines-local';
import { Command } from 'commander';
import { ChildPlatform, freePort } from '../demo/child.js';

const SERVICES = ['dispatch', 'intake', 'notifications', 'audit'];

interface Options {
  readonly training?: true;
  readonly from?: string;
}

const program = new Command('npm run distributed --')
  .description(
    'Starts MongoDB, Kafka and each service in a process of its own, and stays until Ctrl-C, which ends them and ' +
      'removes what they wrote. 启动 MongoDB、Kafka 和各自独立的服务进程，Ctrl-C 停止并清除数据。',
  )
  .option('--training', 'with a simulated clock that all processes share 演练模式')
  .option('--from <INSTANT>', 'where that clock starts 演练时钟的起点')
  .addHelpText(
    'after',
    '\nEnvironment: ADMIN_PASSWORD (else a random one), and what npm run engines takes for the servers.',
  )
  .action(run);

async function run({ training, from }: Options): Promise<void> {
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const undo: (() => Promise<void>)[] = [];
  const end = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      tell('Stopping 正在停止');
      void end().finally(() => process.exit());
    });
  // Servers and processes do not keep this one up, so something must until a signal comes.
  setInterval(() => undefined, 60_000);
  try {
    tell('MongoDB and Kafka are starting; Ctrl-C ends everything 正在启动,Ctrl-C 停止');
    const [mongo, kafka] = await Promise.all([
      ownMongo({ members: 3, tell }),
      ownKafka({ brokers: 1, tell }),
    ]);
    undo.push(async () => void (await Promise.all([mongo.end(), kafka.end()])));
    const clock = [...(training ? ['--training'] : []), ...(from ? ['--from', from] : [])];
    const password = process.env['ADMIN_PASSWORD'] ?? randomBytes(12).toString('base64url');
    const servers = { MONGO_URL: mongo.url, KAFKA_BROKERS: kafka.addresses.join() };
    const platforms = await platformsOn(servers, { clock, password, undo });
    tell('the services are starting 服务正在启动');
    undo.push(async () => void (await Promise.all(platforms.map(({ child }) => child.stop()))));
    await Promise.all(platforms.map(({ child }) => child.start()));
    const addresses = platforms.map(({ service, child }) => `${service}=${child.url}`);
    console.log(whereToLook(addresses, password));
  } catch (error) {
    if (isEnding) return;
    tell(error instanceof Error ? error.message : String(error));
    await end();
    process.exit(1);
  }
}

async function platformsOn(
  servers: Readonly<Record<string, string>>,
  parts: { clock: readonly string[]; password: string; undo: (() => Promise<void>)[] },
): Promise<readonly { service: string; child: ChildPlatform }[]> {
  const { clock, password, undo } = parts;
  const dataDir = mkdtempSync(join(tmpdir(), 'shouwen-distributed-'));
  undo.push(async () => rmSync(dataDir, { recursive: true, force: true }));
  const masterKey = join(dataDir, 'master.key');
  writeFileSync(masterKey, randomBytes(32).toString('base64'), { mode: 0o600 });
  const ports = await Promise.all(SERVICES.map(() => freePort()));
  const peersOf = (own: number) =>
    ports.filter((port) => port !== own).map((port) => `http://127.0.0.1:${port}`);
  return SERVICES.map((service, i) => ({
    service,
    child: new ChildPlatform({
      ...{ port: ports[i]!, dataDir, password, args: [service, ...clock] },
      env: {
        ...{ ...servers, ENGINE: 'kafka', MASTER_KEY_FILE: masterKey },
        ...(clock.length ? { PEERS: peersOf(ports[i]!).join() } : {}),
      },
    }),
  }));
}

const whereToLook = (addresses: readonly string[], password: string) => `
Each service is ready in a process of its own 各服务已就绪:

${addresses.map((address) => `  ${address.replace('=', '  ')}/docs`).join('\n')}

  export SHOUWEN_URL='${addresses.join()}'
  export ADMIN_PASSWORD='${password}'
`;

await program.parseAsync();
