import { Buffer } from 'node:buffer';
import { readRows } from './lines.js';

async function* pieces(...chunks: (string | Buffer)[]) {
  yield* chunks;
}

const all = async (...chunks: (string | Buffer)[]) => {
  const rows = [];
  for await (const row of readRows(pieces(...chunks))) rows.push(row);
  return rows;
};

describe('reading a CSV file', () => {
  it('gives each record with the line it begins on', async () =>
    expect(await all('id,text\n1,暖气不热\n2,停水\n')).toEqual([
      { line: 1, fields: ['id', 'text'] },
      { line: 2, fields: ['1', '暖气不热'] },
      { line: 3, fields: ['2', '停水'] },
    ]));

  it('passes over a byte order mark, Windows line ends and blank lines', async () =>
    expect(await all('\uFEFFid,text\r\n\r\n1,停气\r\n')).toEqual([
      { line: 1, fields: ['id', 'text'] },
      { line: 3, fields: ['1', '停气'] },
    ]));

  it('keeps commas, doubled quotes and line breaks inside quotes', async () =>
    expect(await all('"a,b","he said ""no""","two\nlines"\nlast,1,2\n')).toEqual([
      { line: 1, fields: ['a,b', 'he said "no"', 'two\nlines'] },
      { line: 3, fields: ['last', '1', '2'] },
    ]));

  it('puts characters together that were cut between two chunks', async () => {
    const bytes = Buffer.from('1,暖气\n2,停电');
    for (let cut = 1; cut < bytes.length; cut++)
      expect(await all(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([
        { line: 1, fields: ['1', '暖气'] },
        { line: 2, fields: ['2', '停电'] },
      ]);
  });

  it('loses only the line whose quote is never closed', async () =>
    expect(await all('1,"open\n2,whole\n3,whole\n')).toEqual([
      { line: 1, reason: expect.stringContaining('never closed') as string },
      { line: 2, fields: ['2', 'whole'] },
      { line: 3, fields: ['3', 'whole'] },
    ]));

  it.each([
    ['never closed', '1,"open'],
    ['wrong place', '1,"shut" again'],
    ['wrong place', '1,half "open" and'],
  ])('recovers with the next record: %s', async (reason, line) =>
    expect(await all(`${line}\n2,"quoted, text"\n3,whole\n`)).toEqual([
      { line: 1, reason: expect.stringContaining(reason) as string },
      { line: 2, fields: ['2', 'quoted, text'] },
      { line: 3, fields: ['3', 'whole'] },
    ]),
  );

  it('recovers where the quote of a later record closes it', async () =>
    expect(await all('id,text\n1,"open\n2,whole\n3,"open, too\n4,whole\n')).toEqual([
      { line: 1, fields: ['id', 'text'] },
      { line: 2, reason: expect.stringContaining('quote') as string },
      { line: 3, fields: ['2', 'whole'] },
      { line: 4, reason: expect.stringContaining('quote') as string },
      { line: 5, fields: ['4', 'whole'] },
    ]));

  it('refuses a record that is wider or narrower than the header', async () =>
    expect(await all('id,text\n1\n2,a,b\n3,whole\n')).toEqual([
      { line: 1, fields: ['id', 'text'] },
      { line: 2, reason: expect.stringContaining('1 fields where the header has 2') as string },
      { line: 3, reason: expect.stringContaining('3 fields where the header has 2') as string },
      { line: 4, fields: ['3', 'whole'] },
    ]));

  it('names a line that is not UTF-8 and reads the next', async () =>
    expect(await all(Buffer.from([0x31, 0x2c, 0xc4, 0xcf, 0x0a]), '2,whole\n')).toEqual([
      { line: 1, reason: expect.stringContaining('UTF-8') as string },
      { line: 2, fields: ['2', 'whole'] },
    ]));

  it('refuses a record above 1 MiB', async () =>
    expect(await all(`1,${'长'.repeat(1_048_576)}\n2,whole\n`)).toEqual([
      { line: 1, reason: expect.stringContaining('1 MiB') as string },
      { line: 2, fields: ['2', 'whole'] },
    ]));

  it('carries a field of a hundred thousand characters', async () => {
    const long = '长'.repeat(100_000);
    expect(await all(`1,"${long}"\n`)).toEqual([{ line: 1, fields: ['1', long] }]);
  });
});
