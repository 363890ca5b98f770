import { deflateRawSync } from 'node:zlib';

/** A part of a workbook, and what the zip says of it where that is not so. */
export interface Part {
  name: string;
  content: Buffer | string;
  /** The size that is declared. */
  said?: number;
  /** Sizes of 0 in the directory, with the mark that they stand elsewhere. */
  hidden?: true;
}

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (...list: [type: string, target: string][]) =>
  `<Relationships>${list
    .map(
      ([type, target], at) =>
        `<Relationship Id="rId${at + 1}" Type="${TYPES}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

/** The parts of a workbook of one sheet, whose shared texts lie where they are said to. */
export function workbookOf(rows: string, strings?: Omit<Part, 'content'> & { content: Buffer }) {
  const target = strings?.name.replace('xl/', '') ?? 'sharedStrings.xml';
  const parts: Part[] = [
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: '_rels/.rels', content: relations(['officeDocument', 'xl/workbook.xml']) },
    {
      name: 'xl/workbook.xml',
      content: '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', target]),
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    },
  ];
  return strings ? [...parts, strings] : parts;
}

/** One shared text of so many characters. */
export const sharedTexts = (size: number) =>
  Buffer.concat([
    Buffer.from('<sst count="1" uniqueCount="1"><si><t>'),
    Buffer.alloc(size, 97),
    Buffer.from('</t></si></sst>'),
  ]);

const LONG = 0xffffffff;

/** The extra field in which ZIP64 says sizes. */
function sizes64(unpacked: number, packed: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(unpacked), 4);
  extra.writeBigUInt64LE(BigInt(packed), 12);
  return extra;
}

/** A zip by hand, which may lie; as ZIP64 its 32-bit sizes say nothing. */
export function zipOf(parts: readonly Part[], zip64 = false): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, said, hidden } of parts) {
    const packed = deflateRawSync(content);
    const size = said ?? content.length;
    const extra = zip64 ? sizes64(size, packed.length) : Buffer.alloc(0);
    const head = Buffer.alloc(30);
    const entry = Buffer.alloc(46);
    head.writeUInt32LE(0x04034b50, 0);
    entry.writeUInt32LE(0x02014b50, 0);
    for (const [where, at, nothing] of [
      [head, 8, false],
      [entry, 10, hidden === true],
    ] as const) {
      where.writeUInt16LE(hidden ? 8 : 0, at - 2);
      where.writeUInt16LE(8, at);
      where.writeUInt32LE(nothing ? 0 : zip64 ? LONG : packed.length, at + 10);
      where.writeUInt32LE(nothing ? 0 : zip64 ? LONG : size, at + 14);
      where.writeUInt16LE(name.length, at + 18);
      where.writeUInt16LE(extra.length, at + 20);
    }
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), extra, packed);
    central.push(entry, Buffer.from(name), extra);
    offset += head.length + name.length + extra.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
