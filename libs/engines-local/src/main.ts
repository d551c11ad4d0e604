import { Command, Option } from 'commander';
import { ownKafka } from './kafka.js';
import { ownMongo } from './mongo.js';

interface Options {
  readonly brokers: '1' | '3';
  readonly members: '1' | '3';
}

const program = new Command('npm run engines --')
  .description(
    'Starts MongoDB and Kafka for development, prints where they are, and stays until Ctrl-C, which ends them and ' +
      'removes what they wrote. 启动开发用的 MongoDB 与 Kafka,Ctrl-C 停止并清除数据。',
  )
  .addOption(brokers('--members <N>', 'members of the MongoDB replica set 副本集成员数', '3'))
  .addOption(brokers('--brokers <N>', 'brokers of Kafka 代理数', '1'))
  .addHelpText(
    'after',
    '\nEnvironment: SHOUWEN_PLACE=local or container (else a container where a runtime answers), SHOUWEN_ENGINES\n' +
      '(folder of mongod and the Kafka jars, else .cache/engines), SHOUWEN_MONGO_IMAGE, SHOUWEN_KAFKA_IMAGE.',
  )
  .action(run);

function brokers(flags: string, description: string, usual: string): Option {
  return new Option(flags, description).choices(['1', '3']).default(usual);
}

async function run(options: Options): Promise<void> {
  // Servers and watcher do not keep this process up, so something must until a signal comes.
  const staying = setInterval(() => undefined, 60_000);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  }).finally(() => clearInterval(staying));
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const ends: (() => Promise<void>)[] = [];
  const started = [
    ownMongo({ members: options.members === '3' ? 3 : 1, tell }).then((set) => {
      ends.push(() => set.end());
      console.log(`export SHOUWEN_MONGO='${set.url}'`);
    }),
    ownKafka({ brokers: options.brokers === '3' ? 3 : 1, tell }).then((cluster) => {
      ends.push(() => cluster.end());
      console.log(`export SHOUWEN_KAFKA='${cluster.addresses.join(',')}'`);
    }),
  ];
  tell('MongoDB and Kafka are starting; Ctrl-C ends them 正在启动,Ctrl-C 停止');
  try {
    await Promise.race([stopped, Promise.all(started)]);
    await stopped;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
  // Servers that are still starting go with this process: the watcher sees to that.
  await Promise.all(ends.map((end) => end()));
  process.exit();
}

await program.parseAsync();
