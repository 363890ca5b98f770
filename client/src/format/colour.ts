/** White is readable on each of these (at least 5 to 1), on paper and at night. */
const colours = [
  '#7a3e9d',
  '#0b7285',
  '#b3541e',
  '#31528f',
  '#2b7a4b',
  '#9c2b4e',
  '#4c5b8a',
  '#7a5c12',
  '#a03a7a',
  '#3f6f1f',
  '#8c4a3a',
  '#5b6670',
] as const;

/** A person's colour: always the same for the same id, on every screen. */
export function colourOf(id: string): string {
  let hash = 0x811c9dc5;
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return colours[((hash ^ (hash >>> 15)) >>> 0) % colours.length] ?? colours[0];
}
