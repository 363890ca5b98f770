import { Database } from '@palmares/server/platform/database';
import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import type { Facts } from '@palmares/shared/challenge/have';
import type { Measure } from '@palmares/shared/kpi/measure';
import { addDays, type Day } from '@palmares/shared/time/day';
import type { plainTotals } from '../../../shared/src/kpi/measure.arbitrary.js';
import type { TestServer } from '../server.js';

/** Who there was, and in which team, from a `seq` on. */
export interface Moment {
  seq: number;
  members: { id: string; enteredOn: Day | null; leftOn: Day | null }[];
  memberships: { memberId: string; teamId: string; from: Day; to: Day | null }[];
  teams: { id: string; parentId: string | null }[];
}

/** People as they are stored now. */
export async function momentOf(server: TestServer, id: string): Promise<Moment> {
  return server.app.get(Database).snapshot(async (tx) => {
    const now = await tx.one<{ seq: number }>(
      'select seq from sequence where organisation_id = $1',
      [id],
    );
    return {
      seq: now?.seq ?? 0,
      members: await tx.rows(
        `select id, entered_on as "enteredOn", left_on as "leftOn" from member
         where organisation_id = $1`,
        [id],
      ),
      memberships: await tx.rows(
        `select member_id as "memberId", team_id as "teamId", from_day as "from", to_day as "to"
         from team_member where organisation_id = $1`,
        [id],
      ),
      teams: await tx.rows(
        'select id, parent_id as "parentId" from team where organisation_id = $1',
        [id],
      ),
    };
  });
}

/** True when a member is in a team, or below it, on a day. */
function belongs({ memberships, teams }: Moment, memberId: string, teamId: string, day: Day) {
  const now = memberships.filter(
    (one) => one.memberId === memberId && one.from <= day && (one.to === null || day < one.to),
  );
  if (now.length > 1) throw new Error(`in two teams: ${JSON.stringify(now)}`);
  let at = now[0]?.teamId ?? null;
  while (at !== null && at !== teamId) {
    at = teams.find(({ id }) => id === at)?.parentId ?? null;
  }
  return at === teamId;
}

/** The days of a window that count for a member: all of them, or those in the teams that compete. */
export function belongingDays(
  people: Moment,
  { audience, from, to }: Pick<ChallengeDefinition, 'audience' | 'from' | 'to'>,
  memberId: string,
): Day[] {
  const days: Day[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const inside = (teamId: string) => belongs(people, memberId, teamId, day);
    if (audience.kind !== 'team-members' || audience.teamIds.some(inside)) days.push(day);
  }
  return days;
}

type Totals = ReturnType<typeof plainTotals>;
type Dated = Pick<ChallengeDefinition, 'from' | 'to' | 'observers'>;

/** The days of a team, one member and one day after the other. */
export function daysOfTeam(
  people: Moment,
  { from, to, observers }: Dated,
  teamId: string,
  { aggregation }: Measure,
  totals: Totals | undefined,
): NonNullable<ReturnType<Facts['totalsOf']>> {
  const days = new Map<Day, { count: number; sum: number }>();
  for (const [at, { count, sum }] of Object.entries(totals ?? {})) {
    const [memberId = '', day = ''] = at.split(' ');
    if (day < from || day >= to || observers.includes(memberId)) continue;
    if (!belongs(people, memberId, teamId, day)) continue;
    const known = days.get(day);
    const best = aggregation === 'max' ? Math.max(known?.sum ?? 0, sum) : (known?.sum ?? 0) + sum;
    days.set(day, { count: (known?.count ?? 0) + count, sum: best });
  }
  return days;
}

/** How many days of people a team has, each day and each of them counted. */
export function headsOf(people: Moment, { from, to, observers }: Dated, teamId: string) {
  const heads = { personDays: 0, days: 0 };
  for (let day = from; day < to; day = addDays(day, 1)) {
    heads.days += 1;
    for (const { id, enteredOn, leftOn } of people.members) {
      const present = (enteredOn ?? day) <= day && (leftOn === null || day < leftOn);
      if (present && !observers.includes(id) && belongs(people, id, teamId, day)) {
        heads.personDays += 1;
      }
    }
  }
  return heads;
}
