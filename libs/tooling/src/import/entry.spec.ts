import { entryReader } from './entry.js';
import { readMap } from './map.js';

const MAP = readMap(`
about: letters of a mailbox
source: { system: { constant: mailbox }, id: { column: id } }
channel: { column: via, table: { 电话: phone, 网站: web }, otherwise: web }
occurredAt: { column: sent, formats: [yyyy-MM-dd HH:mm], zone: Asia/Shanghai }
fields:
  title: { column: title }
  description: { columns: [body, more], between: ' / ' }
  utility: { column: flags, separator: '|', table: { water: water, drain: water, power: power } }
  typeCode: { column: kind, table: { 爆管: water.burst }, otherwise: '' }
skip:
  - { column: flags, isIn: ['', telecom], because: no utility's matter }
`);
const HEADER = ['id', 'via', 'sent', 'title', 'body', 'more', 'flags', 'kind'];
const read = entryReader(MAP, HEADER);
const line = (over: Partial<Record<string, string>> = {}) => {
  const good: Record<string, string | undefined> = {
    id: '7',
    via: '电话',
    sent: '2026-01-15 16:00',
    title: '停水',
    body: '整栋楼没水',
    more: '从早上开始',
    flags: 'water|power',
    kind: '爆管',
    ...over,
  };
  return HEADER.map((column) => good[column] ?? '');
};

describe('reading a line by the map', () => {
  it('gives the contact its fields and its own instant', () =>
    expect(read(2, line())).toEqual({
      entry: {
        line: 2,
        system: 'mailbox',
        id: '7',
        channel: 'phone',
        occurredAt: '2026-01-15T08:00:00.000Z',
        fields: {
          title: '停水',
          description: '整栋楼没水 / 从早上开始',
          utility: 'water',
          typeCode: 'water.burst',
        },
      },
    }));

  it('takes the first of several that is ours', () =>
    expect(read(2, line({ flags: 'telecom|drain|power' }))).toMatchObject({
      entry: { fields: { utility: 'water' } },
    }));

  it('leaves a field out where the table says so', () =>
    expect(
      (read(2, line({ kind: '别的', via: '信' })) as { entry: { channel: string; fields: object } })
        .entry,
    ).toMatchObject({
      channel: 'web',
      fields: expect.not.objectContaining({ typeCode: '' }) as object,
    }));

  it.each(['', 'telecom'])('skips what is no matter of ours: "%s"', (flags) =>
    expect(read(2, line({ flags }))).toEqual({ skipped: "no utility's matter" }),
  );

  it('names field and reason of everything that is wrong', () =>
    expect(
      read(9, line({ id: '', sent: 'gestern', flags: 'steam', title: '', body: '', more: '' })),
    ).toEqual({
      rejected: [
        { line: 9, field: 'source.id', reason: 'is empty 为空' },
        {
          line: 9,
          field: 'sent',
          reason: '"gestern" is no date of the form yyyy-MM-dd HH:mm 日期格式不符',
        },
        { line: 9, field: 'utility', reason: '"steam" is not in the map 映射表里没有' },
        { line: 9, field: 'description', reason: 'says nothing 内容为空' },
      ],
    }));

  it('looks up several columns together', () => {
    const grids = readMap(`
about: orders of a district
source: { system: { constant: district }, id: { column: id } }
channel: { constant: phone }
occurredAt: { column: sent, formats: [yyyy-MM-dd HH:mm], zone: Asia/Shanghai }
fields:
  title: { column: title }
  gridCode: { columns: [flags, via], between: '/', table: { water/北: water-north }, otherwise: '' }
`);
    const both = entryReader(grids, HEADER);
    expect(both(2, line({ flags: 'water', via: '北' }))).toMatchObject({
      entry: { fields: { gridCode: 'water-north' } },
    });
    expect(both(2, line({ flags: 'water', via: '南' }))).toMatchObject({
      entry: { fields: { title: '停水' } },
    });
  });

  it('cuts what it quotes from a line', () =>
    expect(read(9, line({ sent: '很'.repeat(100) }))).toEqual({
      rejected: [
        expect.objectContaining({
          reason: expect.stringContaining(`"${'很'.repeat(20)}…"`) as string,
        }),
      ],
    }));
});
