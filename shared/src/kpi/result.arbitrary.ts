import type { Activity } from '../activity/activity.js';
import { compareOccurrence } from '../activity/activity.js';
import type { Period } from '../time/period.js';
import type { Contribution, Values } from './aggregations/aggregation.js';
import { aggregations } from './aggregations/registry.js';
import { creditsBy, type View } from './breakdown.js';
import type { Kpi, Operand } from './kpi.js';
import { groupsOf } from './measure.arbitrary.js';
import { operandIn } from './operand.js';
import { figureOf, writtenFigure, type WrittenFigure } from './result.js';

const nothing: Values = { count: 0, sum: 0 };

function together(measure: Operand, parts: readonly Contribution[]): Values {
  const { combine } = aggregations[measure.aggregation];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const sums = parts.toSorted((a, b) => (a.day < b.day ? -1 : 1)).map(({ sum }) => sum);
  if (sums.length === 0) return nothing;
  if (combine === 'min') return { count, sum: Math.min(...sums) };
  if (combine === 'max') return { count, sum: Math.max(...sums) };
  if (combine === 'last') return { count, sum: sums.at(-1) ?? 0 };
  return { count, sum: sums.reduce((total, sum) => total + sum, 0) };
}

/** By subject, what it has of an operand in a period: the truth that SQL must equal. */
export function operandBy(
  operand: Operand,
  period: Period,
  activities: readonly Activity[],
  view: View,
): Map<string, Values> {
  const { measure, window } = operandIn(operand, period);
  const aggregation = aggregations[measure.aggregation];
  const parts = groupsOf(measure, activities.toSorted(compareOccurrence))
    .flatMap((group) => aggregation.contribute(measure, group, creditsBy(view)))
    .filter(({ day }) => day < window.to && (aggregation.stock || day >= window.from));
  const subjects = new Set(parts.map(({ memberId }) => memberId));
  return new Map(
    [...subjects].map((subject) => {
      return [
        subject,
        together(
          measure,
          parts.filter(({ memberId }) => memberId === subject),
        ),
      ];
    }),
  );
}

const everybody: View = { by: 'all', teamsOf: () => [] };

/** The results of a KPI over plain activities, as an answer has them, by subject. */
export function resultsBy(
  kpi: Kpi,
  period: Period,
  activities: readonly Activity[],
  view: View = everybody,
): (subject?: string) => WrittenFigure {
  const values = new Map(
    Object.entries(kpi.measures).map(([name, operand]) => {
      const seen = operand.whole ? everybody : view;
      return [name, operandBy(operand, period, activities, seen)];
    }),
  );
  return (subject = 'all') => {
    const read = (name: string) => {
      const at = kpi.measures[name]?.whole ? 'all' : subject;
      return values.get(name)?.get(at) ?? nothing;
    };
    return writtenFigure(kpi, figureOf(kpi, read));
  };
}
