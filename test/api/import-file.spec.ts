import { describe, expect, it } from '@jest/globals';
import { readFile } from '@palmares/server/import/read-file';
import type { SourceRow } from '@palmares/server/import/source-row';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { deflateRawSync } from 'node:zlib';

/** Reads bytes that come in pieces, cut wherever it may be. */
async function read(content: string | Uint8Array, piece = 7, sheet?: string) {
  const bytes = Buffer.from(content as string);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  const rows: SourceRow[] = [];
  const shape = await readFile(pieces(), sheet, async (chunk, before) => {
    expect(before).toBe(rows.length);
    rows.push(...chunk);
  });
  return { ...shape, rows };
}
const cells = async (content: string | Uint8Array, piece?: number) =>
  (await read(content, piece)).rows.map(([, row]) => row);
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('a text file', () => {
  const text = 'Prénom;Montant\r\nZoé;12,5\r\nNoël;7\r\n';
  const columns = ['Prénom', 'Montant'];
  const rows = [
    [2, ['Zoé', '12,5']],
    [3, ['Noël', '7']],
  ];

  it.each([
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with its mark', 'utf-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', 'utf-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, the other way round', 'utf-16', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Windows-1252', 'windows-1252', latin1(text)],
  ])('is read as %s', async (_name, encoding, bytes) => {
    for (const piece of [1, 3, 1_000]) {
      expect(await read(bytes, piece)).toMatchObject({ encoding, columns, rows, format: 'csv' });
    }
  });

  it('of Windows has its euro, and one wrong byte does not make UTF-8 of Windows', async () => {
    expect(await cells(Buffer.from([0x61, 0x0a, 0x80, 0x9c, 0x0a]))).toEqual([['€œ']]);
    const broken = Buffer.concat([Buffer.from('nom\nélève Zoé\n'), Buffer.from([0xe9, 0x0a])]);
    expect(await cells(broken, 1_000)).toEqual([['élève Zoé'], ['\ufffd']]);
  });

  it.each([
    ['a;b\n1,5;2\n', [['1,5', '2']]],
    ['a,b\n"1,5",2\n', [['1,5', '2']]],
    ['a\tb\n1,5\t2;3\n', [['1,5', '2;3']]],
    ['nom, prénom;x\n"a;b";2\n', [['a;b', '2']]],
    ['sep=,\na,b\n1,2\n', [['1', '2']]],
    ['a\n1\n2\n', [['1'], ['2']]],
    [
      'a;b\r1;2\r3;4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'a;b\n1;2\r\n3;4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['a;b\n\n;\n1;2\n\n', [['1', '2']]],
    ['a;b\n"x\r\ny";"say ""hi"""\n', [['x\r\ny', 'say "hi"']]],
    ['a;b\nécran 12";2\n', [['écran 12"', '2']]],
    ['a;b;;\n1;2;;\n1\n', [['1', '2', '', ''], ['1']]],
  ])('%j is cut where it should be', async (text, wanted) => {
    for (const piece of [1, 5, 1_000]) expect(await cells(text, piece)).toEqual(wanted);
  });

  it('loses one line to a quotation mark that goes wrong, and says which', async () => {
    const text = 'a;b\n1;"Dup;12\n2;x\n3;"Le Goff"\n4;"y"z\n5;6;7\n8;"never\n';
    for (const piece of [1, 9, 1_000]) {
      expect((await read(text, piece)).rows).toEqual([
        [2, ['1', '"Dup', '12'], expect.stringContaining('quotation mark')],
        [3, ['2', 'x']],
        [4, ['3', 'Le Goff']],
        [5, ['4', '"y"z'], expect.stringContaining('quotation mark')],
        [6, ['5', '6', '7'], 'the row has 3 cells, the header 2'],
        [7, ['8', '"never'], expect.stringContaining('not closed')],
      ]);
    }
  });

  it('counts its lines through cells that have several', async () => {
    const { rows } = await read('a;b\n"x\ny\nz";2\n3;4\n');
    expect(rows.map(([line]) => line)).toEqual([2, 5]);
  });

  it('has names for all its columns, each another one', async () => {
    const { columns } = await read('Nom;;Nom; \n1;2;3;4\n');
    expect(columns).toEqual(['Nom', 'B', 'Nom (2)']);
  });

  it.each([
    ['', 'empty'],
    ['\n\n', 'empty'],
    ['PNG\0\0', 'no text'],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'xls'],
    [`a\n${'x'.repeat(4_100_000)}`, 'no end'],
    [Array.from({ length: 501 }, (_one, at) => `c${at}`).join(';'), '500 columns'],
  ])('that is none is refused: %.20s', async (content, reason) => {
    await expect(read(content, 100_000)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(reason),
    });
  });

  it('gives back what was written, however it is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', '\n', '\r\n', ' ', ',') });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 30 }), async (rows, piece) => {
        const text = ['x;y', ...rows.map((row) => row.map(quoted).join(';'))].join('\r\n');
        const kept = rows.filter((row) => row.some((one) => one.trim() !== ''));
        expect(await cells(text, piece)).toEqual(kept);
      }),
    );
  });
});

const day = (text: string) => new Date(`${text}Z`);
const workbook = (sheets: object[]) => writeXlsx({ sheets } as never);

describe('a workbook', () => {
  it('is read by its values: dates, numbers, texts that look like numbers', async () => {
    const file = await workbook([
      {
        name: 'Ventes',
        rows: [
          ['Jour', 'Montant', 'Code', 'Payé'],
          [day('2017-12-31T00:00:00'), 1234.567, '00123', true],
          [day('2017-12-31T14:30:00'), null, 'Zoé', false],
        ],
      },
      { name: 'Autre', rows: [['x'], [1]] },
    ]);
    const found = await read(file, 1_000);
    expect(found).toMatchObject({
      format: 'xlsx',
      sheets: ['Ventes', 'Autre'],
      sheet: 'Ventes',
      columns: ['Jour', 'Montant', 'Code', 'Payé'],
      rows: [
        [2, ['2017-12-31', 1234.567, '00123', 'true']],
        [3, ['2017-12-31T14:30:00', '', 'Zoé', 'false']],
      ],
    });
    expect(await read(file, 1_000, 'Autre')).toMatchObject({ sheet: 'Autre', columns: ['x'] });
    await expect(read(file, 1_000, 'Rien')).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('begins with the first sheet that is shown', async () => {
    const sheets = [
      { name: 'Caché', hidden: true, rows: [['a']] },
      { name: 'Vu', rows: [['b']] },
    ];
    expect(await read(await workbook(sheets), 1_000)).toMatchObject({
      sheet: 'Vu',
      sheets: ['Vu', 'Caché'],
    });
  });

  it('of many rows keeps their order', async () => {
    const many = Array.from({ length: 4_500 }, (_one, at) => [at, `n° ${at}`]);
    const { rows } = await read(
      await workbook([{ name: 'A', rows: [['x', 'y'], ...many] }]),
      65536,
    );
    expect(rows.map(([, row]) => row)).toEqual(many);
  });

  it('with a cell that unpacks to 20 MB loses that row', async () => {
    const { rows } = await read(zipOf({ size: 20_000_000 }), 1_000_000);
    expect(rows).toEqual([[2, [expect.any(String)], 'a cell has more than 32767 characters']]);
    expect(rows[0]?.[1][0]).toHaveLength(32_767);
  });

  it.each([
    ['a part that is larger than it says', { size: 5_000_000, said: 1_000 }],
    ['a part that says nothing of its size', { size: 5_000_000, said: 0 }],
    [
      'shared texts that say they unpack to 210 MB',
      { size: 9, said: 210_000_000, part: 'xl/sharedStrings.xml' },
    ],
  ])('with %s is refused, and the server lives', async (_name, bomb) => {
    await expect(read(zipOf(bomb), 1_000_000)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(process.memoryUsage().rss).toBeLessThan(2_000_000_000);
  });

  it.each([
    ['cut short', async () => (await workbook([{ name: 'A', rows: [['x']] }])).subarray(0, 900)],
    ['no workbook', async () => Buffer.from('PK\u0003\u0004 but nothing else in it')],
  ])('that is %s is refused', async (_name, file) => {
    await expect(read(await file(), 100)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

interface Bomb {
  size: number;
  said?: number;
  part?: string;
}

/** A workbook by hand, one part of which is not what a workbook has. */
function zipOf({ size, said, part = 'xl/worksheets/sheet1.xml' }: Bomb): Buffer {
  const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (type: string, target: string) =>
    `<Relationships><Relationship Id="rId1" Type="${types}/${type}" Target="${target}"/></Relationships>`;
  const cell = [
    '<worksheet><sheetData><row><c><v>1</v></c></row><row><c t="inlineStr"><is><t>',
    '</t></is></c>',
  ];
  const bomb = Buffer.concat([
    Buffer.from(cell[0] ?? ''),
    Buffer.alloc(size, 97),
    Buffer.from(`${cell[1]}</row></sheetData></worksheet>`),
  ]);
  const parts: [string, Buffer, number?][] = [
    ['[Content_Types].xml', Buffer.from('<Types/>')],
    ['_rels/.rels', Buffer.from(relation('officeDocument', 'xl/workbook.xml'))],
    [
      'xl/workbook.xml',
      Buffer.from(
        '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
    ],
    ['xl/_rels/workbook.xml.rels', Buffer.from(relation('worksheet', 'worksheets/sheet1.xml'))],
    [part, bomb, said],
  ];
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content, declared = content.length] of parts) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    const entry = Buffer.alloc(46);
    head.writeUInt32LE(0x04034b50, 0);
    entry.writeUInt32LE(0x02014b50, 0);
    for (const [where, at] of [
      [head, 8],
      [entry, 10],
    ] as const) {
      where.writeUInt16LE(8, at);
      where.writeUInt32LE(packed.length, at + 10);
      where.writeUInt32LE(declared, at + 14);
      where.writeUInt16LE(name.length, at + 18);
    }
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += head.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end]);
}
