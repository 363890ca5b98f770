import { Injectable } from '@nestjs/common';
import type { Activity } from '@palmares/shared/activity/activity';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { FactPage, FactQuery } from '@palmares/shared/kpi/answer';
import { givenBy, isGivenOneByOne } from '@palmares/shared/kpi/given';
import { typesOf } from '@palmares/shared/kpi/measure';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { Caller } from '../auth/caller.js';
import { toActivity } from '../activity/activity-row.js';
import { writeMark, type Mark } from '../activity/mark.js';
import { Database } from '../platform/database.js';
import { filtersOf } from './answer.service.js';
import * as store from './fact.store.js';
import { KpiService } from './kpi.service.js';
import { ResultService } from './result.service.js';

/** Filters, and where the page before has ended. */
export type FactWish = Omit<FactQuery, 'cursor'> & { cursor?: Mark | undefined };

/** The activities behind a figure, for whoever may see the figure. */
@Injectable()
export class FactService {
  constructor(
    private readonly database: Database,
    private readonly kpis: KpiService,
    private readonly results: ResultService,
  ) {}

  /** Problems: `not-found` for a KPI that is not there. */
  async list(caller: Caller, query: FactWish): Promise<FactPage> {
    const { period, kpi: code, member, team, limit, cursor, ...rest } = query;
    const { type, source, item, ...labels } = rest;
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const kpi = code === undefined ? undefined : await this.kpis.find(tx, organisationId, code);
      const read = kpi && Object.values(kpi.measures).flatMap((measure) => typesOf(measure));
      const types = type && read ? type.filter((one) => read.includes(one)) : (type ?? read);
      const among = { type: types, source, item };
      const filters = filtersOf(labels);
      const question = { caller, period, by: 'channel', filters } as const;
      const asked = { ...question, memberIds: member, teamIds: team };
      const { view } = await this.results.sight(tx, asked);
      const wanted = { period, among, filters, seen: view.seen, after: cursor, limit: limit + 1 };
      const rows = await store.facts(tx, organisationId, wanted);
      const page = rows.slice(0, limit).map(toActivity);
      const names = await store.names(tx, organisationId, page);
      const last = page[limit - 1];
      const given = kpi && isGivenOneByOne(kpi) ? kpi : undefined;
      const seen = given && (await store.seenParts(tx, organisationId, page, view.seen));
      const givesOf = (activity: Activity) => {
        if (!given) return {};
        const counts = (id: string) => seen?.has(`${id} ${activity.occurredOn}`) ?? true;
        return { gives: formatScaled(givenBy(given, filters, activity, counts)) };
      };
      return {
        items: page.map((activity) => ({ ...factOf(activity, names), ...givesOf(activity) })),
        nextCursor: last && rows.length > limit ? markOf(last) : null,
      };
    });
  }
}

const markOf = ({ occurredOn, occurredAt, source, externalId }: Activity): string =>
  writeMark({ occurredOn, occurredAt, source, externalId });

const decimal = (scaled: number | null) => (scaled === null ? null : formatScaled(scaled));

function factOf(
  { amount, quantity, lines, shares, ...activity }: Activity,
  names: ReadonlyMap<string, string>,
): FactPage['items'][number] {
  const { type, occurredOn, item, customer, channel, region } = activity;
  return {
    id: activityIdOf(activity),
    type,
    occurredOn,
    amount: decimal(amount),
    quantity: decimal(quantity),
    item,
    customer,
    channel,
    region,
    products: [...new Set(lines.map(({ product }) => product))],
    members: shares.map(({ memberId, weight }) => {
      return { id: memberId, name: names.get(memberId) ?? '', weight: formatScaled(weight) };
    }),
  };
}
