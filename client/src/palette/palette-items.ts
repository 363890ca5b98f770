import { fold } from '../format/name';

export const groupNames = ['pages', 'challenges', 'members', 'kpis'] as const;

/** Something that can be gone to. */
export interface PaletteItem {
  /** unique among all */
  key: string;
  group: (typeof groupNames)[number];
  label: string;
  hint?: string | undefined;
  /** where it leads */
  to: { name: string; params?: Record<string, string>; query?: Record<string, string> };
}

const MOST = 6;

/** How well a label answers to what is typed; nothing where a word of it is nowhere. */
function fit(label: string, words: readonly string[]): number | undefined {
  const text = fold(label);
  if (!words.every((word) => text.includes(word))) return undefined;
  const [first = ''] = words;
  if (text.startsWith(first)) return 0;
  return text.includes(` ${first}`) ? 1 : 2;
}

/** What is found, the best first in each group, and no more of each than can be looked over. */
export function found(items: readonly PaletteItem[], query: string): PaletteItem[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return groupNames.flatMap((group) =>
    items
      .flatMap((item) => {
        const rank = item.group === group ? fit(item.label, words) : undefined;
        return rank === undefined ? [] : [{ item, rank }];
      })
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, words.length === 0 && group !== 'pages' ? 3 : MOST)
      .map(({ item }) => item),
  );
}
