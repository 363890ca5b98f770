import { localInstant } from '../time/day.js';
import { booleanOf, decimalOf, periodOf, whenOf, type Cell } from './cell.js';
import { fieldType, type FieldType } from './field.js';
import { partsOf, placeholders, type Condition, type Mapping, type Part } from './mapping.js';

/** What a row says, by the names of the API: `member.externalId` makes an object. */
export type Item = Record<string, unknown>;
export type RowReader = (cells: readonly Cell[]) => Item[];

type Read = (cells: readonly Cell[]) => Cell;

/** Texts of a column that have been read before; emptied before it grows large. */
const REMEMBERED = 5_000;

function remembered(read: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const value = read(text);
    known.set(text, value);
    return value;
  };
}

/** What an identity is made of must all be there: half of it would be the same for many rows. */
const WHOLE = new Set(['source', 'externalId', 'item']);

/**
 * Prepares a mapping for the rows of a file: what each row means, one item for each part that does
 * not pass it over. Empty cells say nothing. What cannot be read (a date, a number) is left as it
 * is, so that whoever checks the item refuses it there.
 * @param columns the names of the file's columns, in order
 * @param timeZone of the organisation: times without offset are local
 * @throws RangeError for an unknown zone
 */
export function rowReader(
  mapping: Mapping,
  columns: readonly string[],
  timeZone: string,
): RowReader {
  const cellOf = (column: string): Read => {
    const at = columns.indexOf(column);
    const values = Object.hasOwn(mapping.values, column) ? mapping.values[column] : undefined;
    return (cells) => {
      const cell = cells[at] ?? '';
      const text = String(cell).trim();
      if (values && Object.hasOwn(values, text)) return values[text] ?? '';
      return typeof cell === 'number' ? cell : text;
    };
  };
  const when = remembered((text) => whenOf(text, mapping.dates, localInstant(timeZone)));
  const convert = (type: FieldType | undefined, cell: Cell): unknown => {
    if (cell === '') return cell;
    const text = String(cell);
    if (type === 'decimal') return decimalOf(cell, mapping.decimals);
    if (type === 'when') return when(text);
    if (type === 'period') return periodOf(text);
    if (type === 'boolean') return booleanOf(text);
    if (type === 'integer') return /^\d{1,15}$/.test(text) ? Number(text) : when(text);
    return type === 'list' ? text.split(/[,;|]/).map((one) => one.trim()) : text;
  };
  const readers = partsOf(mapping).map((part) => partReader(mapping, part, cellOf, convert));
  return (cells) => readers.map((read) => read(cells)).filter((item) => item !== undefined);
}

function partReader(
  mapping: Mapping,
  part: Part,
  cellOf: (column: string) => Read,
  convert: (type: FieldType | undefined, cell: Cell) => unknown,
): (cells: readonly Cell[]) => Item | undefined {
  const skips = part.skip.map((condition) => skipReader(condition, cellOf(condition.column)));
  const fromColumns = Object.entries(part.columns).map(([field, column]) => {
    const type = fieldType(mapping.kind, field);
    const cell = cellOf(column);
    return { path: field.split('.'), read: (cells: readonly Cell[]) => convert(type, cell(cells)) };
  });
  const fromTexts = Object.entries(part.constants).map(([field, text]) => {
    const type = fieldType(mapping.kind, field);
    const fill = textReader(text, WHOLE.has(field), cellOf);
    // A constant is written by whoever writes mappings: decimals have a point there.
    const fixed = placeholders(text).length === 0 && type === 'decimal';
    const read = (cells: readonly Cell[]) => (fixed ? text : convert(type, fill(cells)));
    return { path: field.split('.'), read };
  });
  const fields = [...fromColumns, ...fromTexts];
  return (cells) => {
    if (skips.some((skip) => skip(cells))) return undefined;
    const item: Item = {};
    for (const { path, read } of fields) put(item, path, read(cells));
    return item;
  };
}

function skipReader(condition: Condition, cell: Read): (cells: readonly Cell[]) => boolean {
  return (cells) => {
    const text = String(cell(cells));
    return 'is' in condition ? condition.is.includes(text) : !condition.isNot.includes(text);
  };
}

function textReader(text: string, whole: boolean, cellOf: (column: string) => Read) {
  const named = placeholders(text).map((column) => [column, cellOf(column)] as const);
  return (cells: readonly Cell[]): string => {
    if (named.length === 0) return text;
    const values = new Map(named.map(([column, read]) => [column, String(read(cells))]));
    const empty = [...values.values()].filter((value) => value === '').length;
    if (whole ? empty > 0 : empty === values.size) return '';
    return text
      .replaceAll(/\{([^{}]+)\}/g, (_all, column: string) => values.get(column) ?? '')
      .trim();
  };
}

/** Puts a value at its path; a number on the way is a place of a list, whose gaps close. */
function put(target: Item, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (value === '') return;
  const [next, ...further] = rest;
  if (next === undefined) target[name] = value;
  else if (/^\d+$/.test(next)) {
    const list = (target[name] ??= []) as Item[];
    let entry = list.find((one) => places.get(one) === next);
    if (!entry) list.push((entry = {}));
    places.set(entry, next);
    put(entry, further, value);
  } else put((target[name] ??= {}) as Item, rest, value);
}

/** Which place of its list an entry was written in. */
const places = new WeakMap<object, string>();
