import type { SettingsView } from '@palmares/shared/people/organisation-settings';
import type { Tx } from '../platform/database.js';
import { ProblemError } from '../http/problem-error.js';

/** Problems: `not-found`. */
export async function findSettings(tx: Tx, organisationId: string): Promise<SettingsView> {
  const settings = await tx.one<SettingsView>(
    `select id, name, locale, time_zone as "timeZone", currency, working_week as "workingWeek",
       history_from as "historyFrom", activity_types as "activityTypes",
       demo, (select coalesce(json_agg(json_build_object('day', day, 'name', holiday.name)
           order by day), '[]') from holiday where holiday.organisation_id = $1) as holidays
     from organisation where id = $1`,
    [organisationId],
  );
  if (!settings) throw new ProblemError('not-found', 'There is no such organisation');
  return settings;
}

export async function updateSettings(
  tx: Tx,
  { id, name, locale, workingWeek, historyFrom, activityTypes }: SettingsView,
): Promise<void> {
  await tx.rows(
    `update organisation set name = $2, locale = $3, working_week = $4, history_from = $5,
       activity_types = $6
     where id = $1`,
    [id, name, locale, workingWeek, historyFrom, JSON.stringify(activityTypes)],
  );
}

export async function replaceHolidays(tx: Tx, { id, holidays }: SettingsView): Promise<void> {
  await tx.rows('delete from holiday where organisation_id = $1', [id]);
  await tx.rows(
    `insert into holiday (organisation_id, day, name)
     select $1, * from unnest($2::date[], $3::text[])`,
    [id, holidays.map(({ day }) => day), holidays.map(({ name }) => name)],
  );
}
