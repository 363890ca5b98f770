import type { TieBreak } from '../challenge/tie.js';
import type { Visibility } from '../challenge/visibility.js';
import type { BoardEntry } from './board.js';
import { compareEntries } from './rank.js';

/** Who looks at a board, as far as it matters for what they see. */
export interface Viewer {
  /** Sees every name, whatever the policy: a key of the organisation. */
  all: boolean;
  /** The policy speaks of them: they take part, look on, run challenges, or stand before a wall. */
  inside: boolean;
  /** The subjects that they are, or are in. */
  own: readonly string[];
  /** Whom they may see, whatever the policy. */
  also: ReadonlySet<string>;
}

/** How many of the best are named, and how many on each side of oneself. */
export const TOP = 10;
export const NEIGHBOURS = 3;

/** Everybody, or those named here. */
export type Names = 'everybody' | ReadonlySet<string>;

type Standing = Pick<BoardEntry, 'subject' | 'reason'>;

/** A ranking, best first, that need not be a list. */
export interface Order {
  readonly size: number;
  at(index: number): Standing | undefined;
  /** Where a subject stands, from 0; −1 where it does not. */
  indexOf(subjectId: string): number;
}

export const orderOf = (rows: readonly BoardEntry[]): Order => ({
  size: rows.length,
  at: (index) => rows[index],
  indexOf: (id) => rows.findIndex(({ subject }) => subject.id === id),
});

/**
 * Whom a viewer may see by name. Without a policy that speaks of them: those they are and those
 * they answer for, no others. Neighbours are those of somebody who has a rank.
 */
export function namesFor(order: Order, viewer: Viewer, policy: Visibility): Names {
  const { all, inside, own, also } = viewer;
  const teams = order.at(0)?.subject.type === 'team';
  if (all || (inside && (policy === 'audience' || (policy === 'teams-only' && teams)))) {
    return 'everybody';
  }
  const names = new Set([...own, ...also]);
  if (!inside || policy !== 'top-and-neighbours') return names;
  const around = own.map((id) => order.indexOf(id)).filter((at) => isRanked(order.at(at)));
  name(0, TOP);
  for (const at of around) name(at - NEIGHBOURS, at + NEIGHBOURS + 1);
  return names;

  function name(from: number, to: number): void {
    for (let at = Math.max(from, 0); at < to; at++) {
      const entry = order.at(at);
      if (entry && isRanked(entry)) names.add(entry.subject.id);
    }
  }
}

const isRanked = (entry: Standing | undefined): boolean => entry?.reason === null;

/** An id by which nobody finds the subject, always the same on one board. */
export type Veil = (subjectId: string) => string;

/** A line as it is seen: whoever is not named has no name, and another id. */
export function seen<Entry extends BoardEntry>(entry: Entry, names: Names, veil: Veil): Entry {
  const { subject } = entry;
  if (names === 'everybody' || names.has(subject.id)) return entry;
  return { ...entry, subject: { type: subject.type, id: veil(subject.id), label: null } };
}

/** Some lines of a ranking as they are seen; equals in an order that tells no hidden name. */
export function seenLines<Entry extends BoardEntry>(
  lines: readonly Entry[],
  names: Names,
  veil: Veil,
  ties?: TieBreak,
): Entry[] {
  if (names === 'everybody') return [...lines];
  return lines
    .map((line) => seen(line, names, veil))
    .toSorted((a, b) => compareEntries(a, b, ties));
}

/** What a viewer sees of a whole ranking by a policy: every line, and the names that they may. */
export function view<Entry extends BoardEntry>(
  board: { rows: readonly Entry[]; ties?: TieBreak | undefined },
  viewer: Viewer,
  policy: Visibility,
  veil: Veil,
): Entry[] {
  const names = namesFor(orderOf(board.rows), viewer, policy);
  return seenLines(board.rows, names, veil, board.ties);
}
