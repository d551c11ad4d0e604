import { IsOptional, IsString } from 'class-validator';
import { defineEvent, type EventContract } from '@shouwen/engine';
import { digest, lostLineFindings, releasedFindings } from './append-only.js';
import { commentFindings, headerFindings } from './comment-rules.js';
import { declarationFindings, sampleFindings, unvalidatedFindings } from './contract-rules.js';
import { importsOf, orphanFindings } from './imports.js';
import { declaredFindings, pathFindings, rootFindings } from './names.js';
import { sizeFindings } from './sizes.js';
import { specFindings } from './spec-rules.js';
import { storyFindings } from './story-rules.js';
import { comments } from './syntax.js';
import { addressFindings, spellingFindings } from './words.js';
import type { Finding } from './repository.js';

const code = (text: string, path = 'services/intake/src/ticket/a.ts') => ({ path, text });
const bites = (findings: readonly Finding[], says: RegExp | string) =>
  expect(findings.map((finding) => finding.says)).toEqual([
    expect.stringMatching(says) as unknown as string,
  ]);
const passes = (findings: readonly Finding[]) => expect(findings).toEqual([]);

describe('names', () => {
  it.each([
    ['libs/engine/src/EventLog.ts', 'kebab'],
    ['libs/engine/src/utils/text.ts', 'says nothing'],
    ['libs/engine/src/helpers.ts', 'says nothing'],
    ['services/intake/src/ticket/index.ts', 'no index.ts'],
    ['services/intake/src/ticket/open/open.ts', 'deeper'],
  ])('%s is refused', (path, says) => bites(pathFindings(path), says));

  it.each([
    'services/intake/src/views/open-tickets.view.ts',
    'libs/standards-packs/heat/types.yaml',
    'docs/adr/0001-decider-functions.md',
    'README.zh-CN.md',
  ])('%s passes', (path) => passes(pathFindings(path)));

  it('a root with 21 entries is refused', () =>
    bites(rootFindings(Array.from({ length: 21 }, (_, i) => `f${i}/a.ts`)), '21 entries'));

  it('a vague class is refused', () =>
    bites(declaredFindings(code('class TicketManager {}')), 'TicketManager'));

  it('an interface with an I is refused', () =>
    bites(declaredFindings(code('interface ITicket { a: 1 }')), 'ITicket'));
});

describe('sizes', () => {
  const lines = (n: number) =>
    Array.from({ length: n }, (_, i) => `const a${i} = ${i};`).join('\n');

  it('401 lines of code are refused', () => bites(sizeFindings(code(lines(401))), '401'));
  it('blank lines and comments do not count', () =>
    passes(sizeFindings(code(`${lines(400)}\n\n// why\n/* and\n   why */\n`))));
});

describe('comments', () => {
  const task = `TO${'DO'}`;

  it.each([
    ['// const old = decide(state);', 'code in a comment'],
    ['/*\n if (old) {\n*/', 'code in a comment'],
    ['// ---------- reading', 'banner'],
    [`// ${task} make it faster`, 'number'],
    [`// FIX${'ME'} later`, 'mend it now'],
    ['// eslint-disable-next-line complexity', 'without saying why'],
  ])('%s is refused', (text, says) => bites(commentFindings(code(`${text}\nexport {};`)), says));

  it.each([
    '// Kafka may deliver this again; the position makes that harmless.',
    `// ${task}(#12) waits for the second engine`,
    '/**\n * So it is used:\n *\n *     const given = spec(openTicket);\n */',
    "const text = '// return nothing;';",
  ])('%s passes', (text) => passes(commentFindings(code(`${text}\nexport {};`))));

  it('finds those behind code and none in texts', () =>
    expect(
      comments(code("f('// no'); // yes\n`/* no */`; /* also */")).map(({ text }) => text),
    ).toEqual(['// yes', '/* also */']));

  it('a stream without a state diagram is refused', () =>
    bites(headerFindings(code('export const tickets = defineStream({});')), 'diagram'));

  it('a stream with one passes', () =>
    passes(headerFindings(code('// none → open\nexport const tickets = defineStream({});'))));
});

describe('words', () => {
  it.each(['// An authorized caller', "throw new Error('The caller is not authorized here');"])(
    '%s is refused',
    (text) => bites(spellingFindings(code(text)), 'authorise'),
  );
  it('names of libraries pass', () =>
    passes(spellingFindings(code("color('a'); const normalized = 1; get('color');"))));
  it('prose of a page is read, its code is not', () =>
    bites(
      spellingFindings({ path: 'docs/a.md', text: 'Its `color` and behavior\n```\ncolor\n```' }),
      'behaviour',
    ));
  it.each([
    ['see 192.168.0.7', 'machine'],
    [`from https://${['registry', 'npmjs', 'org'].join('.')}/nx`, 'packages come from'],
    [`in /${['work', 'main'].join('/')}`, 'folder of one machine'],
  ])('"%s" is refused', (text, says) => bites(addressFindings({ path: 'docs/a.md', text }), says));
  it('loopback and clause numbers pass', () =>
    passes(addressFindings({ path: 'docs/a.md', text: '127.0.0.1:3000, clause 4.2.3.7' })));
  it('a lockfile with an address is refused', () =>
    bites(
      addressFindings({ path: 'package-lock.json', text: '"resolved": "https://a/b.tgz"' }),
      'downloaded',
    ));
});

describe('specs', () => {
  const spec = (text: string) => specFindings(code(text, 'a.spec.ts'));

  it('without an expectation is refused', () => bites(spec("it('a', () => f());"), 'expectation'));
  it('that is skipped is refused', () =>
    bites(spec("it.skip('a', () => expect(1).toBe(1));"), 'switched off'));
  it('that says should is refused', () =>
    bites(spec("it('should open', () => expect(1).toBe(1));"), 'should'));
  it('with an empty body is refused', () =>
    bites(spec("it('a', () => {}); it('b', () => expect(1).toBe(1));"), 'empty body'));
  it('that sleeps is refused', () =>
    bites(
      spec(
        "it('a', async () => { await new Promise((r) => setTimeout(r, 5)); expect(1).toBe(1); });",
      ),
      'sleeps',
    ));
});

describe('imports', () => {
  const a = code(
    "import type { B } from './b.js';\nconst c = await import('./c.js');",
    'libs/x/src/a.ts',
  );

  it('are found, with types told apart', () =>
    expect(importsOf(a)).toEqual([
      { to: 'libs/x/src/b.ts', isType: true },
      { to: 'libs/x/src/c.ts', isType: false },
    ]));

  it('a file that only its spec imports is an orphan', () =>
    expect(
      orphanFindings(
        [
          a,
          code('', 'libs/x/src/b.ts'),
          code("import './d.js';", 'libs/x/src/d.spec.ts'),
          code('', 'libs/x/src/d.ts'),
        ],
        new Set(['libs/x/src/a.ts']),
      ).map(({ path }) => path),
    ).toEqual(['libs/x/src/d.ts']));
});

describe('what only grows', () => {
  it('may grow', () => passes(lostLineFindings('names', 'a\nb\n', 'a\nb\nc\n')));
  it('may not lose a line', () => bites(lostLineFindings('names', 'a\nb\n', 'a\nc\n'), 'append'));
  it('an edited sample is refused', () =>
    bites(
      releasedFindings(`${digest('{}')} a.json\n`, () => '{"a":1}'),
      'edited',
    ));
  it('a removed sample is refused', () =>
    bites(
      releasedFindings(`${digest('{}')} a.json\n`, () => null),
      'gone',
    ));
  it('an untouched sample passes', () =>
    passes(releasedFindings(`${digest('{}')} a.json\n`, () => '{}')));
});

describe('contracts', () => {
  class Heard {
    @IsString() callerId!: string;
    @IsOptional() @IsString() callerName?: string;
    @IsString() text!: string;
  }
  const contract = (change: object = {}) =>
    defineEvent({
      type: 'intake.call-heard',
      version: 1,
      visibility: 'public',
      data: Heard,
      key: 'callerId',
      personal: { callerId: { callerName: 'name' } },
      says: { en: '{callerName} said {text}.', zh: '{callerName}说{text}。' },
      ...change,
    }) as unknown as EventContract;
  const sample = (data: object) => ({
    path: 'a.json',
    type: 'intake.call-heard',
    version: 1,
    data,
  });

  it('as it belongs passes', () => passes(declarationFindings(contract())));
  it.each([
    [{ key: 'ticketId' }, 'key'],
    [{ personal: { callerId: { text: 'text' } } }, 'optional'],
    [{ says: { en: 'At {place}.', zh: '{text}' } }, 'place'],
    [{ version: 2 }, 'no upcaster'],
    [{ type: 'CallHeard' }, 'wire name'],
  ])('%j is refused', (change, says) => bites(declarationFindings(contract(change)), says));

  it('a sample that is whole passes', () =>
    passes(
      sampleFindings(sample({ callerId: 'c1', callerName: '张三', text: 'a' }), [contract()]),
    ));
  it('a sample with a wrong field is refused', () =>
    bites(
      sampleFindings(sample({ callerId: 'c1', text: 7 }), [contract()]),
      'text must be a string',
    ));
  it('a sample that cannot lose its people is refused', () =>
    bites(
      sampleFindings(sample({ callerId: 'c1', callerName: '张三', text: 'a' }), [
        contract({ personal: { callerId: { text: 'text' } } }),
      ]),
      'once its people are erased',
    ));
  it('a sample of no event is refused', () =>
    bites(sampleFindings(sample({}), []), 'there is no event'));
  it('a property without a validator is refused', () =>
    bites(
      unvalidatedFindings(code('class A { @IsOptional() a?: string; @IsString() b!: string }')),
      'a has no',
    ));
});

describe('stories', () => {
  const folder = 'services/all-in-one/test';
  const story = code(
    'export function floodStory(raise: Raise): void {}\n',
    `${folder}/flood.story.ts`,
  );
  const spec = (ending: string, text = 'floodStory(raise);\n') =>
    code(text, `${folder}/flood.${ending}.spec.ts`);

  it('that run on both engines pass', () =>
    passes(storyFindings([story, spec('e2e'), spec('engines')])));
  it('of one engine are refused', () =>
    bites(storyFindings([story, spec('e2e')]), 'floodStory is in no \\*.engines.spec.ts'));
  it('that nobody runs embedded are refused', () =>
    bites(storyFindings([story, spec('engines')]), 'floodStory is in no \\*.e2e.spec.ts'));
  it('told in a spec of one engine are refused', () =>
    bites(storyFindings([spec('e2e', "it('rises', () => {});\n")]), 'of one engine'));
});
