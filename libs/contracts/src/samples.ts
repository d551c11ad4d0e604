// The golden samples: what each version of each event looked like when it was written. For specs only.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Sample {
  readonly type: string;
  readonly version: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const FOLDER = fileURLToPath(new URL('../samples/', import.meta.url));

/** Every sample there is, or those of one event type. */
export function samples(type?: string): readonly Sample[] {
  const types = type === undefined ? readdirSync(FOLDER).sort() : [type];
  return types.flatMap((one) =>
    readdirSync(join(FOLDER, one)).flatMap((version) =>
      readdirSync(join(FOLDER, one, version)).map((file) => ({
        type: one,
        version: Number(version),
        name: file.replace(/\.json$/, ''),
        data: JSON.parse(readFileSync(join(FOLDER, one, version, file), 'utf8')) as Sample['data'],
      })),
    ),
  );
}
