import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { getContainerRuntimeClient } from 'testcontainers';
import { findKafka, findMongod } from '../src/found.js';

const SHELL = ['sh', 'cat', 'mkdir', 'rm', 'sleep'];

/** Always the latest: Podman gives no other tag to what it imports. */
export const TRIAL_IMAGE = 'localhost/shouwen-engines-trial:latest';

/**
 * An image made of the programs of this machine, for machines that reach no registry of images: a root with mongod, a
 * Java and the jars of Kafka where the images of the projects have them, what these link to, and a shell.
 */
export async function makeTrialImage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shouwen-image-'));
  try {
    const archive = join(folder, 'root.tar');
    await gather(join(folder, 'root'));
    // The gathered root is made of links, which the archive follows.
    const args = ['-ch', '--exclude=src.zip', '--exclude=jmods', '--exclude=man', '--exclude=docs'];
    execFileSync('tar', [...args, '-f', archive, '-C', join(folder, 'root'), '.']);
    const [repo, tag] = TRIAL_IMAGE.split(':') as [string, string];
    const { dockerode } = (await getContainerRuntimeClient()).container;
    const answer = await dockerode.importImage(archive, { repo, tag });
    answer.resume();
    await finished(answer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function removeTrialImage(): Promise<void> {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  await dockerode.getImage(TRIAL_IMAGE).remove({ force: true });
}

async function gather(root: string): Promise<void> {
  const mongod = await findMongod(console.error);
  const { java, classpath } = await findKafka(console.error);
  const home = dirname(dirname(realpathSync(java)));
  const place = (path: string, from: string) => {
    const to = join(root, path);
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(realpathSync(from), to);
  };
  const programs = SHELL.map((name) => ({ name, path: which(name) }));
  for (const { name, path } of programs) place(`bin/${name}`, path);
  place('usr/bin/mongod', mongod);
  place('opt/kafka/libs', dirname(classpath));
  place(home, home);
  writeFileSync(join(root, 'bin/java'), `#!/bin/sh\nexec ${home}/bin/java "$@"\n`, { mode: 0o755 });
  mkdirSync(join(root, 'tmp'));
  mkdirSync(join(root, 'etc'));
  const linked = [
    ...[...programs.map(({ path }) => path), mongod],
    ...[join(home, 'bin/java'), join(home, 'lib/server/libjvm.so')],
  ];
  for (const library of new Set(linked.flatMap(librariesOf)))
    if (!library.startsWith(home)) place(library, library);
}

const which = (program: string) => execFileSync('which', [program], { encoding: 'utf8' }).trim();

const librariesOf = (program: string): string[] =>
  [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(
    ([, path]) => path!,
  );
