import { readFile, inOrder, Sender } from '../import/import-file.js';
import type { Imported } from '../import/import-file.js';
import type { ImportMap } from '../import/map.js';
import type { Platform } from '../import/platform.js';
import { PlatformAway } from '../import/platform.js';
import { trainingClock } from '../import/training.js';
import { Cast } from './cast.js';
import { closingOf } from './closing-table.js';
import type { Closing } from './closing-table.js';
import { Simulation } from './simulation.js';
import type { SimulationOptions } from './simulation.js';
import { Stage } from './stage.js';

export interface SimulateJob extends Pick<
  SimulationOptions,
  'platform' | 'seed' | 'speed' | 'onProgress' | 'tell'
> {
  /** Secret that the passwords of the people played are made from. */
  readonly secret: string;
  /** A file whose lines come in at their instants while the desk works. */
  readonly feed: { readonly file: string; readonly map: ImportMap } | null;
}

export interface Simulated {
  readonly closing: Closing;
  readonly imported: Imported | null;
  /** Tickets that could not be brought to an end, and why. */
  readonly stuck: ReadonlyMap<string, string>;
}

export async function simulate(job: SimulateJob): Promise<Simulated> {
  const { platform, secret } = job;
  const fed = job.feed ? await feedOf(platform, job.feed) : null;
  const clock = await trainingClock(platform);
  if (!clock)
    throw new PlatformAway(
      `${platform.url} runs on the real clock. Start it with: npm start -- --training --from INSTANT 请以演练模式启动`,
    );
  const stage = new Stage(platform);
  const simulation = new Simulation({
    ...job,
    stage,
    clock,
    cast: await Cast.of(platform, secret),
    feed: fed?.feed ?? null,
  });
  await simulation.run();
  return {
    closing: closingOf(await stage.outcome()),
    imported: fed?.imported ?? null,
    stuck: simulation.stuck,
  };
}

async function feedOf(platform: Platform, { file, map }: NonNullable<SimulateJob['feed']>) {
  const read = await readFile(file, map);
  const sender = new Sender({ file, map, platform }, read);
  const { account, skippedBecause } = read;
  return {
    feed: {
      entries: inOrder(read.entries),
      send: (entry: Parameters<Sender['send']>[0]) => sender.send(entry),
    },
    imported: { account, skippedBecause, typedBy: sender.typedBy },
  };
}
