import type { KpiAnswer, ResultAnswer } from '@palmares/shared/kpi/answer';
import { ask, withQuery } from '../http/http';
import { queue } from '../http/queue';

export type { KpiAnswer, ResultAnswer };
export type ResultRow = ResultAnswer['rows'][number];
const one = (code: string) => `/api/kpis/${encodeURIComponent(code)}`;

export const readKpis = async (): Promise<KpiAnswer[]> =>
  (await ask<{ items: KpiAnswer[] }>('/api/kpis')).items;

export const readKpi = (code: string): Promise<KpiAnswer> => ask(one(code));

export type ResultWish = Record<string, string | number | undefined>;

/** Every row of a result, page after page, under the total of all of them. */
export async function readResult(code: string, wish: ResultWish): Promise<ResultAnswer> {
  const first: ResultAnswer = await ask(withQuery(`${one(code)}/results`, wish));
  const rows = [...first.rows];
  for (let cursor = first.nextCursor; cursor !== null;) {
    const next: ResultAnswer = await ask(withQuery(`${one(code)}/results`, { ...wish, cursor }));
    rows.push(...next.rows);
    cursor = next.nextCursor;
  }
  return { ...first, rows, nextCursor: null };
}

/** A page of KPIs asks for many totals: a few at a time, so that the first are soon there. */
const inTurn = queue(4);
export const readTotal = (code: string, period: string): Promise<ResultAnswer> =>
  inTurn(() =>
    ask(withQuery(`${one(code)}/results`, { period, by: 'member', compare: 'previous', limit: 1 })),
  );
