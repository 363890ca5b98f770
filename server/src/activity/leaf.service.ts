import { Injectable } from '@nestjs/common';
import { compareOccurrence, identityOf, type Activity } from '@palmares/shared/activity/activity';
import type { Verdict } from '@palmares/shared/activity/verdict';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import { leavesOf } from '@palmares/shared/kpi/leaf';
import { memberDayKey, settle, touchedKeys, type DayChanges } from '@palmares/shared/intake/settle';
import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { measureText, type Measure } from '@palmares/shared/kpi/measure';
import type { Tx } from '../platform/database.js';
import { toActivity } from './activity-row.js';
import { findStored, type Identity } from './activity.store.js';
import { behind, type BehindQuery, type BehindRow } from './behind.store.js';
import { findNeighbours, type Batch } from './neighbour.store.js';

export type { BehindQuery, Mark } from './behind.store.js';

/** An activity of a member behind a measure, and what it gives to the member there. */
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

/** What single activities give, at present or as of a `seq`; nobody writes here. */
@Injectable()
export class LeafService {
  /** A page of what is behind a member’s measure, in business order. */
  async leaves(tx: Tx, organisationId: string, query: BehindQuery): Promise<Leaf[]> {
    const rows = await behind(tx, organisationId, query);
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
    const { measure, memberId } = query;
    const identities = new Set(activities.map(identityOf));
    const groups = await this.together(tx, organisationId, query, activities);
    const found = new Map<string, Values>();
    for (const group of groups.values()) {
      const together = group.toSorted(compareOccurrence);
      for (const [one, values] of leavesOf(measure, memberId, together, identities)) {
        found.set(one, values);
      }
    }
    return found;
  }

  /** By key: activities with those that they must be looked at together with. */
  private async together(
    tx: Tx,
    organisationId: string,
    { measure, memberId, asOf }: BehindQuery,
    activities: readonly Activity[],
  ): Promise<Map<string, Activity[]>> {
    const text = measureText(measure);
    const transitions = activities.map((after) => ({ before: null, after }));
    const touched = touchedKeys(transitions, new Map([[text, measure]])).get(text);
    if (aggregations[measure.aggregation].key(measure) === 'activity') {
      return new Map(activities.map((one) => [identityOf(one), [one]]));
    }
    if (!touched) return new Map();
    const { key: kind, keys } = touched;
    // A shared activity belongs to the day of each of its members; only one of them is asked for.
    for (const key of keys.keys()) {
      if (kind === 'member-day' && !key.startsWith(memberId)) keys.delete(key);
    }
    const groups = await findNeighbours(tx, organisationId, touched, batchOf(activities), asOf);
    for (const activity of activities) {
      const key = kind === 'member-day' ? memberDayKey(memberId, activity) : activity[kind];
      if (key === null) continue;
      const group = groups.get(key);
      if (group) group.push(activity);
      else groups.set(key, [activity]);
    }
    return groups;
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
