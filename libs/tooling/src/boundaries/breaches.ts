/** One text that breaks one rule, at a path where the rule must bite. */
export interface Breach {
  readonly what: string;
  readonly path: string;
  readonly source: string;
  readonly rule: string;
  /** Part of the message, where the rule has several things to say. */
  readonly says?: string;
}

const BOUNDARY = '@nx/enforce-module-boundaries';
const EXTERNAL = 'no-restricted-imports';
const IMPORT = '@typescript-eslint/no-restricted-imports';

const stream = 'services/intake/src/ticket/breach.ts';
const use = (specifier: string) => `import * as breach from '${specifier}';\nvoid breach;\n`;

const importOf = (specifier: string, path: string, rule: string, says?: string): Breach => ({
  what: `${path.replace('/breach.ts', '')} imports ${specifier}`,
  path,
  source: use(specifier),
  rule,
  ...(says ? { says } : {}),
});

const may = 'can only depend on';

/** Who may know whom: one breach for each row of the table of projects. */
const projects: readonly Breach[] = [
  importOf('@shouwen/dispatch', stream, BOUNDARY, may),
  importOf('@shouwen/engine-embedded', stream, BOUNDARY, may),
  importOf('@shouwen/standards-packs', stream, BOUNDARY, may),
  importOf('@shouwen/tooling/package.json', stream, BOUNDARY),
  importOf('../../../dispatch/src/dispatch.service.js', stream, BOUNDARY),
  importOf('@shouwen/engine-embedded', 'services/all-in-one/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/standards', 'libs/contracts/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/standards', 'libs/engine/src/breach.ts', BOUNDARY),
  importOf('@shouwen/contracts', 'libs/engine/src/breach.ts', BOUNDARY, 'Circular dependency'),
  importOf('@shouwen/contracts', 'libs/engine-embedded/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/contracts', 'libs/files-s3/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/files-s3', 'libs/engine-embedded/src/breach.ts', BOUNDARY),
  importOf('@shouwen/files-s3', stream, BOUNDARY, may),
  importOf('@shouwen/standards', 'libs/nest/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/intake', 'libs/host/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/contracts', 'libs/standards/src/breach.ts', BOUNDARY),
  importOf('@shouwen/contracts', 'libs/standards-packs/src/breach.ts', BOUNDARY),
  importOf('@shouwen/contracts', 'libs/testkit/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/engines-local', stream, BOUNDARY, may),
  importOf('@shouwen/engines-local', 'libs/host/src/breach.ts', BOUNDARY, may),
  importOf('@shouwen/engine', 'libs/engines-local/src/breach.ts', BOUNDARY),
];

/** Nest and the drivers of servers stay in the libraries made for them. */
const libraries: readonly Breach[] = [
  importOf('@nestjs/common', stream, EXTERNAL),
  importOf('@nestjs/common', 'services/intake/src/ticket/breach.http.ts', EXTERNAL),
  importOf('@nestjs/common', 'services/intake/src/breach.spec.ts', EXTERNAL),
  importOf('@nestjs/common', 'libs/engine/src/breach.ts', EXTERNAL),
  importOf('@nestjs/common', 'libs/engine-embedded/src/breach.ts', EXTERNAL),
  importOf('@nestjs/common', 'libs/contracts/src/breach.ts', EXTERNAL),
  importOf('@nestjs/common', 'libs/standards/src/breach.ts', EXTERNAL),
  importOf('@nestjs/common', 'libs/testkit/src/breach.ts', EXTERNAL),
  importOf('mongodb', stream, EXTERNAL),
  importOf('mongodb', 'libs/files-s3/src/breach.ts', EXTERNAL),
  importOf('kafkajs', 'libs/nest/src/breach.ts', EXTERNAL),
  importOf('kafkajs', 'libs/host/src/breach.ts', EXTERNAL),
  importOf('kafkajs', 'libs/testkit/src/breach.ts', EXTERNAL),
  importOf('@nestjs/common', 'libs/engines-local/src/breach.ts', EXTERNAL),
  importOf('rxjs', 'libs/engine/src/breach.ts', EXTERNAL),
  importOf('yaml', 'libs/contracts/src/breach.ts', EXTERNAL),
];

/** What only tests may know. */
const tests: readonly Breach[] = [
  importOf('@shouwen/testkit', stream, IMPORT),
  importOf('@shouwen/host', 'services/intake/src/breach.ts', IMPORT),
  importOf('@shouwen/testkit', 'services/all-in-one/src/breach.ts', IMPORT),
  importOf('@shouwen/engines-local', 'services/all-in-one/src/breach.ts', IMPORT),
  importOf('@shouwen/engines-local', 'libs/engine-embedded/src/breach.ts', IMPORT),
  importOf('testcontainers', 'libs/engine-embedded/src/breach.ts', IMPORT),
  importOf('../../test/build.js', stream, IMPORT),
  importOf('@jest/globals', stream, IMPORT),
  {
    what: 'a spec runs alone',
    path: 'services/intake/src/ticket/breach.spec.ts',
    source: "it.only('a', () => expect(1).toBe(1));\n",
    rule: 'no-restricted-syntax',
  },
  {
    what: 'a spec is skipped',
    path: 'services/intake/test/breach.int.spec.ts',
    source: "describe.skip('a', () => it('b', () => expect(1).toBe(1)));\n",
    rule: 'no-restricted-syntax',
  },
];

const impure = (what: string, source: string, rule: string): Breach[] =>
  [
    stream,
    'services/intake/src/views/breach.view.ts',
    'services/dispatch/src/reactions/breach.ts',
  ].map((path) => ({ what: `${path} ${what}`, path, source, rule }));

/** Deciders, folds and reactions see the context and nothing else. */
const purity: readonly Breach[] = [
  ...impure('reads the clock', 'export const at = Date.now();\n', 'no-restricted-properties'),
  ...impure('makes a date of now', 'export const at = new Date();\n', 'no-restricted-syntax'),
  ...impure('rolls dice', 'export const n = Math.random();\n', 'no-restricted-properties'),
  ...impure('makes an id', 'export const id = crypto.randomUUID();\n', 'no-restricted-globals'),
  ...impure('reads the environment', 'export const e = process.env;\n', 'no-restricted-globals'),
  ...impure('waits', 'setTimeout(() => undefined, 1);\n', 'no-restricted-globals'),
  ...impure('opens a file', use('node:fs'), IMPORT),
  ...impure('hashes by itself', use('crypto'), IMPORT),
];

const long = Array.from({ length: 61 }, (_, i) => `  console.log(${i});`).join('\n');
const engine = 'libs/engine/src/errors.ts';

/** Rules of the language; those that need types are tried at the path of a real file. */
const language: readonly Breach[] = [
  {
    what: 'a promise nobody waits for',
    path: engine,
    source: 'const work = async () => 1;\nwork();\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    what: 'a switch that forgets a case',
    path: engine,
    source:
      "export const f = (x: 'a' | 'b') => {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n};\n",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
  },
  {
    what: 'any',
    path: engine,
    source: 'export const f = (x: any) => x as string;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    what: 'a function of 61 lines',
    path: engine,
    source: `export function f() {\n${long}\n}\n`,
    rule: 'max-lines-per-function',
  },
  {
    what: 'four levels of nesting',
    path: engine,
    source:
      'export function f(a: boolean) {\n  if (a) { while (a) { if (a) { if (a) return 1; } } }\n  return 2;\n}\n',
    rule: 'max-depth',
  },
  {
    what: 'five parameters',
    path: engine,
    source: 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e;\n',
    rule: 'max-params',
  },
];

export const breaches: readonly Breach[] = [
  ...projects,
  ...libraries,
  ...tests,
  ...purity,
  ...language,
];

/** The same things where they are allowed: a rule that bites everywhere proves as little as one that never does. */
export const allowed: readonly Omit<Breach, 'rule'>[] = [
  { what: 'a decider knows contracts', path: stream, source: use('@shouwen/contracts') },
  { what: 'a decider knows the engine', path: stream, source: use('@shouwen/engine') },
  { what: 'a decider knows standards', path: stream, source: use('@shouwen/standards') },
  {
    what: 'a decider makes a date of an instant',
    path: stream,
    source: 'export const at = (instant: string) => new Date(instant).toISOString();\n',
  },
  {
    what: 'a spec knows the test kit and the builders',
    path: 'services/intake/src/ticket/breach.spec.ts',
    source: use('@shouwen/testkit') + "import * as b from '../../test/build.js';\nvoid b;\n",
  },
  {
    what: 'a test of a service knows the host',
    path: 'services/intake/test/breach.int.spec.ts',
    source: use('@shouwen/host'),
  },
  {
    what: 'a spec of an engine starts servers',
    path: 'libs/engine-embedded/src/breach.engines.spec.ts',
    source: use('@shouwen/engines-local'),
  },
  {
    what: 'a test of the whole platform starts servers',
    path: 'services/all-in-one/test/breach.engines.spec.ts',
    source: use('@shouwen/engines-local'),
  },
  {
    what: 'what starts servers asks them whether they answer',
    path: 'libs/engines-local/src/breach.ts',
    source: use('mongodb') + "import * as other from 'kafkajs';\nvoid other;\n",
  },
  { what: 'libs/nest knows Nest', path: 'libs/nest/src/breach.ts', source: use('@nestjs/common') },
  {
    what: 'an effect calls the outside world',
    path: 'services/notifications/src/effects/breach.ts',
    source: use('node:fs'),
  },
  {
    what: 'tooling reads a service',
    path: 'libs/tooling/src/breach.ts',
    source: use('@shouwen/intake'),
  },
];
