import type { Visibility } from '../challenge/visibility.js';
import type { BoardFrame } from './frame.js';
import type { Ranking } from './ranking.js';
import { namesFor, seen, type Names, type Veil, type Viewer } from './view.js';

/** Boards of up to so many subjects are told whole. */
export const WHOLE = 500;
/** Of larger ones so many of the best. */
export const WINDOW = 50;

export type Change = Omit<BoardFrame, 'challengeId'>;

/** How a board is told to those who see the same of it. */
export interface Manner {
  viewer: Viewer;
  policy: Visibility;
  veil: Veil;
}

const idsOf = (ranking: Ranking): Set<string> => {
  const ids = new Set<string>();
  for (let at = 0; at < WINDOW; at++) {
    const entry = ranking.at(at);
    if (entry) ids.add(entry.subject.id);
  }
  return ids;
};

/**
 * Gathers what those who see the same of a board have to be told since the last frame. `step` is
 * called after every change of the ranking. Whoever was shown at any moment since then is spoken of,
 * under each id that they had: a receiver may have read the board at any of these moments.
 */
export class Gathering {
  private names: Names;
  private readonly touched = new Set<string>();
  /** Whose name has come or gone. */
  private readonly shifted = new Set<string>();
  /** The best of a large board: at the last frame, and at any moment since. */
  private before: Set<string>;
  private since: Set<string>;
  private windowed: boolean;

  constructor(
    private readonly ranking: Ranking,
    private readonly manner: Manner,
    private version: number,
  ) {
    this.names = this.namesNow();
    this.windowed = this.ranking.size > WHOLE;
    this.before = this.windowed ? idsOf(ranking) : new Set();
    this.since = new Set(this.before);
  }

  /** The ranking has moved. */
  step(touched: Iterable<string>): void {
    for (const id of touched) this.touched.add(id);
    if (this.windowed) for (const id of idsOf(this.ranking)) this.since.add(id);
    const { names } = this;
    if (names === 'everybody') return;
    const now = this.namesNow();
    if (now === 'everybody') return;
    for (const id of names) if (!now.has(id)) this.shifted.add(id);
    for (const id of now) if (!names.has(id)) this.shifted.add(id);
    this.names = now;
  }

  /** What is to be told, if there is anything; then it begins anew. */
  take(version: number, asOf: string): Change | undefined {
    const { ranking, version: baseVersion } = this;
    // A board that has grown, or shrunk, past the limit is told in another way: read it again.
    if (this.windowed !== ranking.size > WHOLE) {
      this.begin(version);
      return { version, baseVersion: version, asOf, rows: [], removed: [] };
    }
    const told = this.told();
    if (told.rows.length === 0 && told.removed.length === 0) return undefined;
    this.begin(version);
    const window = this.windowed ? { window: WINDOW } : {};
    return { version, baseVersion, asOf, total: ranking.size, ...window, ...told };
  }

  private begin(version: number): void {
    this.version = version;
    this.touched.clear();
    this.shifted.clear();
    this.windowed = this.ranking.size > WHOLE;
    this.before = this.windowed ? idsOf(this.ranking) : new Set();
    this.since = new Set(this.before);
  }

  private told(): Pick<Change, 'rows' | 'removed'> {
    const { ranking, names, shifted } = this;
    const { veil } = this.manner;
    const told: Pick<Change, 'rows' | 'removed'> = { rows: [], removed: [] };
    const now = this.windowed ? idsOf(ranking) : undefined;
    for (const id of this.moved(now)) {
      const entry = now && !now.has(id) ? undefined : ranking.get(id);
      const named = names === 'everybody' || names.has(id);
      if (entry) told.rows.push(seen(entry, names, veil));
      if (!entry || shifted.has(id)) {
        if (!named || !entry) told.removed.push(...this.idsBefore(id, entry === undefined, named));
        else told.removed.push(veil(id));
      }
    }
    return told;
  }

  /** The ids under which somebody may still be known who is not there, or not by name, any more. */
  private idsBefore(id: string, gone: boolean, named: boolean): string[] {
    const { veil } = this.manner;
    const shifted = this.shifted.has(id);
    if (!gone) return [id];
    if (shifted) return [id, veil(id)];
    return [named ? id : veil(id)];
  }

  private *moved(now: ReadonlySet<string> | undefined): Iterable<string> {
    if (!now) {
      yield* new Set([...this.touched, ...this.shifted]);
      return;
    }
    for (const id of this.since) {
      const stayed = this.before.has(id) && now.has(id);
      if (!stayed || this.touched.has(id) || this.shifted.has(id)) yield id;
    }
  }

  private namesNow(): Names {
    const { viewer, policy } = this.manner;
    return namesFor(this.ranking, viewer, policy);
  }
}
