import type { FactPage, ResultAnswer, TrendAnswer } from '@palmares/shared/kpi/answer';
import { ask, withQuery } from '../http/http';
import { queue } from '../http/queue';
import type { ResultWish } from '../kpi/kpi.api';

export type Fact = FactPage['items'][number];
export type { TrendAnswer };

/** Many cards ask at once: a few at a time, so that the first are soon there. */
const inTurn = queue(4);
const one = (code: string) => `/api/kpis/${encodeURIComponent(code)}`;

export const readTrend = (code: string, wish: ResultWish): Promise<TrendAnswer> =>
  inTurn(() => ask(withQuery(`${one(code)}/trend`, wish)));

/** The total alone, beside the period before. */
export const readFigure = (code: string, wish: ResultWish): Promise<ResultAnswer> =>
  inTurn(() => ask(withQuery(`${one(code)}/results`, { ...wish, by: 'member', limit: 1 })));

export const readFacts = (wish: ResultWish): Promise<FactPage> =>
  ask(withQuery('/api/activities', wish));

/** When the organisation's data was last heard of. */
export async function readFreshness(): Promise<string | undefined> {
  const { items }: { items: { heardAt: string }[] } = await ask('/api/sources');
  return items
    .map(({ heardAt }) => heardAt)
    .reduce<string | undefined>((last, one) => (!last || one > last ? one : last), undefined);
}
