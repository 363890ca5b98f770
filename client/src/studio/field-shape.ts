import { z } from 'zod';

/** How something is typed, as its schema says. */
export type Shape =
  | { kind: 'decimal' | 'whole' | 'text' | 'switch' | 'texts' | 'kpi' | 'places' }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'list'; item: Shape; start: unknown }
  | { kind: 'group'; fields: readonly Field[] };

export interface Field {
  name: string;
  shape: Shape;
  /** may be left empty */
  optional: boolean;
  /** what is there before anybody types */
  start: unknown;
}

type Schema = z.core.$ZodType;

/** What lies under defaults, and whether something has to be there. */
function bare(schema: Schema): { inner: Schema; optional: boolean; start: unknown } {
  if (schema instanceof z.ZodDefault) {
    const { innerType, defaultValue } = schema.def;
    return { ...bare(innerType), optional: true, start: z.encode(innerType, defaultValue) };
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return { ...bare(schema.def.innerType), optional: true, start: null };
  }
  return { inner: schema, optional: false, start: undefined };
}

function listOf(element: Schema): Shape {
  if (element instanceof z.ZodString) return { kind: 'texts' };
  const item = shapeOf(element);
  return { kind: 'list', item, start: startOf(item) };
}

function shapeOf(schema: Schema): Shape {
  if (schema instanceof z.ZodCodec) return { kind: 'decimal' };
  if (schema instanceof z.ZodNumber) return { kind: 'whole' };
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodArray) return listOf(schema.def.element);
  if (schema instanceof z.ZodObject) return { kind: 'group', fields: fieldsOf(schema) };
  return { kind: 'text' };
}

/** What a KPI is chosen from, and which rules a condition holds back, is known by these names. */
const NAMED: Record<string, Shape> = { kpi: { kind: 'kpi' }, rules: { kind: 'places' } };

function startOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'group':
      return emptyOf(shape.fields);
    case 'list':
      return [structuredClone(shape.start)];
    case 'texts':
    case 'places':
      return [];
    case 'switch':
      return false;
    case 'choice':
      return shape.options[0] ?? '';
    case 'decimal':
    case 'whole':
    case 'text':
    case 'kpi':
      return '';
  }
}

/** The fields of an object, in its order, without what only says which kind of object it is. */
export function fieldsOf(schema: z.ZodObject): Field[] {
  return Object.entries(schema.shape as Record<string, Schema>).flatMap(([name, one]) => {
    if (one instanceof z.ZodLiteral) return [];
    const { inner, optional, start } = bare(one);
    const shape = NAMED[name] ?? shapeOf(inner);
    return [{ name, shape, optional, start: start === undefined ? startOf(shape) : start }];
  });
}

/** An object with nothing typed in it yet. */
export const emptyOf = (fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.map(({ name, start }) => [name, structuredClone(start)]));

/** The fields of one kind of a union, such as a type of rule; none for a kind that is not there. */
export function fieldsIn(
  union: { options: readonly Schema[] },
  key: string,
  kind: string,
): readonly Field[] {
  for (const option of union.options) {
    if (!(option instanceof z.ZodObject)) continue;
    const tag: Schema | undefined = option.shape[key];
    if (tag instanceof z.ZodLiteral && tag.def.values.includes(kind)) return fieldsOf(option);
  }
  return [];
}

/** The kinds of a union, in its order. */
export const kindsOf = (union: { options: readonly Schema[] }, key: string): string[] =>
  union.options.flatMap((option) => {
    const tag: Schema | undefined = option instanceof z.ZodObject ? option.shape[key] : undefined;
    return tag instanceof z.ZodLiteral ? tag.def.values.map(String) : [];
  });
