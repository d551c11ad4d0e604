import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { moduleFolder } from '../../test/go-tools.js';

/** The schema that Docker Compose itself reads files by. */
const COMPOSE = 'github.com/compose-spec/compose-go/v2@v2.16.2';

const schema = JSON.parse(
  readFileSync(join(moduleFolder(COMPOSE), 'schema/compose-spec.json'), 'utf8'),
) as { $schema?: string };

const { $schema: _draft, ...rules } = schema;
const isCompose = new Ajv2020({ strict: false, validateFormats: false }).compile(rules);

const file = (name: string): object => {
  const path = fileURLToPath(new URL(`../../../../deploy/compose/${name}`, import.meta.url));
  return parse(readFileSync(path, 'utf8'), { merge: true }) as object;
};

describe('the files for Docker Compose', () => {
  it.each(['engines.yaml', 'shouwen.yaml'])('%s is one that Compose takes', (name) => {
    const isTaken = isCompose(file(name));
    expect(isCompose.errors ?? []).toEqual([]);
    expect(isTaken).toBe(true);
  });

  it('are found wanting by the same check once a setting is not one of Compose', () => {
    expect(isCompose({ services: { intake: { image: 'shouwen', comand: ['intake'] } } })).toBe(
      false,
    );
  });
});
