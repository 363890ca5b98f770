import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Measure } from '@palmares/shared/kpi/measure';
import type { Tx } from '../platform/database.js';
import { binder } from '../activity/filter-sql.js';
import type { Turn } from '../people/sequence.js';
import { dayTotalsSql } from './credit-sql.js';

/** Daily totals of one member in one measure. */
export interface DayRow extends Values {
  measureId: string;
  memberId: string;
  day: string;
}

/** Notes that a measure is kept from now on; false when it was kept before. */
export async function keep(tx: Tx, turn: Turn, id: string, measure: Measure): Promise<boolean> {
  const rows = await tx.rows(
    `insert into measure (organisation_id, id, definition, seq) values ($1, $2, $3, $4)
     on conflict do nothing returning id`,
    [turn.organisationId, id, JSON.stringify(measure), turn.seq],
  );
  return rows.length === 1;
}

export async function listKept(
  tx: Tx,
  organisationId: string,
): Promise<{ id: string; definition: Measure }[]> {
  return tx.rows<{ id: string; definition: Measure }>(
    'select id, definition from measure where organisation_id = $1',
    [organisationId],
  );
}

/** Fills the daily totals of a measure from every activity that counts, in one statement. */
export async function fill(tx: Tx, turn: Turn, id: string, measure: Measure): Promise<void> {
  const values: unknown[] = [turn.organisationId, id];
  const totals = dayTotalsSql(measure, binder(values));
  await tx.rows(
    `insert into measure_day (organisation_id, measure_id, member_id, day, count, sum)
     select $1, $2, member_id, day, count, sum from (${totals}) as filled
     where count <> 0 or sum <> 0`,
    values,
  );
}

/** How stored daily totals differ from what the activities say, as of a `seq` or at present. */
export async function differences(
  tx: Tx,
  organisationId: string,
  id: string,
  measure: Measure,
  limit: number,
): Promise<Difference[]> {
  const values: unknown[] = [organisationId, id];
  const totals = dayTotalsSql(measure, binder(values));
  return tx.rows<Difference>(
    `select coalesce(kept.member_id, said.member_id) as "memberId",
       coalesce(kept.day, said.day) as day,
       coalesce(kept.count, 0) as "keptCount", coalesce(kept.sum, 0) as "keptSum",
       coalesce(said.count, 0) as "saidCount", coalesce(said.sum, 0) as "saidSum"
     from (select member_id, day, count, sum from measure_day
         where organisation_id = $1 and measure_id = $2) as kept
       full join (${totals}) as said on said.member_id = kept.member_id and said.day = kept.day
     where (coalesce(kept.count, 0), coalesce(kept.sum, 0))
       <> (coalesce(said.count, 0), coalesce(said.sum, 0))
     order by 1, 2 limit ${limit}`,
    values,
  );
}

/** One day of one member where two accounts of it disagree. */
export interface Difference {
  memberId: string;
  day: string;
  keptCount: number;
  keptSum: number;
  saidCount: number;
  saidSum: number;
}

/** Daily totals straight from the activities, as of a `seq`. */
export async function replay(
  tx: Tx,
  organisationId: string,
  measure: Measure,
  asOf?: number,
): Promise<Omit<DayRow, 'measureId'>[]> {
  const values: unknown[] = [organisationId];
  const totals = dayTotalsSql(measure, binder(values), asOf);
  return tx.rows<Omit<DayRow, 'measureId'>>(
    `select member_id as "memberId", day, count, sum from (${totals}) as said
     where count <> 0 or sum <> 0`,
    values,
  );
}

/** Forgets the daily totals of a measure. */
export async function clear(tx: Tx, organisationId: string, id: string): Promise<void> {
  await tx.rows('delete from measure_day where organisation_id = $1 and measure_id = $2', [
    organisationId,
    id,
  ]);
}

/** Adds to daily totals; rows come in key order. */
export async function add(tx: Tx, organisationId: string, rows: readonly DayRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(
    `insert into measure_day (organisation_id, measure_id, member_id, day, count, sum)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::date[], $5::bigint[], $6::bigint[])
     on conflict (organisation_id, measure_id, member_id, day) do update
       set count = measure_day.count + excluded.count, sum = measure_day.sum + excluded.sum`,
    [
      organisationId,
      rows.map(({ measureId }) => measureId),
      rows.map(({ memberId }) => memberId),
      rows.map(({ day }) => day),
      rows.map(({ count }) => count),
      rows.map(({ sum }) => sum),
    ],
    'measure_day.add',
  );
}

/** Daily totals of some members, or of all, from a day to the day before another. */
export async function days(
  tx: Tx,
  organisationId: string,
  measureIds: readonly string[],
  memberIds: readonly string[] | 'all',
  from: string,
  to: string,
): Promise<DayRow[]> {
  const some = memberIds === 'all' ? '' : 'and member_id = any($5)';
  return tx.rows<DayRow>(
    `select measure_id as "measureId", member_id as "memberId", day, count, sum
     from measure_day
     where organisation_id = $1 and measure_id = any($2) and day >= $3 and day < $4 ${some}`,
    [organisationId, measureIds, from, to, ...(memberIds === 'all' ? [] : [memberIds])],
    memberIds === 'all' ? 'measure_day.all' : 'measure_day.some',
  );
}
