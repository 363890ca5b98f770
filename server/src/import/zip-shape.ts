import { ProblemError } from '../http/problem-error.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const DEFLATED = 8;

/** A sheet is read as a stream; every other part of a workbook is held in memory. */
const SHEET_MAX_BYTES = 2_000_000_000;
const PART_MAX_BYTES = 200_000_000;

const refuse = (detail: string): never => {
  throw new ProblemError('file-unreadable', detail);
};

/**
 * Refuses a workbook that unpacks to more than a workbook would. The sizes are those that it
 * declares: a part that unpacks to more than it declares is refused by whoever unpacks it.
 * Problems: `file-unreadable`.
 */
export function checkWorkbook(file: Buffer): void {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 22 > file.length || file.readUInt32LE(end) !== END) {
    refuse('The workbook is not complete');
  }
  const count = file.readUInt16LE(end + 10);
  let held = 0;
  let at = file.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (at + ENTRY_BYTES > file.length || file.readUInt32LE(at) !== ENTRY) {
      refuse('The workbook is damaged');
    }
    const packed = file.readUInt32LE(at + 20);
    const unpacked = file.readUInt32LE(at + 24);
    const nameBytes = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    const deflated = file.readUInt16LE(at + 10) === DEFLATED;
    // Without a declared size nobody would stop it.
    const unlimited = deflated && packed > 2 && unpacked === 0;
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(name);
    if (!isSheet) held += unpacked;
    if (unlimited || held > PART_MAX_BYTES || (isSheet && unpacked > SHEET_MAX_BYTES)) {
      refuse('The workbook unpacks to more than is accepted');
    }
    at += ENTRY_BYTES + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
}
