import type { Values } from '../kpi/aggregations/aggregation.js';
import { aggregations } from '../kpi/aggregations/registry.js';
import { addUp } from '../kpi/formula.js';
import { addsUp } from '../kpi/kpi.js';
import type { Measure } from '../kpi/measure.js';
import { figureOf, type Figure } from '../kpi/result.js';
import { fromScaled, over, times } from '../quantity/fraction.js';
import { timesOver, type Exact } from '../quantity/exact.js';
import { addChecked } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import type { CompiledChallenge, CompiledReading, CompiledRule } from './compile.js';
import type { ScoreReason } from './reason.js';
import { ruleTypeOf } from './rules/registry.js';
import type { Have } from './rules/rule-type.js';

/** What a subject has of one measure, per local day. */
export type DayTotals = ReadonlyMap<Day, Values>;

/** All that a score is made of: daily totals by measure text, and what was frozen at the launch. */
export interface Facts {
  totalsOf(measure: string): DayTotals | undefined;
  /** The target or baseline of a rule, by its place in the list. */
  frozenFor?(rule: number): number | null;
  /** Of how many people a team was made, where it is measured by head. */
  heads?: Heads | undefined;
  /** Why there is no rank, whatever the subject has. */
  out?: ScoreReason | null;
}

/** People by days: of thirty days, sixty person-days are two heads. */
export interface Heads {
  personDays: number;
  days: number;
}

type Entry = readonly [Day, Values];

const NOTHING: Values = { count: 0, sum: 0 };

/** Days within a window, the earliest first; whoever gives them in order saves the sorting. */
function inOrder(days: Iterable<Entry>, { from, to }: Pick<CompiledChallenge, 'from' | 'to'>) {
  const found: Entry[] = [];
  let last = '';
  let sorted = true;
  for (const entry of days) {
    const [day] = entry;
    if (day < from || day >= to) continue;
    if (day < last) sorted = false;
    last = day;
    found.push(entry);
  }
  return sorted ? found : found.sort(([a], [b]) => (a < b ? -1 : 1));
}

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
      found = inOrder(this.facts.totalsOf(text) ?? [], this.challenge);
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
  have({ rule, readings }: CompiledRule, index: number, limit: Day): Have {
    const reading = (name: string): CompiledReading => {
      const found = readings.get(name);
      if (!found) throw new Error(`the rule reads no ${name}`);
      return found;
    };
    const valuesOf = ({ measures }: CompiledReading, name: string) => {
      const text = measures.get(name);
      return text === undefined ? NOTHING : this.values(text, limit);
    };
    // What is compared with a target of the whole team is the same by head.
    const heads = ruleTypeOf(rule).freezes === 'target' ? undefined : this.facts.heads;
    return {
      total: (name) => {
        const one = reading(name);
        return byHead(
          heads,
          addUp(one.kpi.formula, (measure) => valuesOf(one, measure).sum),
        );
      },
      days: (name) => {
        const one = reading(name);
        const days = this.daysOf(one, limit);
        return one.best ? days : daysByHead(heads, days);
      },
      figure: (name) => {
        const one = reading(name);
        const figure = figureOf(one.kpi, (measure) => valuesOf(one, measure));
        return addsUp(one.kpi) ? figureByHead(heads, figure) : figure;
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

/** What each of so many has on the average, not rounded. */
function byHead(heads: Heads | undefined, total: number): Exact {
  return heads?.personDays ? timesOver(total, heads.days, heads.personDays) : total;
}

const daysByHead = (heads: Heads | undefined, days: [Day, number][]): [Day, Exact][] =>
  heads ? days.map(([day, value]) => [day, byHead(heads, value)]) : days;

/** A rate is the same by head; what adds up is divided. */
function figureByHead(heads: Heads | undefined, figure: Figure): Figure {
  if (!heads?.personDays || !figure.value) return figure;
  const { days, personDays } = heads;
  return { ...figure, value: times(figure.value, over(fromScaled(days), fromScaled(personDays))) };
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
