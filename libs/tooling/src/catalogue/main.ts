// Writes what is generated from the source: the reference pages, new durable names, and with `--release` the digests
// of samples that from now on lie in somebody's log.
import 'reflect-metadata';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { NAMES, RELEASED, digest } from '../tidy/append-only.js';
import { ROOT, read, repositoryFiles } from '../tidy/repository.js';
import { durableNames, loadServices } from './manifests.js';
import { pages } from './pages.js';

// First of all: whoever asks for help or mistypes an option gets nothing written.
const { release } = new Command('npm run catalogue --')
  .description(
    'Writes the reference pages and new durable names from the source. 由源码生成参考文档与持久名称。',
  )
  .option('--release', 'also fix the samples of a release 同时固定本次发布的样例')
  .parse()
  .opts<{ release?: true }>();

const linesOf = (path: string) => read(path).text.split('\n').filter(Boolean);
const append = (path: string, lines: readonly string[]) =>
  appendFileSync(join(ROOT, path), lines.map((line) => `${line}\n`).join(''));

const services = await loadServices();
for (const { path, text } of await pages(services)) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
  console.log(`wrote ${path}`);
}

const known = new Set(linesOf(NAMES));
const added = services
  .flatMap(({ service }) => durableNames(service))
  .filter((name) => !known.has(name));
append(NAMES, added);
for (const name of added) console.log(`added the durable name ${name}`);

if (release) {
  const released = new Set(linesOf(RELEASED).map((line) => line.split(' ')[1]));
  const fresh = repositoryFiles().filter(
    (path) => path.startsWith('libs/contracts/samples/') && !released.has(path),
  );
  append(
    RELEASED,
    fresh.map((path) => `${digest(read(path).text)} ${path}`),
  );
  console.log(`${fresh.length} samples are released and may no longer change`);
}
