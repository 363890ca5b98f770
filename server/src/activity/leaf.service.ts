import { Injectable } from '@nestjs/common';
import { compareOccurrence, identityOf, type Activity } from '@palmares/shared/activity/activity';
import type { Verdict } from '@palmares/shared/activity/verdict';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import { leavesOf } from '@palmares/shared/kpi/leaf';
import { memberDayKey, settle, touchedKeys } from '@palmares/shared/intake/settle';
import type { DayChanges, Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { measureText, type Measure } from '@palmares/shared/kpi/measure';
import type { MemberStretch } from '@palmares/shared/people/membership';
import { holds } from '@palmares/shared/people/stretch';
import { addDays, type Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import { toActivity } from './activity-row.js';
import { findStored, type Identity } from './activity.store.js';
import { behind, type BehindQuery, type BehindRow } from './behind.store.js';
import { findNeighbours, type Batch } from './neighbour.store.js';

export type { BehindQuery } from './behind.store.js';
export type { Mark } from './mark.js';

/** An activity behind a measure, and what it gives there to those who are asked for. */
export interface Leaf extends Pick<BehindRow, 'revision' | 'seq' | 'recordedAt' | 'withheld'> {
  activity: Activity;
  verdict: Verdict | null;
  given: Values;
}

const NOTHING: Values = { count: 0, sum: 0 };

const batchOf = (activities: readonly Activity[]): Batch => ({
  sources: activities.map(({ source }) => source),
  externalIds: activities.map(({ externalId }) => externalId),
});

/** Activities that must be looked at together; a day of a member is asked for them alone. */
interface Group {
  activities: Activity[];
  only?: string | undefined;
}

const counts = (members: readonly MemberStretch[], memberId: string, day: Day) =>
  members.some((stretch) => stretch.memberId === memberId && holds(stretch, day));

/** A shared activity belongs to the day of each of its members: leaves those that are asked for. */
function keepDaysOf(members: readonly MemberStretch[], keys: Map<string, number>): void {
  for (const key of keys.keys()) {
    const [memberId = '', day = ''] = key.split(' ');
    if (!counts(members, memberId, day)) keys.delete(key);
  }
}

/** By member: which activities of a group are asked for. */
function wantedBy(
  { members }: BehindQuery,
  { activities, only }: Group,
  wanted: ReadonlySet<string>,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const activity of activities) {
    const identity = identityOf(activity);
    if (!wanted.has(identity)) continue;
    for (const { memberId } of activity.shares) {
      if (only !== undefined && only !== memberId) continue;
      if (!counts(members, memberId, activity.occurredOn)) continue;
      found.set(memberId, (found.get(memberId) ?? new Set()).add(identity));
    }
  }
  return found;
}

/** What an activity gives to two of a team: added up, or the better of the two. */
function both({ aggregation }: Measure, a: Values | undefined, b: Values): Values {
  if (!a) return b;
  const { combine } = aggregations[aggregation];
  const best = combine === 'max' || combine === 'min' ? Math[combine](a.sum, b.sum) : a.sum + b.sum;
  return { count: a.count + b.count, sum: best };
}

/** Days that are read first; as long again and longer where they do not fill a page. */
const FIRST_DAYS = 4;

/** A page lies in a few days: whoever reads them one after another need not go through them all. */
async function inSpans<Row>(query: BehindQuery, read: (span: BehindQuery) => Promise<Row[]>) {
  const rows: Row[] = [];
  const { to, limit, after } = query;
  let from = after && after.occurredOn > query.from ? after.occurredOn : query.from;
  for (let days = FIRST_DAYS; from < to && rows.length < limit; days *= 2) {
    const next = addDays(from, days);
    const end = next < to ? next : to;
    rows.push(...(await read({ ...query, from, to: end, limit: limit - rows.length })));
    from = end;
  }
  return rows;
}

/** What single activities give, at present or as of a `seq`; nobody writes here. */
@Injectable()
export class LeafService {
  /** A page of what is behind a measure of a member or a team, in business order. */
  async leaves(tx: Tx, organisationId: string, query: BehindQuery): Promise<Leaf[]> {
    const rows = await inSpans(query, (span) => behind(tx, organisationId, span));
    const found = rows.map((row) => ({ row, activity: toActivity(row) }));
    const counting = found.filter(({ row }) => !row.withheld).map(({ activity }) => activity);
    const given = await this.given(tx, organisationId, query, counting);
    return found.map(({ row, activity }) => {
      const { revision, seq, recordedAt, withheld, verdict } = row;
      const own = given.get(identityOf(activity)) ?? NOTHING;
      return { activity, revision, seq, recordedAt, withheld, verdict, given: own };
    });
  }

  private async given(
    tx: Tx,
    organisationId: string,
    query: BehindQuery,
    activities: readonly Activity[],
  ): Promise<Map<string, Values>> {
    const { measure } = query;
    const wanted = new Set(activities.map(identityOf));
    const found = new Map<string, Values>();
    for (const group of await this.groups(tx, organisationId, query, activities)) {
      const together = group.activities.toSorted(compareOccurrence);
      for (const [memberId, own] of wantedBy(query, group, wanted)) {
        for (const [identity, values] of leavesOf(measure, memberId, together, own)) {
          found.set(identity, both(measure, found.get(identity), values));
        }
      }
    }
    return found;
  }

  /** Activities by what they must be looked at together with. */
  private async groups(
    tx: Tx,
    organisationId: string,
    query: BehindQuery,
    activities: readonly Activity[],
  ): Promise<Group[]> {
    const { measure, asOf } = query;
    const text = measureText(measure);
    const kind = aggregations[measure.aggregation].key(measure);
    if (kind === 'activity') return activities.map((one) => ({ activities: [one] }));
    const transitions = activities.map((after) => ({ before: null, after }));
    const touched = touchedKeys(transitions, new Map([[text, measure]])).get(text);
    if (!touched) return [];
    if (kind === 'member-day') keepDaysOf(query.members, touched.keys);
    const others = await findNeighbours(tx, organisationId, touched, batchOf(activities), asOf);
    const groups = new Map<string, Activity[]>();
    for (const key of touched.keys.keys()) groups.set(key, [...(others.get(key) ?? [])]);
    for (const activity of activities) {
      const { shares } = activity;
      const keys =
        kind === 'member-day'
          ? shares.map(({ memberId }) => memberDayKey(memberId, activity))
          : [activity[kind] ?? ''];
      for (const key of keys) groups.get(key)?.push(activity);
    }
    return [...groups].map(([key, together]) => {
      const only = kind === 'member-day' ? key.split(' ')[0] : undefined;
      return { activities: together, only };
    });
  }

  /** The present revision of an activity, with whether it counts; undefined where there is none. */
  async find(tx: Tx, organisationId: string, { source, externalId }: Identity) {
    const found = await findStored(tx, organisationId, source, [externalId]);
    const stored = found.get(identityOf({ source, externalId }));
    if (!stored) return undefined;
    const { activity } = stored.current;
    return { activity, counts: !activity.void && !stored.withheld };
  }

  /** What everybody’s daily totals would gain and lose if an activity that counts were not there. */
  async without(
    tx: Tx,
    organisationId: string,
    activity: Activity,
    measures: ReadonlyMap<string, Measure>,
  ): Promise<DayChanges> {
    const transitions = [{ before: activity, after: null }];
    const neighbours = new Map<string, Map<string, Activity[]>>();
    for (const [text, touched] of touchedKeys(transitions, measures)) {
      const found = await findNeighbours(tx, organisationId, touched, batchOf([activity]));
      neighbours.set(text, found);
    }
    return settle(transitions, measures, (text, key) => neighbours.get(text)?.get(key) ?? []);
  }
}
