import { z } from 'zod';
import { emptyOrTextSchema, textSchema } from '../quantity/text.js';
import { fieldType, mappingKinds } from './field.js';

const columnSchema = textSchema(200);
/** What a cell may hold. */
const valueSchema = emptyOrTextSchema(32_767);

/** Rows that hold, or lack, one of these values in a column are passed over. */
const conditionSchema = z.union([
  z.strictObject({ column: columnSchema, is: z.array(valueSchema).min(1) }),
  z.strictObject({ column: columnSchema, isNot: z.array(valueSchema).min(1) }),
]);
export type Condition = z.output<typeof conditionSchema>;

const columns = z.record(textSchema(60), columnSchema).default({});
const constants = z.record(textSchema(60), textSchema(500)).default({});
const skip = z.array(conditionSchema).max(50).default([]);

/** One of several activities that a row makes: what it has beside what they share. */
const partSchema = z.strictObject({ columns, constants, skip });

/**
 * How the rows of a file become activities or members. A field such as `externalId`, `amount` or
 * `member.externalId` takes a column as it is, or a constant text in which `{column}` stands for
 * the row's value. `values` replaces what a column holds, before anything else is done with it.
 * `several` names what a row makes when it makes more than one; each adds its own to the rest.
 */
export const mappingSchema = z
  .strictObject({
    kind: z.enum(mappingKinds),
    columns,
    constants,
    values: z.record(columnSchema, z.record(valueSchema, valueSchema)).default({}),
    skip,
    several: z.array(partSchema).min(1).max(20).optional(),
    dates: z
      .enum(['day-first', 'month-first'])
      .default('day-first')
      .meta({ description: 'how 01/02/2026 is read; ISO dates and names of months need no rule' }),
    decimals: z
      .enum(['point', 'comma'])
      .default('point')
      .meta({ description: 'what stands before the decimals; the other one sets thousands apart' }),
  })
  .superRefine((mapping, context) => {
    const fault = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const places: [PropertyKey[], Pick<Part, 'columns' | 'constants'>][] = [
      [[], mapping],
      ...(mapping.several ?? []).map(
        (part, at) => [['several', at], part] as [PropertyKey[], Part],
      ),
    ];
    for (const [path, part] of places) {
      for (const where of ['columns', 'constants'] as const) {
        for (const field of Object.keys(part[where])) {
          if (!fieldType(mapping.kind, field)) fault([...path, where, field], 'no such field');
        }
      }
      for (const field of Object.keys(part.constants)) {
        if (!Object.hasOwn(part.columns, field)) continue;
        fault([...path, 'constants', field], 'has a column and a constant');
      }
    }
  })
  .meta({ id: 'ImportMapping' });
export type Part = z.output<typeof partSchema>;
export type Mapping = z.output<typeof mappingSchema>;

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** The columns that a constant text names, in order. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
}

/** What a row makes, one after the other: each with what all of them share. Its own comes first. */
export function partsOf(mapping: Mapping): Part[] {
  const { columns, constants, skip } = mapping;
  if (!mapping.several) return [{ columns, constants, skip }];
  return mapping.several.map((part) => {
    const named = (field: string) =>
      Object.hasOwn(part.columns, field) || Object.hasOwn(part.constants, field);
    const shared = <Value>(fields: Record<string, Value>) =>
      Object.fromEntries(Object.entries(fields).filter(([field]) => !named(field)));
    return {
      columns: { ...shared(columns), ...part.columns },
      constants: { ...shared(constants), ...part.constants },
      skip: [...skip, ...part.skip],
    };
  });
}

/** Every column that the mapping reads; a file without one of them is the wrong file. */
export function columnsOf(mapping: Mapping): string[] {
  const read = partsOf(mapping).flatMap((part) => [
    ...Object.values(part.columns),
    ...Object.values(part.constants).flatMap(placeholders),
    ...part.skip.map(({ column }) => column),
  ]);
  return [...new Set([...read, ...Object.keys(mapping.values)])];
}
