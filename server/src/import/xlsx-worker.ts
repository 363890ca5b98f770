// Reads a workbook in a thread of its own, whose memory is limited: see xlsx-process.ts.
import { parentPort, workerData } from 'node:worker_threads';
import type { CellValue } from 'hucre';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import type { Cell } from '@palmares/shared/import/cell';
import { CELL_MAX } from './cell-max.js';

/** What the thread is given. */
export interface WorkbookTask {
  file: Uint8Array;
  sheet: string | undefined;
  /** How many messages have been taken: the thread waits when too many have not. */
  taken: Int32Array;
}

/** What it says, in this order. */
export type WorkbookMessage =
  | { sheets: string[]; sheet: string }
  | { rows: [line: number, cells: Cell[]][] }
  | { end: true }
  | { failure: string };

const AT_ONCE = 1_000;
const UNTAKEN_MAX = 8;
const DAY_MS = 86_400_000;

const port = parentPort;
const { file, sheet: wanted, taken } = workerData as WorkbookTask;
let sent = 0;

function say(message: WorkbookMessage): void {
  port?.postMessage(message);
  sent += 1;
  // The parser would run on while nobody takes its rows: the whole thread has to stand still.
  for (let seen = Atomics.load(taken, 0); sent - seen > UNTAKEN_MAX;) {
    Atomics.wait(taken, 0, seen);
    seen = Atomics.load(taken, 0);
  }
}

/** Dates of a workbook are local, to the second; midnight is the day as a whole. */
function cellOf(value: CellValue | undefined): Cell {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return '';
  if (!(value instanceof Date)) {
    // One character too many says that there were more.
    return String(value)
      .slice(0, CELL_MAX + 1)
      .replaceAll(/\0|\p{Cs}/gu, '\ufffd');
  }
  const instant = Math.round(value.getTime() / 1000) * 1000;
  if (Number.isNaN(instant)) return '';
  const text = new Date(instant).toISOString();
  return instant % DAY_MS === 0 ? text.slice(0, 10) : text.slice(0, 19);
}

async function read(): Promise<void> {
  const visible: string[] = [];
  const hidden: string[] = [];
  await readXlsx(file, {
    sheets: (sheet) => {
      (sheet.hidden || sheet.veryHidden ? hidden : visible).push(sheet.name);
      return false;
    },
  });
  const sheets = [...visible, ...hidden];
  const sheet = wanted ?? sheets[0];
  if (sheet === undefined || !sheets.includes(sheet)) {
    say({ failure: `The workbook has no sheet ${sheet ?? ''}` });
    return;
  }
  say({ sheets, sheet });
  let rows: [number, Cell[]][] = [];
  for await (const row of streamXlsxRows(file, { sheet })) {
    rows.push([row.index + 1, row.values.map(cellOf)]);
    if (rows.length < AT_ONCE) continue;
    say({ rows });
    rows = [];
  }
  if (rows.length > 0) say({ rows });
  say({ end: true });
}

read().catch((error: unknown) => {
  say({ failure: error instanceof Error ? error.message : String(error) });
});
