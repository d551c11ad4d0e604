// The quick way of validating answers exactly as class-validator does, for every contract and whatever is broken in it.
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { faultsOf } from '@shouwen/engine';
import { everyContract } from './every.js';
import { samples } from './samples.js';

type Fields = Readonly<Record<string, unknown>>;

/** What class-validator says when nothing stands between. */
function isValid(shape: new () => object, data: object): boolean {
  const instance = plainToInstance(shape, data, { exposeUnsetFields: false });
  const strictly = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
  return validateSync(instance, strictly).length === 0;
}

const wrong = fc.oneof(
  fc.constantFrom(null, undefined, '', ' ', 0, -1, 1.5, NaN, true, [], [[]], {}, [null], 'x', [1]),
  fc.string(),
  fc.string({ maxLength: 400, minLength: 200 }),
  fc.array(fc.string(), { maxLength: 120 }),
  fc.jsonValue(),
);

/** The data with one thing in it changed, added or taken away, at any depth. */
const broken = (data: Fields): fc.Arbitrary<Fields> =>
  fc
    .tuple(fc.constantFrom(...placesIn(data), ['unknown']), wrong, fc.boolean())
    .map(([place, value, isGone]) => changed(data, place, isGone ? undefined : value) as Fields);

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [
    [...path, name],
    ...placesIn(one, [...path, name]),
  ]);
}

function changed(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string,
    unknown
  >;
  const next = changed(copy[name], rest, to);
  if (next === undefined && !Array.isArray(copy)) delete copy[name];
  else copy[name] = next;
  return copy;
}

describe.each(everyContract.map((contract) => [contract.type, contract] as const))(
  'the rules of %s',
  (_, { data: shape, type, version }) => {
    const own = samples(type).filter((sample) => sample.version === version);

    it('hold for its samples', () => {
      for (const { data } of own) expect(faultsOf(shape, data)).toEqual([]);
    });

    it('break where class-validator says so, and nowhere else', () => {
      fc.assert(
        fc.property(fc.oneof(...own.map(({ data }) => broken(data))), (data) => {
          expect(faultsOf(shape, data).length === 0).toBe(isValid(shape, data));
        }),
        { numRuns: 60 },
      );
    });
  },
);
