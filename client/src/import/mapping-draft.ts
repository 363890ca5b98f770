import type { Mapping, Part } from '@palmares/shared/import/mapping';

/** A field and what fills it: a column, or a constant text. */
export interface Line {
  field: string | null;
  value: string | null;
}

export interface SkipLine {
  column: string | null;
  how: 'is' | 'isNot';
  /** the values, between commas */
  values: string | null;
}

export interface ValueLine {
  column: string | null;
  from: string | null;
  to: string | null;
}

export interface PartDraft {
  columns: Line[];
  constants: Line[];
  skip: SkipLine[];
}

/** A mapping as it is edited: lists with lines that may be unfinished. */
export interface MappingDraft extends PartDraft {
  kind: Mapping['kind'];
  values: ValueLine[];
  several: PartDraft[];
  dates: Mapping['dates'];
  decimals: Mapping['decimals'];
}

const linesOf = (fields: Record<string, string>): Line[] =>
  Object.entries(fields).map(([field, value]) => ({ field, value }));

/** A value with a comma, or around which there is space, stands in quotation marks. */
const writeValues = (values: readonly string[]) =>
  values.map((value) => (/[,"]|^\s|\s$|^$/.test(value) ? JSON.stringify(value) : value)).join(', ');

function readValues(text: string): string[] {
  const found = text.match(/"(?:[^"\\]|\\.)*"|[^,\s"][^,]*/g) ?? [];
  return found.map((one) =>
    one.startsWith('"') ? one.slice(1, -1).replaceAll(/\\(.)/g, '$1') : one.trim(),
  );
}

const partDraft = ({ columns, constants, skip }: Part): PartDraft => ({
  columns: linesOf(columns),
  constants: linesOf(constants),
  skip: skip.map((one) => ({
    column: one.column,
    how: 'is' in one ? 'is' : 'isNot',
    values: writeValues('is' in one ? one.is : one.isNot),
  })),
});

export const draftOf = (mapping: Mapping): MappingDraft => ({
  ...partDraft(mapping),
  kind: mapping.kind,
  values: Object.entries(mapping.values).flatMap(([column, replaced]) =>
    Object.entries(replaced).map(([from, to]) => ({ column, from, to })),
  ),
  several: (mapping.several ?? []).map(partDraft),
  dates: mapping.dates,
  decimals: mapping.decimals,
});

/** What is finished; the last line of a field wins. */
const fieldsIn = (lines: readonly Line[]): Record<string, string> =>
  Object.fromEntries(lines.flatMap(({ field, value }) => (field && value ? [[field, value]] : [])));

function partOf({ columns, constants, skip }: PartDraft): Part {
  const filled = fieldsIn(constants);
  const read = Object.entries(fieldsIn(columns)).filter(([field]) => !(field in filled));
  return {
    columns: Object.fromEntries(read),
    constants: filled,
    skip: skip.flatMap(({ column, how, values }) => {
      const list = readValues(values ?? '');
      if (!column || list.length === 0) return [];
      return [how === 'is' ? { column, is: list } : { column, isNot: list }];
    }),
  };
}

/** The mapping that a draft makes; a constant takes the place of a column. */
export function mappingOf(draft: MappingDraft): Mapping {
  const values: Record<string, Record<string, string>> = {};
  for (const { column, from, to } of draft.values) {
    if (!column || from === null) continue;
    values[column] = { ...values[column], [from]: to ?? '' };
  }
  return {
    kind: draft.kind,
    ...partOf(draft),
    values,
    ...(draft.several.length > 0 ? { several: draft.several.map(partOf) } : {}),
    dates: draft.dates,
    decimals: draft.decimals,
  };
}

/** Puts a column's fields: what it filled before is forgotten. */
export function assign(draft: PartDraft, column: string, before: string, field: string): void {
  const kept = draft.columns.filter(
    (line) => line.field !== field && !(line.value === column && line.field === before),
  );
  const at = draft.columns.findIndex((line) => line.value === column && line.field === before);
  if (field) kept.splice(at < 0 ? kept.length : at, 0, { field, value: column });
  draft.columns = kept;
}
