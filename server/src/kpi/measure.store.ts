import type { Values } from '@palmares/shared/kpi/aggregations/aggregation';
import { measureSchema, type Measure } from '@palmares/shared/kpi/measure';
import type { Tx } from '../platform/database.js';
import { binder } from '../activity/filter-sql.js';
import type { Turn } from '../people/sequence.js';
import { dayTotalsSql, type Past } from './totals-sql.js';

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

export interface KeptMeasure {
  id: string;
  definition: Measure;
}

/** What is kept is read by its schema: its parts become parts of statements. */
export async function listKept(tx: Tx, organisationId: string): Promise<KeptMeasure[]> {
  const rows = await tx.rows<{ id: string; definition: unknown }>(
    'select id, definition from measure where organisation_id = $1 order by id',
    [organisationId],
  );
  return rows.map(({ id, definition }) => {
    return { id, definition: measureSchema.parse(definition) as Measure };
  });
}

/** Daily totals straight from the activities. */
export async function replay(
  tx: Tx,
  organisationId: string,
  measure: Measure,
  past?: Past,
): Promise<Omit<DayRow, 'measureId'>[]> {
  const values: unknown[] = [organisationId];
  const totals = dayTotalsSql(measure, binder(values), past);
  return tx.rows<Omit<DayRow, 'measureId'>>(
    `select member_id as "memberId", day, count, sum from (${totals}) as said
     where count <> 0 or sum <> 0`,
    values,
  );
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
