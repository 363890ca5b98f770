import type { DayTotals } from '@palmares/shared/challenge/have';
import type { Pass } from '@palmares/shared/challenge/score';
import type { DayChanges } from '@palmares/shared/intake/settle';
import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Day } from '@palmares/shared/time/day';
import type { ScoreRow } from './score.store.js';

/** What a process remembers of one subject: its stored score and its totals in the window. */
export interface Remembered {
  score: ScoreRow;
  totals: Map<string, Map<Day, Values>>;
  /** What it has by itself, once that has been computed. */
  pass?: Pass;
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

  /** Moves the totals of a remembered subject as the stored ones have been moved. */
  add(subjectId: string, changes: DayChanges, window: { from: Day; to: Day }): void {
    const known = this.subjects.get(subjectId);
    if (!known) return;
    for (const [measure, members] of changes) {
      const days = known.totals.get(measure);
      if (!days) continue;
      for (const [day, { count, sum }] of members.get(subjectId) ?? []) {
        if (day < window.from || day >= window.to) continue;
        const before = days.get(day) ?? { count: 0, sum: 0 };
        days.set(day, { count: before.count + count, sum: before.sum + sum });
      }
    }
  }
}

export const totalsOf =
  ({ totals }: Remembered) =>
  (measure: string): DayTotals | undefined =>
    totals.get(measure);
