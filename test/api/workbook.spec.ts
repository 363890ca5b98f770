import { describe, expect, it } from '@jest/globals';
import { readFile } from '@palmares/server/import/read-file';
import type { SourceRow } from '@palmares/server/import/source-row';
import { WorkbookLine } from '@palmares/server/import/workbook-line';
import { writeXlsx } from 'hucre/xlsx';
import fs from 'node:fs';
import os from 'node:os';
import { sharedTexts, workbookOf, zipOf, type Part } from '../support/generate/workbook.js';

const ROWS = '<row><c><v>1</v></c></row><row><c><v>2</v></c></row>';
const LARGE = 400_000_000;
/** What its reader may hold, and what it may hold more until that is seen. */
const MOST = 850_000_000;

async function* sent(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

async function read(file: Buffer): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  await readFile(sent(file), undefined, async (more) => void rows.push(...more));
  return rows;
}

/** The most memory that any process below this one has held meanwhile, in bytes. */
async function mostOf<T>(work: Promise<T>): Promise<{ most: number }> {
  let most = 0;
  const look = setInterval(() => (most = Math.max(most, ...below(process.pid))), 20);
  await work.finally(() => clearInterval(look)).catch(() => {});
  return { most };
}

/** Where the system says so: resident pages of the processes that a process has begun. */
function below(pid: number): number[] {
  const own = `/proc/${pid}/task/${pid}/children`;
  if (!fs.existsSync(own)) return [];
  return fs
    .readFileSync(own, 'utf8')
    .split(' ')
    .filter((child) => child !== '')
    .map((child) => {
      try {
        return Number(fs.readFileSync(`/proc/${child}/statm`, 'utf8').split(' ')[1]) * 4_096;
      } catch {
        // It has ended.
        return 0;
      }
    });
}

/** As many cells as fit, none of which says anything. */
const empty = () => {
  const row = `<row>${'<c r="A1"/>'.repeat(16_000)}</row>`;
  return `${ROWS}${row.repeat(600)}`;
};

describe('a workbook that is made to burst', () => {
  const texts = (more: Partial<Part>) =>
    workbookOf(ROWS, { name: 'xl/sharedStrings.xml', ...more, content: sharedTexts(LARGE) });

  it.each<[string, () => readonly Part[]]>([
    ['sizes of 0 in its directory', () => texts({ hidden: true })],
    ['shared texts that are called a sheet', () => texts({ name: 'xl/worksheets/strings.xml' })],
    ['shared texts that are said to be small', () => texts({ said: 1_000 })],
    ['a part that is there twice', () => [...texts({}), ...texts({ said: 10 }).slice(-1)]],
    ['a sheet without an end', () => workbookOf(`<row><c t="str"><v>${'a'.repeat(LARGE / 2)}`)],
  ])('by %s ends its reader alone', async (_how, parts) => {
    const file = zipOf(parts());
    const before = process.memoryUsage().rss;
    const reading = read(file);
    const { most } = await mostOf(reading);
    await expect(reading).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(most).toBeLessThan(MOST);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('by entities that stand for others does not', async () => {
    const lol = Array.from({ length: 12 }, (_, n) => {
      const inner = n === 0 ? 'lol' : `&l${n - 1};`.repeat(10);
      return `<!ENTITY l${n} "${inner}">`;
    });
    const [sheet] = workbookOf('').slice(-1);
    const rows = '<row><c t="str"><v>&l11;</v></c></row>';
    const content = `<!DOCTYPE x [${lol.join('')}]><worksheet><sheetData>${ROWS}${rows}</sheetData></worksheet>`;
    const parts = [...workbookOf('').slice(0, -1), { ...sheet, content } as Part];
    const { most } = await mostOf(read(zipOf(parts)).catch(() => []));
    expect(most).toBeLessThan(MOST);
  });

  it('by millions of empty cells is read, or refused, within its memory', async () => {
    const { most } = await mostOf(read(zipOf(workbookOf(empty()))).catch(() => []));
    expect(most).toBeLessThan(MOST);
  });

  it('leaves no file behind', async () => {
    await read(zipOf(texts({ hidden: true }))).catch(() => {});
    const left = fs.readdirSync(os.tmpdir()).filter((name) => /^palmares-[\da-f]{8}-/.test(name));
    expect(left).toEqual([]);
  });
});

describe('a large workbook that is honest', () => {
  it('is read, with three hundred thousand different texts', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => [
      `CMD-${n}`,
      `Société ${n}`,
      `note ${n}`,
    ]);
    const file = await writeXlsx({ sheets: [{ name: 'A', rows: [['a', 'b', 'c'], ...rows] }] });
    const kept = await read(Buffer.from(file));
    expect(kept.length).toBe(rows.length);
    expect(kept.at(-1)).toEqual([100_001, rows.at(-1)]);
  });
});

describe('a workbook as ZIP64', () => {
  it('is read', async () => {
    expect(await read(zipOf(workbookOf(ROWS), true))).toEqual([[2, [2]]]);
  });

  it('that says it unpacks to 5 GB is refused', async () => {
    const parts = workbookOf(ROWS).map((part) => ({ ...part, said: 5_000_000_000 }));
    await expect(read(zipOf(parts, true))).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});

describe('the line of workbooks', () => {
  it('has a few places for each organisation, and reads one at a time', async () => {
    const line = new WorkbookLine();
    let atOnce = 0;
    let most = 0;
    const one = () =>
      line.hold('a', () =>
        line.turn(async () => {
          most = Math.max(most, (atOnce += 1));
          await new Promise(setImmediate);
          atOnce -= 1;
        }),
      );
    const four = [one(), one(), one(), one()];
    await expect(one()).rejects.toMatchObject({ code: 'too-many-requests' });
    await line.hold('b', async () => {});
    await Promise.all(four);
    expect(most).toBe(1);
    await one();
  });

  it('goes on behind one that fails', async () => {
    const line = new WorkbookLine();
    const failing = line.turn(() => Promise.reject(new Error('no workbook')));
    await expect(failing).rejects.toThrow('no workbook');
    expect(await line.turn(async () => 1)).toBe(1);
  });
});
