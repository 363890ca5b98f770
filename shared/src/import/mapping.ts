import { z } from 'zod';
import { textSchema } from '../quantity/text.js';

const columnSchema = textSchema(200);

/** Rows that hold, or lack, one of these values in a column are passed over. */
const conditionSchema = z.union([
  z.strictObject({ column: columnSchema, is: z.array(z.string()).min(1) }),
  z.strictObject({ column: columnSchema, isNot: z.array(z.string()).min(1) }),
]);

/**
 * How the rows of a file become activities or members. A field such as `externalId`, `amount` or
 * `member.externalId` takes a column as it is, or a constant text in which `{column}` stands for
 * the row's value. `values` replaces what a column holds, before anything else is done with it.
 */
export const mappingSchema = z
  .strictObject({
    kind: z.enum(['activities', 'members']),
    columns: z.record(textSchema(60), columnSchema).default({}),
    constants: z.record(textSchema(60), textSchema(500)).default({}),
    values: z.record(columnSchema, z.record(z.string(), z.string())).default({}),
    skip: z.array(conditionSchema).default([]),
  })
  .superRefine((mapping, context) => {
    for (const field of Object.keys(mapping.constants)) {
      if (!Object.hasOwn(mapping.columns, field)) continue;
      const message = 'has a column and a constant';
      context.addIssue({ code: 'custom', path: ['constants', field], message });
    }
  })
  .meta({ id: 'ImportMapping' });
export type Mapping = z.output<typeof mappingSchema>;
export type Row = Readonly<Record<string, string>>;

/** Every column that the mapping reads; a file without one of them is the wrong file. */
export function columnsOf(mapping: Mapping): string[] {
  const inTexts = Object.values(mapping.constants).flatMap((text) =>
    [...text.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''),
  );
  const skipped = mapping.skip.map(({ column }) => column);
  const all = [...Object.values(mapping.columns), ...inTexts, ...skipped];
  return [...new Set([...all, ...Object.keys(mapping.values)])];
}

/**
 * What a row says, by the names of the API: `member.externalId` makes an object. Empty cells say
 * nothing. Undefined when the row is to be passed over.
 */
export function mapRow(mapping: Mapping, row: Row): Record<string, unknown> | undefined {
  const cell = (column: string) => {
    const text = (row[column] ?? '').trim();
    const replaced = mapping.values[column];
    return replaced && Object.hasOwn(replaced, text) ? (replaced[text] ?? '') : text;
  };
  for (const condition of mapping.skip) {
    const value = cell(condition.column);
    if ('is' in condition ? condition.is.includes(value) : !condition.isNot.includes(value)) {
      return undefined;
    }
  }
  const result: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(mapping.columns)) put(result, field, cell(column));
  for (const [field, text] of Object.entries(mapping.constants)) {
    put(
      result,
      field,
      text.replaceAll(/\{([^{}]+)\}/g, (_all, column: string) => cell(column)),
    );
  }
  return result;
}

function put(target: Record<string, unknown>, field: string, value: string): void {
  if (value === '') return;
  const [name = '', inner] = field.split('.', 2);
  if (inner === undefined) target[name] = value;
  else target[name] = { ...(target[name] as object | undefined), [inner]: value };
}
