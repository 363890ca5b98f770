/** Two letters that stand for a person: `Thomas Le Goff` → `TG`. */
export function initials(name: string): string {
  const words = name.split(/[\s']+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letter = (word = '') => /[\p{L}\p{N}]/u.exec(word)?.[0]?.toLocaleUpperCase() ?? '';
  if (words.length < 2) return letter(words[0]) || '?';
  return letter(words[0]) + letter(words.at(-1));
}

/** Without case nor accents, so that `lea` finds `Léa`. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** Whether every word of a query is somewhere in a name, in any order. */
export function matches(name: string, query: string): boolean {
  const folded = fold(name);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}
