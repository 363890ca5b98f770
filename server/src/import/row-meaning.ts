import type { Cell } from '@palmares/shared/import/cell';
import type { MappingKind } from '@palmares/shared/import/field';
import type { RefusedRow } from '@palmares/shared/import/import';
import type { Item, RowReader } from '@palmares/shared/import/map-row';
import type { Mapping } from '@palmares/shared/import/mapping';
import type { Refusal } from '@palmares/shared/problem/refusal';
import { brief, pointerTo, problems } from '@palmares/shared/problem/catalogue';
import type { ZodType } from 'zod';
import type { SourceRow } from './source-row.js';

/** Something that a row means, and which row that is. */
export interface Meant {
  at: number;
  item: Item;
}

/** What rows mean: several things, nothing, or nothing that could be read. */
export interface Meaning {
  rows: readonly SourceRow[];
  meant: Meant[];
  skipped: number;
  refused: { at: number; refusal: Omit<Refusal, 'index'> }[];
}

export function meaningOf(read: RowReader, rows: readonly SourceRow[]): Meaning {
  const meaning: Meaning = { rows, meant: [], skipped: 0, refused: [] };
  for (const [at, [, cells, fault]] of rows.entries()) {
    if (fault !== undefined) {
      const refusal = { pointer: '', code: 'row-unreadable', detail: fault };
      meaning.refused.push({ at, refusal });
      continue;
    }
    const items = read(cells);
    if (items.length === 0) meaning.skipped += 1;
    for (const item of items) meaning.meant.push({ at, item });
  }
  return meaning;
}

/** A number of a workbook as the mapping reads it from a text: 1.234 is not 1 234 there. */
const asText = (cell: Cell, decimals: Mapping['decimals']) =>
  typeof cell === 'number' && decimals === 'comma' ? String(cell).replace('.', ',') : String(cell);

/** The refused rows of a chunk in their order, with what was refused of what they mean. */
export function refusedRows(
  { rows, meant, refused }: Meaning,
  refusals: readonly Refusal[],
  { decimals }: Pick<Mapping, 'decimals'>,
): RefusedRow[] {
  const all = [
    ...refused,
    ...refusals.map(({ index, ...refusal }) => ({ at: meant[index]?.at ?? 0, refusal })),
  ].toSorted((a, b) => a.at - b.at);
  return all.flatMap(({ at, refusal }) => {
    const source = rows[at];
    if (!source) return [];
    const [line, cells] = source;
    return [{ line, ...refusal, row: cells.map((cell) => asText(cell, decimals)) }];
  });
}

/** The reason that is given where a row by itself upsets everything. */
export const culprit = (code: keyof typeof problems): Omit<Refusal, 'index'> => ({
  pointer: '',
  code,
  detail: problems[code][1],
});

const identities: Record<MappingKind, readonly string[]> = {
  activities: ['source', 'externalId'],
  members: ['externalId', 'email'],
  targets: ['kpi', 'period', 'member', 'team'],
};

/** What tells one thing of a file from another: the same twice revises, or says it again. */
export function identityIn(kind: MappingKind, { item }: Meant): string {
  return JSON.stringify(identities[kind].map((field) => item[field]));
}

/** What a row means, read by the schema of its kind, and which of the meanings it is. */
export interface Entries<Entry> {
  entries: Entry[];
  /** Places of the entries among what is meant. */
  places: number[];
  refused: Refusal[];
}

export function entriesOf<Entry>(
  { meant }: Meaning,
  schema: ZodType<Entry, unknown>,
): Entries<Entry> {
  const result: Entries<Entry> = { entries: [], places: [], refused: [] };
  for (const [index, { item }] of meant.entries()) {
    const parsed = schema.safeParse(item);
    if (parsed.success) {
      result.entries.push(parsed.data);
      result.places.push(index);
      continue;
    }
    const [issue] = parsed.error.issues;
    const pointer = pointerTo(issue?.path ?? []);
    result.refused.push({ index, pointer, code: 'invalid', detail: brief(issue?.message ?? '') });
  }
  return result;
}

/** All refusals of what is meant: of its reading, and of those who took the entries. */
export function refusalsOf<Entry>(
  { places, refused }: Entries<Entry>,
  more: readonly Refusal[],
): Refusal[] {
  const later = more.map((refusal) => ({ ...refusal, index: places[refusal.index] ?? 0 }));
  return [...refused, ...later].toSorted((a, b) => a.index - b.index);
}
