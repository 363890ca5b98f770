import { ProblemError } from '../http/problem-error.js';

const END = 0x06054b50;
const END_BYTES = 22;
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const OF_64 = 0x0001;
const DEFLATED = 8;
/** Set where a size stands elsewhere: behind the part, or in the extra field of ZIP64. */
const BEHIND = 0x0008;
const IN_64 = 0xffffffff;
const IN_64_COUNT = 0xffff;

/** A sheet is read as a stream; every other part of a workbook is held in memory. */
const SHEET_MAX_BYTES = 2_000_000_000;
const PART_MAX_BYTES = 200_000_000;

const refuse = (detail: string): never => {
  throw new ProblemError('file-unreadable', detail);
};

/** Nothing here is so far away that a number could not say it. */
const longAt = (file: Buffer, at: number) => Number(file.readBigUInt64LE(at));

/** Where the entries of a directory begin, and how many they are. */
function directoryOf(file: Buffer): { at: number; count: number } {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + END_BYTES > file.length || file.readUInt32LE(end) !== END) {
    refuse('The workbook is not complete');
  }
  const count = file.readUInt16LE(end + 10);
  const at = file.readUInt32LE(end + 16);
  const sizeOfAll = file.readUInt32LE(end + 12);
  if (count !== IN_64_COUNT && at !== IN_64 && sizeOfAll !== IN_64) return { at, count };
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || file.readUInt32LE(locator) !== LOCATOR) refuse('The workbook is damaged');
  const end64 = longAt(file, locator + 8);
  if (end64 + END_64_BYTES > file.length || file.readUInt32LE(end64) !== END_64) {
    refuse('The workbook is damaged');
  }
  return { at: longAt(file, end64 + 48), count: longAt(file, end64 + 32) };
}

/** The sizes of an entry: where 32 bits say nothing, the extra field of ZIP64 says them in order. */
function sizesOf(file: Buffer, at: number): { packed: number; unpacked: number } {
  let packed = file.readUInt32LE(at + 20);
  let unpacked = file.readUInt32LE(at + 24);
  if (packed !== IN_64 && unpacked !== IN_64) return { packed, unpacked };
  const from = at + ENTRY_BYTES + file.readUInt16LE(at + 28);
  const to = from + file.readUInt16LE(at + 30);
  for (let field = from; field + 4 <= to; field += 4 + file.readUInt16LE(field + 2)) {
    if (file.readUInt16LE(field) !== OF_64) continue;
    let value = field + 4;
    if (unpacked === IN_64) {
      unpacked = longAt(file, value);
      value += 8;
    }
    if (packed === IN_64) packed = longAt(file, value);
    break;
  }
  return { packed, unpacked };
}

/** What a workbook declares of its parts, each refused where it is more than a workbook has. */
function checkEntries(file: Buffer): void {
  const { at: first, count } = directoryOf(file);
  const names = new Set<string>();
  let held = 0;
  let at = first;
  for (let entry = 0; entry < count; entry++) {
    if (file.readUInt32LE(at) !== ENTRY) refuse('The workbook is damaged');
    const { packed, unpacked } = sizesOf(file, at);
    const nameBytes = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    if (names.has(name)) refuse('The workbook is damaged');
    names.add(name);
    const deflated = file.readUInt16LE(at + 10) === DEFLATED;
    const elsewhere = (file.readUInt16LE(at + 8) & BEHIND) !== 0 && packed === 0;
    // Without a declared size nobody would stop it.
    const unlimited = (deflated && packed > 2 && unpacked === 0) || elsewhere;
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(name);
    if (!isSheet) held += unpacked;
    const isFolder = name.endsWith('/') && packed === 0;
    if ((unlimited && !isFolder) || held > PART_MAX_BYTES || unpacked > SHEET_MAX_BYTES) {
      refuse('The workbook unpacks to more than is accepted');
    }
    at += ENTRY_BYTES + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
}

/**
 * Refuses a workbook that says of itself that it unpacks to more than a workbook would. The sizes
 * are those that it declares; one that lies is stopped by the memory that its reader may have.
 * Problems: `file-unreadable`.
 */
export function checkWorkbook(file: Buffer): void {
  try {
    checkEntries(file);
  } catch (error) {
    // Some offset points beyond the file.
    if (error instanceof RangeError) refuse('The workbook is damaged');
    throw error;
  }
}
