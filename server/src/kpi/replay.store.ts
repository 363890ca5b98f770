import { binder } from '../activity/filter-sql.js';
import type { Tx } from '../platform/database.js';
import { gatherSql, totalsSql, type Gathering } from './gather-sql.js';
import type { KeptMeasure } from './measure.store.js';

/** One day of one member where two accounts of it disagree. */
export interface Difference {
  memberId: string;
  day: string;
  keptCount: number;
  keptSum: number;
  saidCount: number;
  saidSum: number;
}

/** What some kept measures read, in a temporary table that lasts until it is forgotten. */
export interface Gathered extends Gathering {
  organisationId: string;
  measures: readonly KeptMeasure[];
}

/** Goes through the activities once for all these measures. */
export async function gather(
  tx: Tx,
  organisationId: string,
  measures: readonly KeptMeasure[],
): Promise<Gathered> {
  const values: unknown[] = [organisationId];
  const definitions = measures.map(({ definition }) => definition);
  const gathering = gatherSql(definitions, binder(values));
  // Of this transaction alone: room to add up by member and day, and a small sample for the plans.
  await tx.rows(`set local work_mem = '64MB'`);
  await tx.rows('set local default_statistics_target = 10');
  await tx.rows(`create temporary table gathered on commit drop as ${gathering.sql}`, values);
  await tx.rows('analyze gathered');
  return { organisationId, measures, ...gathering };
}

export async function forget(tx: Tx): Promise<void> {
  await tx.rows('drop table gathered');
}

/** What to do with the days that differ, besides naming the first of them. */
export type Then = 'name' | 'mend';

const MEND = `, changed as (
    update measure_day set count = said_count, sum = said_sum from wrong
    where known and organisation_id = $1 and measure_id = $2
      and measure_day.member_id = wrong.member_id and measure_day.day = wrong.day
  ), added as (
    insert into measure_day (organisation_id, measure_id, member_id, day, count, sum)
    select $1, $2, member_id, day, said_count, said_sum from wrong where not known
    order by member_id, day
  )`;

/** Compares the kept totals of one of the measures with what was gathered. */
export async function compare(
  tx: Tx,
  { organisationId, measures, creditSql }: Gathered,
  place: number,
  then: Then,
  limit: number,
): Promise<Difference[]> {
  const { id, definition } = measures[place] as KeptMeasure;
  const values: unknown[] = [organisationId, id];
  const bind = binder(values);
  const said = totalsSql(definition, creditSql(place, 'gathered', bind), bind);
  return tx.rows<Difference>(
    `with said as (${said}), kept as (
       select member_id, day, count, sum from measure_day
       where organisation_id = $1 and measure_id = $2
     ), compared as (
       select member_id, day, kept.day is not null as known,
         coalesce(kept.count, 0) as kept_count, coalesce(kept.sum, 0) as kept_sum,
         coalesce(said.count, 0) as said_count, coalesce(said.sum, 0) as said_sum
       from kept full join said using (member_id, day)
     ), wrong as materialized (
       select * from compared where (kept_count, kept_sum) <> (said_count, said_sum)
     )${then === 'mend' ? MEND : ''}
     select member_id as "memberId", day, kept_count as "keptCount", kept_sum as "keptSum",
       said_count as "saidCount", said_sum as "saidSum"
     from wrong order by member_id, day limit ${limit}`,
    values,
  );
}
