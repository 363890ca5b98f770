import type { ResultAnswer } from '@palmares/shared/kpi/answer';
import { ask, withQuery } from '../http/http';

export type Row = ResultAnswer['rows'][number];

/** Where I am in my target of a period, and where I shall land at this pace. */
export interface Target {
  period: string;
  from: string;
  to: string;
  attainment: Row;
  landing: Row | undefined;
}

const KPI = 'revenue';
const read = (code: string, period: string): Promise<ResultAnswer> =>
  ask(withQuery(`/api/kpis/${code}/results`, { period, by: 'member', of: KPI, limit: 1 }));

/** My target of the first of these periods that has one. */
export async function readTarget(
  periods: readonly string[],
  memberId: string,
): Promise<Target | null> {
  const own = ({ rows }: ResultAnswer) => rows.find(({ subject }) => subject.id === memberId);
  for (const period of periods) {
    const answer = await read('target-attainment', period);
    const attainment = own(answer);
    if (!attainment || attainment.value === null) continue;
    const landing = own(await read('projected-landing', period));
    return { period, from: answer.from, to: answer.to, attainment, landing };
  }
  return null;
}
