import type { Reader } from '@shouwen/engine';
import type { Names } from '@shouwen/contracts';
import { standardsOf } from '@shouwen/standards';
import {
  staffNamesView,
  unitNamesView,
  type StaffName,
  type UnitNames,
} from '../views/names.view.js';
import { codesIn, type Opened } from './entry.js';

type OpenedStaff = Omit<StaffName, 'person'> & { readonly person?: { readonly name?: string } };

/** What the units, persons and types in these documents are called, as far as the reader may know. */
export async function namesFor(documents: readonly Opened[], reader: Reader): Promise<Names> {
  const codes = documents.map(codesIn);
  const unitPaths = [...new Set(codes.flatMap(({ units }) => units))];
  const numbers = [...new Set(codes.flatMap(({ staff }) => staff))];
  const [units, staff] = await Promise.all([
    Promise.all(unitPaths.map((path) => reader.get<UnitNames>(unitNamesView, path))),
    Promise.all(numbers.map((number) => reader.get<OpenedStaff>(staffNamesView, number))),
  ]);
  const unitNames = new Map(unitPaths.map((path, i) => [path, units[i]]));
  const staffNames = new Map(numbers.map((number, i) => [number, clear(staff[i]?.person?.name)]));
  const standards = standardsOf(reader);
  return {
    unit: (path, language) => unitNames.get(path)?.[language],
    staff: (number) => staffNames.get(number),
    type: (code, language) => standards.type(code, reader.now)?.name[language],
  };
}

/** A masked name helps nobody: the number alone is shown then. */
const clear = (name: string | undefined): string | undefined =>
  name === undefined || name.endsWith('**') ? undefined : name;
