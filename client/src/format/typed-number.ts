/**
 * A number as somebody types it, as the API wants it: `1 500,25` → `1500.25`. Undefined for what
 * is no number.
 */
export function readNumber(text: string): string | undefined {
  const bare = text.replaceAll(/[\s\u00a0\u202f'’€$£%]/g, '');
  const marks = bare.match(/[.,]/g) ?? [];
  // Several marks: the last one stands before the decimals, unless all are the same.
  const last =
    bare.at(-1) === undefined ? -1 : Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  const grouping = marks.length > 1 && new Set(marks).size === 1;
  const plain =
    last < 0 || grouping
      ? bare.replaceAll(/[.,]/g, '')
      : `${bare.slice(0, last).replaceAll(/[.,]/g, '')}.${bare.slice(last + 1)}`;
  return /^-?\d+(\.\d{1,4})?$/.test(plain) ? plain : undefined;
}
