import type { Management, Membership } from '@palmares/shared/people/membership';
import type { Stretch } from '@palmares/shared/people/stretch';
import type { Tx } from '../platform/database.js';
import { noteManagers } from './provenance.store.js';

const days = 'from_day as "from", to_day as "to"';

/** Memberships in order of their days: of everybody, or of some members. */
export async function listMemberships(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[] | null = null,
): Promise<Membership[]> {
  return tx.rows<Membership>(
    `select member_id as "memberId", team_id as "teamId", ${days} from team_member
     where organisation_id = $1 and ($2::uuid[] is null or member_id = any($2))
     order by member_id, from_day`,
    [organisationId, memberIds],
    'team_member.list',
  );
}

/** Managements in order of their days: of all teams, or of those of some members. */
export async function listManagements(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[] | null = null,
): Promise<Management[]> {
  return tx.rows<Management>(
    `select member_id as "memberId", team_id as "teamId", ${days}, stand_in as "standIn"
     from team_manager
     where organisation_id = $1 and ($2::uuid[] is null or member_id = any($2))
     order by team_id, from_day, member_id`,
    [organisationId, memberIds],
    'team_manager.list',
  );
}

/** All that these members have of memberships from now on. */
export async function replaceMemberships(
  tx: Tx,
  organisationId: string,
  byMember: ReadonlyMap<string, readonly (Stretch & { teamId: string })[]>,
): Promise<void> {
  if (byMember.size === 0) return;
  await tx.rows('delete from team_member where organisation_id = $1 and member_id = any($2)', [
    organisationId,
    [...byMember.keys()],
  ]);
  const rows = [...byMember].flatMap(([memberId, list]) =>
    list.map(({ teamId, from, to }) => ({ memberId, teamId, from, to })),
  );
  await tx.rows(
    `insert into team_member (organisation_id, member_id, team_id, from_day, to_day)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::date[], $5::date[])`,
    [
      organisationId,
      rows.map(({ memberId }) => memberId),
      rows.map(({ teamId }) => teamId),
      ...daysOf(rows),
    ],
  );
}

/** All who manage these teams from now on. */
export async function replaceManagements(
  tx: Tx,
  organisationId: string,
  byTeam: ReadonlyMap<string, readonly (Stretch & { memberId: string; standIn: boolean })[]>,
): Promise<void> {
  if (byTeam.size === 0) return;
  const rows = [...byTeam].flatMap(([teamId, list]) =>
    list.map(({ memberId, from, to, standIn }) => ({ teamId, memberId, from, to, standIn })),
  );
  await noteManagers(tx, organisationId, rows);
  await tx.rows('delete from team_manager where organisation_id = $1 and team_id = any($2)', [
    organisationId,
    [...byTeam.keys()],
  ]);
  await tx.rows(
    `insert into team_manager
       (organisation_id, member_id, team_id, stand_in, from_day, to_day)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::boolean[], $5::date[], $6::date[])`,
    [
      organisationId,
      rows.map(({ memberId }) => memberId),
      rows.map(({ teamId }) => teamId),
      rows.map(({ standIn }) => standIn),
      ...daysOf(rows),
    ],
  );
}

const daysOf = (rows: readonly Stretch[]) => [
  rows.map(({ from }) => from),
  rows.map(({ to }) => to),
];
