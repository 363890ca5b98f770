/** What a column may be given. */
export type CopyValue = string | number | boolean | Date | null;

/** A value as PostgreSQL's COPY reads it in its text format. */
export function copyValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  const text = value instanceof Date ? value.toISOString() : value;
  return SPECIAL.test(text) ? text.replaceAll(ALL_SPECIAL, escaped) : text;
}

const SPECIAL = /[\\\t\n\r]/;
const ALL_SPECIAL = /[\\\t\n\r]/g;
const names: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (character: string) => names[character] ?? character;
