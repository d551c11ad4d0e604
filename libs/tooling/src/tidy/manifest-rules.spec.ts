import { IsString } from 'class-validator';
import {
  Command,
  defineEvent,
  defineStream,
  handles,
  LogStarted,
  when,
  type EventContract,
  type Service,
} from '@shouwen/engine';
import {
  consumedFindings,
  durableNameFindings,
  nameFindings,
  routeFindings,
  unlistedFindings,
} from './manifest-rules.js';
import type { Declared, Loaded } from '../catalogue/manifests.js';
import type { Finding } from './repository.js';

class Opened {
  @IsString() matterId!: string;
}
const event = (type: string, visibility: 'public' | 'service') =>
  defineEvent({
    type,
    version: 1,
    visibility,
    data: Opened,
    key: 'matterId',
    says: { en: 'A matter was opened.', zh: '登记了事项。' },
  });
const MatterOpened = event('other.matter-opened', 'public');
const MatterNoted = event('other.matter-noted', 'service');
const known = [MatterOpened, MatterNoted] as unknown as EventContract[];

class NoteMatter extends Command {
  @IsString() matterId!: string;
}
const matters = defineStream<{ status: 'none' }, ReturnType<typeof MatterOpened>>({
  name: 'matter',
  events: [MatterOpened],
  initial: { status: 'none' },
  evolve: (state) => state,
});
const noteMatter = handles(NoteMatter, matters, () => []);
const note = when(MatterOpened, 'note-matter-when-opened', () => []);

const service = (change: Partial<Service> = {}): Service => ({
  name: 'intake',
  routes: [],
  commands: [noteMatter],
  views: [],
  reactions: [note],
  effects: [],
  ...change,
});
const declared: readonly Declared[] = [
  {
    kind: 'command',
    part: noteMatter,
    path: 'services/intake/src/matter/note-matter.ts',
    name: 'noteMatter',
  },
  {
    kind: 'reaction',
    part: note,
    path: 'services/intake/src/reactions/note-matter-when-opened.ts',
    name: 'note',
  },
];
const loaded = (change: Partial<Service> = {}): Loaded => ({ service: service(change), declared });
const hears = (contract: EventContract): Loaded => ({
  service: service(),
  declared: [
    {
      kind: 'reaction',
      part: when(contract, 'note', () => []),
      path: 'services/intake/src/reactions/note.ts',
      name: 'note',
    },
  ],
});

const bites = (findings: readonly Finding[], says: string) =>
  expect(findings.map((finding) => finding.says)).toEqual([
    expect.stringContaining(says) as unknown as string,
  ]);
const passes = (findings: readonly Finding[]) => expect(findings).toEqual([]);

describe('a manifest', () => {
  it('that lists everything passes', () => passes(unlistedFindings(loaded())));
  it('that forgets a command is refused', () =>
    bites(unlistedFindings(loaded({ commands: [] })), 'noteMatter is a command'));
  it('that forgets a reaction is refused', () =>
    bites(unlistedFindings(loaded({ reactions: [] })), 'note is a reaction'));
  it('with a route to a forgotten command is refused', () =>
    bites(
      routeFindings(
        service({
          commands: [],
          routes: [
            {
              method: 'POST',
              path: '/matters',
              does: noteMatter,
              roles: ['crew'],
              summary: 'Notes.',
            },
          ],
        }),
      ),
      'POST /matters',
    ));
});

describe('a consumer', () => {
  it('of a public event passes', () => passes(consumedFindings(loaded(), known)));
  it('of an event that nobody declares is refused', () =>
    bites(
      consumedFindings(hears(event('other.gone', 'public') as unknown as EventContract), known),
      'nor the engine exports',
    ));
  it("of another service's own event is refused", () =>
    bites(consumedFindings(hears(MatterNoted as unknown as EventContract), known), 'not public'));
  it("of the engine's own event is for the timeline of everything only", () => {
    const { service: intake, ...rest } = hears(LogStarted);
    bites(consumedFindings({ service: intake, ...rest }, [LogStarted]), 'not public');
    passes(consumedFindings({ service: { ...intake, name: 'audit' }, ...rest }, [LogStarted]));
  });
  it('called otherwise than its file is refused', () =>
    bites(
      nameFindings([{ ...declared[1]!, path: 'services/intake/src/reactions/renamed.ts' }]),
      'one word',
    ));
});

describe('the list of durable names', () => {
  const full = 'intake.note-matter-when-opened';

  it('that knows every name passes', () => passes(durableNameFindings(full, [service()])));
  it('that lacks a name is refused', () => bites(durableNameFindings('', [service()]), 'lacks'));
  it('with a name that nobody has any more is refused', () =>
    bites(durableNameFindings(`${full}\nintake.gone`, [service()]), 'intake.gone'));
  it('with a retired name passes', () =>
    passes(durableNameFindings(`${full}\nintake.gone\n- intake.gone`, [service()])));
  it('with one name twice is refused', () =>
    bites(durableNameFindings(`${full}\n${full}`, [service()]), 'twice'));
  it('a retired name does not come back', () =>
    bites(durableNameFindings(`${full}\n- ${full}`, [service()]), 'retired'));
  it('two reactions of one name are refused', () =>
    bites(durableNameFindings(full, [service({ reactions: [note, note] })]), 'twice'));
});
