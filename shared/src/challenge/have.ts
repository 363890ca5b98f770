import type { Values } from '../kpi/aggregations/aggregation.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import { addUp } from '../kpi/formula.js';
import type { Measure } from '../kpi/measure.js';
import { figureOf } from '../kpi/result.js';
import { addChecked } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import type { CompiledChallenge, CompiledReading, CompiledRule } from './compile.js';
import type { Have } from './rules/rule-type.js';

/** What a subject has of one measure, per local day. */
export type DayTotals = ReadonlyMap<Day, Values>;

/** All that a score is made of: daily totals by measure text, and what was frozen at the launch. */
export interface Facts {
  totalsOf(measure: string): DayTotals | undefined;
  /** The target or baseline of a rule, by its place in the list. */
  frozenFor?(rule: number): number | null;
}

type Entry = readonly [Day, Values];

const NOTHING: Values = { count: 0, sum: 0 };

/** The days of a subject within the window, in order, read once for all rules. */
export class Book {
  private readonly entries = new Map<string, readonly Entry[]>();

  constructor(
    private readonly challenge: CompiledChallenge,
    private readonly facts: Facts,
  ) {}

  days(text: string): readonly Entry[] {
    let found = this.entries.get(text);
    if (!found) {
      const { from, to } = this.challenge;
      found = [...(this.facts.totalsOf(text) ?? [])]
        .filter(([day]) => day >= from && day < to)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      this.entries.set(text, found);
    }
    return found;
  }

  /** The last day before a limit on which anything happened. */
  lastDayBefore(limit: Day): Day | undefined {
    let last: Day | undefined;
    for (const text of this.challenge.measures.keys()) {
      const day = this.days(text).findLast(([one]) => one < limit)?.[0];
      if (day !== undefined && (last === undefined || day > last)) last = day;
    }
    return last;
  }

  /** What a rule may look at, up to and without a day. */
  have({ readings }: CompiledRule, index: number, limit: Day): Have {
    const reading = (name: string): CompiledReading => {
      const found = readings.get(name);
      if (!found) throw new Error(`the rule reads no ${name}`);
      return found;
    };
    const valuesOf = ({ measures }: CompiledReading, name: string) => {
      const text = measures.get(name);
      return text === undefined ? NOTHING : this.values(text, limit);
    };
    return {
      total: (name) => {
        const one = reading(name);
        return addUp(one.kpi.formula, (measure) => valuesOf(one, measure).sum);
      },
      days: (name) => this.daysOf(reading(name), limit),
      figure: (name) => {
        const one = reading(name);
        return figureOf(one.kpi, (measure) => valuesOf(one, measure));
      },
      frozen: this.facts.frozenFor?.(index) ?? null,
    };
  }

  /** The days of a measure up to and without a day, as one value. */
  values(text: string, limit: Day): Values {
    const measure = this.challenge.measures.get(text);
    return measure ? combined(measure, this.days(text), limit) : NOTHING;
  }

  private daysOf({ kpi, measures, best }: CompiledReading, limit: Day): [Day, number][] {
    const byDay = new Map<Day, Map<string, number>>();
    for (const [name, text] of measures) {
      for (const [day, { sum }] of this.days(text)) {
        if (day >= limit) break;
        const known = byDay.get(day) ?? new Map<string, number>();
        byDay.set(day, known.set(name, sum));
      }
    }
    const valueOf = (sums: ReadonlyMap<string, number>) =>
      best ? Math.max(...sums.values()) : addUp(kpi.formula, (name) => sums.get(name) ?? 0);
    return [...byDay]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, sums]) => [day, valueOf(sums)]);
  }
}

/** The days of a measure before a limit as one value, as its aggregation says. */
export function combined(measure: Measure, days: readonly Entry[], limit: Day): Values {
  const { combine } = aggregations[measure.aggregation];
  let result: Values | undefined;
  for (const [day, values] of days) {
    if (day >= limit) break;
    if (!result) {
      result = { ...values };
      continue;
    }
    result.count = addChecked(result.count, values.count);
    if (combine === 'min') result.sum = Math.min(result.sum, values.sum);
    else if (combine === 'max') result.sum = Math.max(result.sum, values.sum);
    else if (combine === 'last') result.sum = values.sum;
    else result.sum = addChecked(result.sum, values.sum);
  }
  return result ?? NOTHING;
}
