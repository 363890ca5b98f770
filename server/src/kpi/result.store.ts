import { activityTypes } from '@palmares/shared/activity/type';
import type { Bind, Values } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Breakdown } from '@palmares/shared/kpi/breakdown';
import type { Windowed } from '@palmares/shared/kpi/operand';
import type { Team } from '@palmares/shared/people/team';
import type { Day } from '@palmares/shared/time/day';
import type { Window } from '@palmares/shared/time/period';
import { binder, COUNTS } from '../activity/filter-sql.js';
import type { Tx } from '../platform/database.js';
import { saysTotal, subjectTotalsSql } from './totals-sql.js';

/** Whose parts of activities are looked at: of these members, or in these teams on that day. */
export interface Seen {
  memberIds: readonly string[];
  teamIds: readonly string[];
}

/** What results are shown by; every group of `seen` must hold. */
export interface ResultView {
  by: Breakdown | 'all';
  seen: readonly Seen[];
  /** Each team that is shown, with every team below it. */
  branches: readonly { teamId: string; below: string }[];
}

/** What each subject has of a measure, and, where one statement can say it, all together. */
export interface SubjectTotals {
  subjects: Map<string, Values>;
  total: Values | undefined;
}

const IN_TEAMS = (
  bind: Bind,
  teamIds: readonly string[],
) => `exists (select from team_member as stay
  where stay.organisation_id = $1 and stay.member_id = part.member_id
    and stay.team_id = any(${bind(teamIds)}::uuid[])
    and part.day >= stay.from_day and (stay.to_day is null or part.day < stay.to_day))`;

/** A condition on `part.member_id` and `part.day`; `$1` is the organisation. */
export function seesSql(seen: readonly Seen[], bind: Bind): string | undefined {
  if (seen.length === 0) return undefined;
  const groups = seen.map(({ memberIds, teamIds }) => {
    const one = `part.member_id = any(${bind(memberIds)}::uuid[])`;
    return teamIds.length === 0 ? one : `(${one} or ${IN_TEAMS(bind, teamIds)})`;
  });
  return groups.join(' and ');
}

function lineSql(branches: ResultView['branches'], bind: Bind): string {
  const teams = bind(branches.map(({ teamId }) => teamId));
  const below = bind(branches.map((branch) => branch.below));
  return `select * from unnest(${teams}::uuid[], ${below}::uuid[]) as line (team_id, below)`;
}

/** One statement: what subjects have of a measure, or of several that may be asked together. */
export async function totalsBy(
  tx: Tx,
  organisationId: string,
  several: readonly [Windowed, ...Windowed[]],
  { by, seen, branches }: ResultView,
): Promise<SubjectTotals[]> {
  const values: unknown[] = [organisationId];
  const bind = binder(values);
  const line = by === 'team' ? lineSql(branches, bind) : undefined;
  const view = { by, sees: seesSql(seen, bind), line };
  const text = subjectTotalsSql(several, view, bind);
  const rows = await tx.rows<Record<string, number> & { subject: string }>(text, values);
  const hasTotal = saysTotal(several[0], view);
  return several.map((_one, at) => {
    const subjects = new Map(
      rows.map((row) => {
        return [row.subject, { count: row[`count${at}`] ?? 0, sum: row[`sum${at}`] ?? 0 }];
      }),
    );
    if (!hasTotal) return { subjects, total: undefined };
    const total = subjects.get('all') ?? { count: 0, sum: 0 };
    subjects.delete('all');
    return { subjects, total };
  });
}

export interface TeamRow extends Team {
  name: string;
}

export async function teams(tx: Tx, organisationId: string): Promise<TeamRow[]> {
  return tx.rows<TeamRow>(
    `select id, parent_id as "parentId", name from team where organisation_id = $1 order by id`,
    [organisationId],
  );
}

/** The teams that somebody manages, or stands in for, on some day of a window. */
export async function managed(
  tx: Tx,
  organisationId: string,
  memberId: string,
  { from, to }: Window,
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select distinct team_id as id from team_manager
     where organisation_id = $1 and member_id = $2
       and from_day < $4::date and (to_day is null or to_day > $3::date)`,
    [organisationId, memberId, from, to],
  );
  return rows.map(({ id }) => id);
}

/** Members who belong to the organisation on some day of a window, reps first asked for. */
export async function members(
  tx: Tx,
  organisationId: string,
  { from, to }: Window,
  seen: readonly Seen[],
): Promise<{ id: string; name: string; sells: boolean }[]> {
  const values: unknown[] = [organisationId, from, to];
  const bind = binder(values);
  const groups = seen.map(({ memberIds, teamIds }) => {
    return `(id = any(${bind(memberIds)}::uuid[]) or exists (select from team_member as stay
      where stay.organisation_id = $1 and stay.member_id = member.id
        and stay.team_id = any(${bind(teamIds)}::uuid[])
        and stay.from_day < $3::date and (stay.to_day is null or stay.to_day > $2::date)))`;
  });
  return tx.rows(
    `select id, name, 'rep' = any(roles) and (entered_on is null or entered_on < $3::date)
         and (left_on is null or left_on > $2::date) as sells
       from member where ${['organisation_id = $1', ...groups].join(' and ')}`,
    values,
  );
}

/** Since when activities are complete: as the organisation says, else since the first of any type. */
export async function firstDay(tx: Tx, organisationId: string): Promise<Day | null> {
  const row = await tx.one<{ day: Day | null }>(
    `select coalesce((select history_from from organisation where id = $1), min(first.day)) as day
     from (select unnest($2::text[]) union select own ->> 'type'
         from organisation, json_array_elements(activity_types) as own
         where id = $1) as wanted (type)
     cross join lateral (select occurred_on as day from activity
       where organisation_id = $1 and activity.type = wanted.type and ${COUNTS}
       order by occurred_on limit 1) as first`,
    [organisationId, Object.keys(activityTypes)],
  );
  return row?.day ?? null;
}
