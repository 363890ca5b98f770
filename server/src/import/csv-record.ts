/** A record of a text with separators; a faulty one is its first line, cut at each separator. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
  fault?: string;
}

/** A quotation mark that is not closed within this many characters is a stray one. */
const QUOTED_MAX = 40_000;
const NEVER_CLOSED = 'a quotation mark is opened and not closed';
const GOES_ON = 'something follows a closing quotation mark';

/** No header has so many; what more there are in a line is passed over. */
const CELLS_MAX = 5_000;

const LF = 10;
const CR = 13;

type Quoted = { value: string; end: number } | { fault: string } | 'more';

/** The cell whose quotation mark opens at `from`; `end` is behind the one that closes it. */
function quotedCell(text: string, from: number, separator: number, last: boolean): Quoted {
  let doubled = false;
  for (let at = from + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at === -1 || at - from > QUOTED_MAX) {
      const mayClose = at === -1 && !last && text.length - from <= QUOTED_MAX;
      return mayClose ? 'more' : { fault: NEVER_CLOSED };
    }
    if (at + 1 === text.length && !last) return 'more';
    if (text[at + 1] === '"') {
      doubled = true;
      continue;
    }
    const next = text.charCodeAt(at + 1);
    const closes = at + 1 === text.length || next === separator || next === LF || next === CR;
    if (!closes) return { fault: GOES_ON };
    const value = text.slice(from + 1, at);
    return { value: doubled ? value.replaceAll('""', '"') : value, end: at + 1 };
  }
}

function plainEnd(text: string, from: number, separator: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === LF || code === CR) break;
  }
  return at;
}

/**
 * Cuts a text into records as spreadsheets do: cells between quotation marks may hold separators,
 * line ends and doubled marks; a mark within a cell is a character like others. After a mark that
 * goes wrong only that line is lost: reading goes on with the next one.
 */
export class CsvRecords {
  private text = '';
  /** The beginning of a record has been looked at, and its end is not there. */
  private waits = false;
  private readonly separator: number;

  /** @param line the number of the first line */
  constructor(
    separator: string,
    public line = 1,
  ) {
    this.separator = separator.charCodeAt(0);
  }

  /** How many characters wait for their end. */
  get pending(): number {
    return this.text.length;
  }

  /** The records that are complete with this text; with the last one all that is left. */
  *next(text: string, last = false): Generator<CsvRecord> {
    this.text += text;
    if (!last && !this.mayEnd(text)) return;
    let at = 0;
    while (at < this.text.length) {
      const read = this.read(at, last);
      if (!read) break;
      const { line } = this;
      this.line += read.lines;
      at = read.end;
      yield read.fault === undefined
        ? { line, cells: read.cells }
        : { line, cells: read.cells, fault: read.fault };
    }
    this.text = this.text.slice(at);
    this.waits = this.text !== '';
  }

  /**
   * False where nothing has come by which the record that waits could end: reading a long line from
   * its beginning with each piece of it would take ever longer.
   */
  private mayEnd(more: string): boolean {
    return !this.waits || more.includes('\n') || more.includes('\r');
  }

  /** The record at a place; undefined when its end has not come yet. */
  private read(from: number, last: boolean) {
    const { text, separator } = this;
    const cells: string[] = [];
    let lines = 1;
    for (let at = from; ;) {
      if (text[at] === '"') {
        const cell = quotedCell(text, at, separator, last);
        if (cell === 'more') return undefined;
        if ('fault' in cell) return this.faulty(from, cell.fault, last);
        if (cells.length < CELLS_MAX) cells.push(cell.value);
        lines += linesIn(cell.value);
        at = cell.end;
      } else {
        const end = plainEnd(text, at, separator);
        if (cells.length < CELLS_MAX) cells.push(text.slice(at, end));
        at = end;
      }
      if (at < text.length && text.charCodeAt(at) === separator) {
        at += 1;
        continue;
      }
      const end = this.lineEnd(at, last);
      return end === undefined ? undefined : { cells, lines, end, fault: undefined };
    }
  }

  private faulty(from: number, fault: string, last: boolean) {
    const { text } = this;
    const rest = /[\r\n]/g;
    rest.lastIndex = from;
    const at = rest.exec(text)?.index ?? text.length;
    const end = this.lineEnd(at, last);
    if (end === undefined) return undefined;
    const cells = text.slice(from, at).split(String.fromCharCode(this.separator), CELLS_MAX);
    return { cells, lines: 1, end, fault };
  }

  /** Behind the line end at a place; undefined when it may not be whole yet. */
  private lineEnd(at: number, last: boolean): number | undefined {
    const { text } = this;
    if (at >= text.length) return last ? at : undefined;
    if (text.charCodeAt(at) === LF) return at + 1;
    if (at + 1 >= text.length && !last) return undefined;
    return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }
}

const linesIn = (value: string) => value.split(/\r\n|\n|\r/).length - 1;
