// The files of one service are put back from a copy, with everything that such a copy no longer knows.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  acceptRestored,
  refuseRestored,
  type Accepted,
  type Documents,
  type Service,
} from '@shouwen/engine';
import {
  copiesView,
  desk,
  namesView,
  noTrouble,
  notesView,
  shelf,
  takeNote,
  type CopyDocument,
  type NoteDocument,
  type Trouble,
} from '@shouwen/engine/contract/sample';
import { World } from '@shouwen/engine/contract/world';
import { openEmbeddedEngine, RestoredFiles } from '../src/index.js';

const DUE = '2026-01-16T08:00:00.000Z';
let trouble: Trouble;
let letters: string[];
let services: readonly Service[];
let world: World;
let copy: string;

beforeEach(async () => {
  copy = mkdtempSync(join(tmpdir(), 'shouwen-copy-'));
  letters = [];
  trouble = { ...noTrouble(), letter: (copyId) => void letters.push(copyId) };
  services = [desk, shelf(trouble)];
  world = await World.open({
    openEngine: ({ directory, from }) => openEmbeddedEngine({ directory, training: { from } }),
    services,
  });
});
afterEach(async () => {
  await world.close();
  rmSync(copy, { recursive: true, force: true });
});

const take = async (fields: object = {}) =>
  String((await world.send('desk', takeNote, { personId: 'p', ...fields }))['noteId']);
const filesOf = (directory: string, pattern: RegExp) =>
  readdirSync(directory).filter((file) => pattern.test(file));

async function copyFiles(pattern: RegExp): Promise<void> {
  await world.settle();
  await world.stop();
  for (const file of filesOf(world.directory, pattern))
    cpSync(join(world.directory, file), join(copy, file));
  world = await World.open({ ...optionsOf(world), directory: world.directory });
}

/** What lies there goes, also what SQLite has beside it; what was copied comes. The engine is open, and no service. */
async function putBack(pattern: RegExp): Promise<void> {
  await world.settle();
  await world.stop();
  for (const file of filesOf(world.directory, pattern)) rmSync(join(world.directory, file));
  for (const file of filesOf(copy, pattern)) cpSync(join(copy, file), join(world.directory, file));
}

const optionsOf = ({ directory }: World) => ({
  directory,
  services,
  openEngine: (options: { directory: string; from: string }) =>
    openEmbeddedEngine({ directory: options.directory, training: { from: options.from } }),
});

async function start(): Promise<void> {
  world = await World.open(optionsOf(world));
}

async function withEngine<T>(
  work: (engine: ReturnType<typeof openEmbeddedEngine>) => Promise<T>,
): Promise<T> {
  const engine = openEmbeddedEngine({ directory: world.directory, training: {} });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const accept = (service = 'desk'): Promise<Accepted> =>
  withEngine((engine) =>
    acceptRestored({ engine, logs: new RestoredFiles(world.directory), services, service }),
  );
const refused = () =>
  withEngine((engine) =>
    refuseRestored(
      engine,
      services.map(({ name }) => name),
    ),
  );

const notes = async () =>
  (await world.find<NoteDocument>('desk', notesView)).map(({ noteId }) => noteId).sort();
const copies = async () =>
  Object.fromEntries(
    (await world.find<CopyDocument>('shelf', copiesView(trouble))).map((one) => [
      one.copyId,
      one.copies,
    ]),
  );
const rebuilt = async () =>
  Promise.all([
    world.runtime('desk').rebuild('notes'),
    world.runtime('desk').rebuild('names'),
    world.runtime('shelf').rebuild('copies'),
  ]);
const once = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 1]));

it('goes on after acceptance: nothing kept is lost, nothing is done twice, no letter goes out again', async () => {
  const kept = [await take(), await take({ dueAt: DUE })];
  await copyFiles(/^desk\.main/);
  const lost = [await take(), await take({ dueAt: DUE })];
  await putBack(/^desk\.main/);
  await expect(refused()).rejects.toThrow('accept it: npm run shouwen -- accept-restore');
  await start();
  await expect(world.settle()).rejects.toThrow('the log was cut or is an older copy');
  await world.stop();

  const accepted = await accept();
  expect(accepted).toMatchObject({ log: 'desk.main', isNeeded: true, epoch: 2, g: 3, lost: 2 });
  expect(accepted).toMatchObject({ timers: 1, parked: 0, isLogOnly: false });
  await expect(refused()).resolves.toBeUndefined();
  await start();
  const later = [await take(), await take({ dueAt: DUE })];
  await world.advance('2d');
  expect(await notes()).toEqual([...kept, ...later].sort());
  expect(await copies()).toEqual(once([...kept, ...lost, ...later]));
  expect(letters.sort()).toEqual([...kept, ...lost, ...later].sort());
  expect(await rebuilt()).toMatchObject([
    { differences: 0 },
    { differences: 0 },
    { differences: 0 },
  ]);
  const events = await (await world.engine.open('shelf')).log.read(0, 1000);
  const due = events.filter(({ type }) => type === 'shelf.copy-due').map(({ key }) => key);
  expect(due.sort()).toEqual([kept[1], later[1]].sort());
});

it('says that nothing is to accept where nobody remembers more than there is', async () => {
  await take();
  await world.settle();
  await world.stop();
  const before = await contentOf('shelf');
  expect(await accept()).toMatchObject({ isNeeded: false, epoch: 1, lost: 0 });
  expect(await contentOf('shelf')).toEqual(before);
  await start();
});

it('comes to the same when it is killed between any two writes and run again', async () => {
  await take();
  await copyFiles(/^desk\.main\.log/);
  await take({ dueAt: DUE });
  trouble.reaction.add(await take({ noteId: '018f4b3c-0000-7000-8000-000000000099' }));
  await putBack(/^desk\.main\.log/);
  const damaged = mkdtempSync(join(tmpdir(), 'shouwen-damaged-'));
  cpSync(world.directory, damaged, { recursive: true });
  const accepted = await accept();
  expect(accepted).toMatchObject({ lost: 2, timers: 1, parked: 1, isLogOnly: true });
  const wanted = [await contentOf('desk'), await contentOf('shelf')];
  for (let kill = 1; ; kill++) {
    rmSync(world.directory, { recursive: true });
    cpSync(damaged, world.directory, { recursive: true });
    if (await survives(kill)) break;
    await accept();
    expect([await contentOf('desk'), await contentOf('shelf')]).toEqual(wanted);
    expect(kill).toBeLessThan(50);
  }
  rmSync(damaged, { recursive: true });
  await start();
  await world.settle();
  expect(await copies()).toEqual(await copiesInLog());
});

/** False: it died at this write, counted over all services. */
function survives(kill: number): Promise<boolean> {
  return withEngine(async (engine) => {
    let writes = 0;
    for (const { name } of services) {
      const { documents } = await engine.open(name);
      for (const act of ['write', 'define', 'drop'] as const) {
        const real = documents[act].bind(documents) as (...given: unknown[]) => Promise<void>;
        const dying = async (...given: unknown[]) => {
          writes += 1;
          if (writes === kill) throw new Error('killed');
          await real(...given);
        };
        Object.assign(documents, { [act]: dying });
      }
    }
    const logs = new RestoredFiles(world.directory);
    return acceptRestored({ engine, logs, services, service: 'desk' }).then(
      () => true,
      (error: unknown) => {
        if ((error as Error).message !== 'killed') throw error;
        return false;
      },
    );
  });
}

/** Everything but the tables of views that are to be filled anew, whose number may differ. */
function contentOf(service: string): Promise<object> {
  return withEngine(async (engine) => {
    const { documents, log } = await engine.open(service);
    const found: Record<string, unknown> = { epoch: log.identity.epoch };
    for (const { name } of await documents.tables())
      if (name !== '$views') found[name.replace(/:\d+$/, '')] = await itemsOf(documents, name);
    return found;
  });
}

const itemsOf = async (documents: Documents, table: string) =>
  (await documents.find(table, null, { limit: 1000 })).items;

async function copiesInLog(): Promise<Record<string, number>> {
  const events = await (await world.engine.open('shelf')).log.read(0, 1000);
  const kept = events.filter(({ type }) => type === 'shelf.copy-kept').map(({ key }) => key);
  return once(kept);
}

it('knows what two restores have in common', async () => {
  const first = await take();
  await copyFiles(/^desk\.main/);
  await take();
  await putBack(/^desk\.main/);
  expect(await accept()).toMatchObject({ epoch: 2, g: 2, lost: 1 });
  await start();
  const second = await take();
  await take();
  await putBack(/^desk\.main/);
  expect(await accept()).toMatchObject({ epoch: 3, g: 2, lost: 2 });
  await start();
  const third = await take();
  await world.settle();
  expect(await notes()).toEqual([first, third].sort());
  expect(await copies()).toMatchObject(once([first, second, third]));
  expect((await world.find<{ count: number }>('desk', namesView))[0]!.count).toBe(2);
});

it('refuses a log that is no copy of the one that was read', async () => {
  await take();
  await world.settle();
  await world.stop();
  for (const file of filesOf(world.directory, /^desk\.main/)) rmSync(join(world.directory, file));
  await start();
  await world.stop();
  await expect(accept()).rejects.toThrow('another one; put the right one back');
  await start();
});
