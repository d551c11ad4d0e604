import { BadMap, columnsOf, readMap } from './map.js';

const GOOD = `
about: letters of a mailbox
source: { system: { constant: mailbox }, id: { column: id } }
channel: { constant: web }
occurredAt: { column: sent, formats: [yyyy-MM-dd], zone: Asia/Shanghai }
fields:
  title: { column: title }
  description: { columns: [body, more], between: ' / ' }
  utility: { column: flags, separator: '|', table: { water: water, drain: water } }
fallbackTypes: { water: water.consultation }
skip:
  - { column: flags, isIn: [''], because: no utility's matter }
`;

const faultsOf = (yaml: string): readonly string[] => {
  try {
    readMap(yaml);
    return [];
  } catch (error) {
    if (error instanceof BadMap) return error.faults;
    throw error;
  }
};

describe('an import map', () => {
  it('is read', () =>
    expect(readMap(GOOD)).toEqual({
      about: 'letters of a mailbox',
      source: { system: { constant: 'mailbox' }, id: { column: 'id' } },
      channel: { constant: 'web' },
      occurredAt: { column: 'sent', formats: ['yyyy-MM-dd'], zone: 'Asia/Shanghai' },
      fields: {
        title: { column: 'title' },
        description: { columns: ['body', 'more'], between: ' / ' },
        utility: { column: 'flags', separator: '|', table: { water: 'water', drain: 'water' } },
      },
      fallbackTypes: { water: 'water.consultation' },
      skip: [{ column: 'flags', isIn: [''], because: "no utility's matter" }],
    }));

  it('names the columns it needs', () =>
    expect([...columnsOf(readMap(GOOD))].sort()).toEqual(
      ['body', 'flags', 'id', 'more', 'sent', 'title'].sort(),
    ));

  it.each([
    ['occurredAt.zone', 'zone: Asia/Shanghai', 'zone: Peking'],
    ['occurredAt.formats[0]', '[yyyy-MM-dd]', '[dd.MM]'],
    ['"sourse" is unknown', 'source:', 'sourse:'],
    ['source: is missing', 'source:', 'sourse:'],
    ['channel: exactly one of', '{ constant: web }', '{ constant: web, column: via }'],
    ['fallbackTypes.drain', '{ water: water.consultation }', '{ drain: water.consultation }'],
    ['skip[0].because: is missing', ", because: no utility's matter", ''],
    ['fields.title: must be {constant', 'title: { column: title }', 'title: title'],
    ['fields: "tittle" is unknown', 'title: { column', 'tittle: { column'],
    ['fields.utility.separator: has a meaning only', ', table: { water: water, drain: water }', ''],
    ['channel: "letter" must be one of', 'constant: web', 'constant: letter'],
    ['fields.utility: "drain" must be one of', 'drain: water', 'drain: drain'],
    ['not YAML', 'about:', 'about: ]'],
  ])('says what is wrong: %s', (fault, from, to) =>
    expect(faultsOf(GOOD.replace(from, to))).toContainEqual(expect.stringContaining(fault)),
  );

  it('says everything that is wrong at once', () =>
    expect(faultsOf('about: x').length).toBeGreaterThan(3));
});
