import type { CompiledChallenge } from '@palmares/shared/challenge/compile';
import type { DayTotals } from '@palmares/shared/challenge/have';
import { composedChanges, type Composition } from '@palmares/shared/challenge/lineup';
import type { Pass } from '@palmares/shared/challenge/score';
import type { DayChanges, Values } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Day } from '@palmares/shared/time/day';
import type { ScoreRow } from './score.store.js';

/** What a process remembers of one subject: its stored score and its totals in the window. */
export interface Remembered {
  score: ScoreRow;
  totals: Map<string, Map<Day, Values>>;
  /** What it has by itself, once that has been computed. */
  pass?: Pass;
}

interface Composed {
  compiled: CompiledChallenge;
  lineup?: Composition;
  attendance?: Composition;
}

/** The subjects of a challenge that have been looked at; null for who takes no part. */
export class ChallengeMemory {
  private readonly subjects = new Map<string, Remembered | null>();
  /** True once everybody who takes part is remembered. */
  complete = false;

  get(subjectId: string): Remembered | null | undefined {
    return this.subjects.get(subjectId);
  }

  put(subjectId: string, remembered: Remembered | null): void {
    this.subjects.set(subjectId, remembered);
  }

  /** How many subjects; the memory is bounded by it. */
  get size(): number {
    return this.subjects.size;
  }

  /** Everybody remembered who takes part. */
  *present(): Iterable<readonly [string, Remembered]> {
    for (const [id, known] of this.subjects) if (known) yield [id, known];
  }

  /**
   * Moves the totals of remembered subjects as the stored ones have been moved; answers whom the
   * changes touch. Subjects that are composed of days of members are touched by these, and forgotten
   * where a difference is no help.
   */
  follow(changes: DayChanges, { compiled, lineup, attendance }: Composed): string[] {
    const composition = lineup ?? attendance;
    const own = composition
      ? composedChanges(composition, compiled.measures, changes)
      : { changes };
    const touched = touchedBy(own.changes, compiled);
    for (const id of touched) {
      if ('stale' in own && own.stale.has(id)) this.subjects.delete(id);
      else this.add(id, own.changes, compiled);
    }
    return touched;
  }

  private add(subjectId: string, changes: DayChanges, window: { from: Day; to: Day }): void {
    const known = this.subjects.get(subjectId);
    if (!known) return;
    for (const [measure, members] of changes) {
      const days = known.totals.get(measure);
      if (!days) continue;
      let more = false;
      for (const [day, { count, sum }] of members.get(subjectId) ?? []) {
        if (day < window.from || day >= window.to) continue;
        const before = days.get(day);
        more ||= before === undefined;
        days.set(day, { count: (before?.count ?? 0) + count, sum: (before?.sum ?? 0) + sum });
      }
      // In order, so that they are not sorted for each score.
      if (more) known.totals.set(measure, inOrder(days));
    }
  }
}

/** The same days, the earliest first. */
const inOrder = (days: ReadonlyMap<Day, Values>) =>
  new Map([...days].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Subjects whose totals changed within the window of a challenge. */
export function touchedBy(
  changes: DayChanges,
  { from, to, measures }: CompiledChallenge,
): string[] {
  const touched = new Set<string>();
  for (const measure of measures.keys()) {
    for (const [subjectId, days] of changes.get(measure) ?? []) {
      if (touched.has(subjectId)) continue;
      for (const day of days.keys()) {
        if (day >= from && day < to) touched.add(subjectId);
      }
    }
  }
  return [...touched];
}

export const totalsOf =
  ({ totals }: Remembered) =>
  (measure: string): DayTotals | undefined =>
    totals.get(measure);
