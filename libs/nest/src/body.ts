import { isUtf8 } from 'node:buffer';
import { badRequest } from './problem.js';

/** A body of 1 MiB is the most the edge reads; one commit may hold no more either. */
export const BODY_LIMIT = 1024 * 1024;

const MAX_DEPTH = 32;

/** Names that every object has already (`__proto__`, `constructor`, `toString`): no field of ours is called so. */
const isForbidden = (name: string) => name in Object.prototype || name === 'prototype';

/** A surrogate without its other half: no UTF-8 can keep it, so the log would not read back what was hashed. */
const HALF_CHARACTER = /\p{Surrogate}/u;
const HALF_CHARACTERS = /\p{Surrogate}/gu;

/** The JSON object of a request. An empty body is an empty object: what is missing is told field by field. */
export function parseBody(bytes: Buffer): object {
  if (bytes.length === 0) return {};
  if (!isUtf8(bytes)) throw badRequest('body.not-utf8', 'The body is not valid UTF-8.');
  const value = parseJson(bytes.toString('utf8'));
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw badRequest('body.not-an-object', 'The body must be one JSON object.');
  inspect(value);
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [position] = /position \d+/.exec(error instanceof Error ? error.message : '') ?? [];
    throw badRequest(
      'body.malformed',
      `The body is not valid JSON${position ? ` (at ${position})` : ''}.`,
    );
  }
}

type Step = readonly [value: unknown, depth: number, path: string];

/**
 * Walks with a stack of its own: a body nested a hundred thousand deep must not exhaust the call stack. Neither must a
 * list of a hundred thousand entries, so they are pushed one by one, not as arguments of one call.
 */
function inspect(root: object): void {
  const rest: Step[] = [[root, 1, '']];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [value, depth, path] = next;
    if (typeof value === 'string') inspectText(value, path);
    else if (value !== null && typeof value === 'object')
      for (const step of inside(value, depth, path)) rest.push(step);
  }
}

function inside(value: object, depth: number, path: string): Step[] {
  if (depth > MAX_DEPTH)
    throw badRequest('body.too-deep', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  const isList = Array.isArray(value);
  const steps: Step[] = [];
  for (const [name, child] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name;
    if (!isList) inspectName(name, at);
    // Many clients write null for what they leave out; deciders know absent fields only.
    if (child === null && !isList) Reflect.deleteProperty(value, name);
    if (typeof child === 'string' || typeof child === 'object') steps.push([child, depth + 1, at]);
  }
  return steps;
}

function inspectName(name: string, field: string): void {
  if (isForbidden(name) || HALF_CHARACTER.test(name))
    throw badRequest(
      'body.forbidden-name',
      'The body has a field of a name that is never allowed.',
      [{ field: shown(field), rule: 'forbiddenName', message: 'This name is not allowed.' }],
    );
}

function inspectText(text: string, field: string): void {
  if (HALF_CHARACTER.test(text))
    throw badRequest('body.not-unicode', 'A text in the body is not well-formed Unicode.', [
      {
        field: shown(field),
        rule: 'isWellFormed',
        message: `${shown(field)} holds half of a character.`,
      },
    ]);
  if (text.includes('\0'))
    throw badRequest('body.nul', 'A text in the body holds a NUL character.', [
      {
        field: shown(field),
        rule: 'noNul',
        message: `${shown(field)} must not hold a NUL character.`,
      },
    ]);
}

const shown = (field: string) => field.replaceAll(HALF_CHARACTERS, '?').slice(0, 200);
