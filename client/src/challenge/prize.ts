/** Points and gifts together. */
export interface Winnings {
  points: number;
  prizes: string[];
}

/** A payout as far as places matter; as it is read or as it was posted. */
type Line =
  | { kind: 'rank'; points: readonly number[] }
  | { kind: 'prize'; place: number; prize: string }
  | { kind: 'threshold' | 'per-score' };

/** What each place gives, from the first to the last that gives anything. */
export function placesOf(payout: readonly Line[]): (Winnings & { place: number })[] {
  const known = new Map<number, Winnings>();
  const at = (place: number): Winnings => {
    const found = known.get(place) ?? { points: 0, prizes: [] };
    known.set(place, found);
    return found;
  };
  for (const line of payout) {
    if (line.kind === 'prize') at(line.place).prizes.push(line.prize);
    if (line.kind === 'rank') line.points.forEach((one, index) => (at(index + 1).points += one));
  }
  return [...known]
    .map(([place, winnings]) => ({ place, ...winnings }))
    .toSorted((a, b) => a.place - b.place);
}
