import { identityOf, type Activity } from '@palmares/shared/activity/activity';
import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import { typesOf, type Measure } from '@palmares/shared/kpi/measure';
import { memberDayKey, type Touched } from '@palmares/shared/intake/settle';
import type { Tx } from '../platform/database.js';
import { digestId } from '../platform/digest.js';
import { selected, toActivity, type ActivityRow } from './activity-row.js';
import { binder, countsSql, passesSql } from './filter-sql.js';

/** Identities of a batch, which are not their own neighbours. */
export interface Batch {
  sources: readonly string[];
  externalIds: readonly string[];
}

/** What counts, and where values go. */
interface Ask {
  counts: string;
  bind: Bind;
}

const ORDER = `occurred_on, occurred_at nulls first, source collate "C", external_id collate "C"`;
const LATEST = `occurred_on desc, occurred_at desc nulls last, source collate "C" desc,
  external_id collate "C" desc`;

function notIn(batch: Batch, bind: Bind): string {
  return `not exists (select from unnest(${bind(batch.sources)}::text[],
      ${bind(batch.externalIds)}::text[]) as own (source, external_id)
    where own.source = activity.source and own.external_id = activity.external_id)`;
}

function within({ window }: Measure, bind: Bind): string {
  if (!window) return 'true';
  return `occurred_on >= ${bind(window.from)}::date and occurred_on < ${bind(window.to)}::date`;
}

/** At least so many, of few different numbers: each makes a statement that connections keep. */
const roughly = (count: number): number => 2 ** Math.ceil(Math.log2(count));

/** The first (or last) of each key that suffices, past those of the batch itself. */
function edgeSql({ measure, key, keys }: Touched, order: string, ask: Ask): string {
  const { counts, bind } = ask;
  const most = Math.max(...keys.values());
  const passing = order === LATEST ? passesSql(measure.filters, bind) : 'true';
  return `select found.* from unnest(${bind([...keys.keys()])}::text[]) as wanted (name)
    cross join lateral (select ${selected} from activity
      where organisation_id = $1 and ${key} = wanted.name
        and type = any(${bind(typesOf(measure))}) and ${counts} and ${passing}
        and ${within(measure, bind)}
      order by ${order} limit ${roughly(most + 1)}) as found`;
}

function perMemberSql({ measure, key, keys }: Touched, batch: Batch, ask: Ask): string {
  const { counts, bind } = ask;
  const where = `organisation_id = $1 and ${key} = any(${bind([...keys.keys()])})
    and type = any(${bind(measure.types)}) and ${counts} and ${within(measure, bind)}
    and ${passesSql(measure.filters, bind)} and ${notIn(batch, bind)}`;
  return `(select distinct on (${key}, member_id) ${selected} from activity
      where ${where} and member_id is not null
      order by ${key}, member_id, ${ORDER})
    union all select ${selected} from activity where ${where} and member_id is null`;
}

function memberDaySql({ measure, keys }: Touched, { counts, bind }: Ask): string {
  const parts = [...keys.keys()].map((name) => name.split(' '));
  const list = (index: number) => parts.map((part) => part[index]);
  return `select ${selected} from activity
    join unnest(${bind(list(0))}::uuid[], ${bind(list(1))}::date[]) as wanted (member, on_day)
      on activity.occurred_on = wanted.on_day
        and (activity.member_id = wanted.member or (activity.member_id is null
          and activity.shares @> jsonb_build_array(jsonb_build_array(wanted.member))))
    where organisation_id = $1 and type = any(${bind(typesOf(measure))}) and ${counts}`;
}

function statement(touched: Touched, batch: Batch, ask: Ask): string {
  const { counts, bind } = ask;
  const { take } = aggregations[touched.measure.aggregation];
  if (touched.key === 'member-day') return memberDaySql(touched, ask);
  if (take === 'first') return edgeSql(touched, ORDER, ask);
  if (take === 'last') return edgeSql(touched, LATEST, ask);
  if (take === 'first-per-member') return perMemberSql(touched, batch, ask);
  return `select found.* from unnest(${bind([...touched.keys.keys()])}::text[]) as wanted (name)
    cross join lateral (select ${selected} from activity
      where organisation_id = $1 and ${touched.key} = wanted.name
        and type = any(${bind(typesOf(touched.measure))}) and ${counts} offset 0) as found`;
}

function keysOf({ key }: Touched, activity: Activity): string[] {
  if (key === 'member-day') {
    return activity.shares.map(({ memberId }) => memberDayKey(memberId, activity));
  }
  return activity[key] === null ? [] : [activity[key]];
}

/**
 * By key: the activities, outside the batch, that its own must be looked at together with; at
 * present, or as they counted at a `seq`.
 */
export async function findNeighbours(
  tx: Tx,
  organisationId: string,
  touched: Touched,
  batch: Batch,
  asOf?: number,
): Promise<Map<string, Activity[]>> {
  const values: unknown[] = [organisationId];
  const bind = binder(values);
  const text = statement(touched, batch, { counts: countsSql(asOf, bind), bind });
  const name = `neighbours.${digestId(text)}`;
  const rows = await tx.rows<ActivityRow>(text, values, name);
  const own = new Set(
    batch.sources.map((source, at) =>
      identityOf({ source, externalId: batch.externalIds[at] ?? '' }),
    ),
  );
  const seen = new Set<string>();
  const found = new Map<string, Activity[]>();
  for (const row of rows) {
    const identity = identityOf(row);
    if (own.has(identity) || seen.has(identity)) continue;
    seen.add(identity);
    const activity = toActivity(row);
    for (const name of keysOf(touched, activity)) {
      const list = found.get(name);
      if (list) list.push(activity);
      else found.set(name, [activity]);
    }
  }
  return found;
}
