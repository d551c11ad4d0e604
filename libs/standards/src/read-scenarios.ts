import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { parse } from 'yaml';
import { InvalidPacks } from './pack-faults.js';
import type { PackFault } from './pack-faults.js';
import type { Scenario } from './scenario.js';

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const yesNo = { type: 'boolean' } as const;

const strict = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

const list = (items: object) => ({ type: 'array', items });

const ticket = strict(
  { type: text, receivedAt: text },
  {
    ...{ utility: text, category: text, answeredAt: text, transferredAt: text, finishedAt: text },
    slot: strict({ from: text, to: text }),
    zone: text,
  },
);

const number = { type: 'number' } as const;
const practice = {
  questions: { type: 'object', additionalProperties: text },
  callback: strict({ share: number, by: text, clause: text }),
  notice: strict({ occasion: text, beginsAt: text, by: text, clause: text }),
  rates: list(
    strict({
      ...{ rate: text, value: number, isKept: yesNo, clause: text },
      counts: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
    }),
  ),
  findings: list(
    strict({
      ...{ line: text, sheet: text, isFinding: yesNo, clause: text },
      found: { anyOf: [yesNo, number] },
    }),
  ),
  measured: strict(
    {
      rooms: list(strict({ area: number, celsius: list(number) })),
      ...{ isSigned: yesNo, verdict: text, points: list(number), clauses: texts },
    },
    { witnesses: { type: 'integer' } },
  ),
  kept: strict({ endedAt: text, until: text, clause: text }),
};

const expectation = strict(
  {},
  {
    deadlines: list(
      strict({ stage: text, due: text, clause: text }, { warned: text, isGuessed: yesNo }),
    ),
    ladder: { anyOf: [{ const: 'none' }, list(strict({ post: text, at: text, clause: text }))] },
    evidence: { type: 'object', additionalProperties: text },
    reopening: strict({ continues: texts, restarts: texts, clause: text }),
    noAccessWait: strict({ minutes: { type: 'integer' }, clause: text }),
    ...{ category: text, needsWorkOrder: yesNo, isSafety: yesNo, slotReplacesArrival: yesNo },
    safetyWords: texts,
    callBy: strict({ at: text, by: text, clause: text }),
    season: strict({ season: text, isIn: yesNo, from: text, to: text, clause: text }),
    ...practice,
  },
);

const isScenarios = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    anyOf: [
      strict({ name: text, ticket, expect: expectation }),
      strict({ says: text, suggests: text }, { name: text, words: texts, utility: text }),
    ],
  },
});

/**
 * Every scenario of every pack below a folder: `<pack>/scenarios/*.yaml`, in order of file and place.
 *
 * @throws InvalidPacks where a file is no list of scenarios, with file and place.
 */
export async function readScenarios(folder: string): Promise<readonly Scenario[]> {
  const scenarios: Scenario[] = [];
  const faults: PackFault[] = [];
  for (const file of await scenarioFiles(folder)) {
    const content: unknown = parse(await readFile(file, 'utf8'));
    if (isScenarios(content)) scenarios.push(...named(content as Scenario[], file));
    else faults.push(...(isScenarios.errors ?? []).map((error) => faultOf(file, error)));
  }
  if (faults.length) throw new InvalidPacks(faults);
  return scenarios;
}

async function scenarioFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const pack of (await readdir(folder)).sort()) {
    const path = join(folder, pack, 'scenarios');
    const names = await readdir(path).catch(() => []);
    files.push(...names.filter((name) => /\.ya?ml$/.test(name)).map((name) => join(path, name)));
  }
  return files.sort();
}

const faultOf = (file: string, { instancePath, message = '' }: ErrorObject): PackFault => ({
  file,
  entry: `scenario ${instancePath.split('/')[1] ?? '-'}`,
  field: instancePath || '-',
  rule: 'scenario',
  message: `The value ${message}.`,
});

const named = (scenarios: readonly Scenario[], file: string): Scenario[] =>
  scenarios.map((scenario) => ({
    ...scenario,
    file,
    name: scenario.name ?? `${scenario.says ?? basename(file)} suggests ${scenario.suggests ?? ''}`,
  }));
