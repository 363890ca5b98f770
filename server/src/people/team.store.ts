import type { TeamState } from '@palmares/shared/people/people-index';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import { plain } from './member.store.js';
import type { Turn } from './sequence.js';

const columns = 'id, external_id as "externalId", name, parent_id as "parentId"';

/** All teams of an organisation; a tree is small. */
export async function listTeams(tx: Tx, organisationId: string): Promise<TeamState[]> {
  return tx.rows<TeamState>(
    `select ${columns} from team where organisation_id = $1 order by id`,
    [organisationId],
    'team.list',
  );
}

export async function insertTeams(
  tx: Tx,
  organisationId: string,
  teams: readonly TeamState[],
  now: Date,
): Promise<void> {
  if (teams.length === 0) return;
  await tx.rows(
    `insert into team (organisation_id, created_at, id, external_id, name, parent_id)
     select $1, $2, * from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[])`,
    [
      organisationId,
      now,
      teams.map(({ id }) => id),
      teams.map(({ externalId }) => externalId),
      teams.map(({ name }) => name),
      teams.map(({ parentId }) => parentId),
    ],
  );
}

export async function updateTeam(tx: Tx, turn: Turn, team: TeamState): Promise<void> {
  await tx.rows(
    `update team set external_id = $3, name = $4, parent_id = $5, seq = $6
     where organisation_id = $1 and id = $2`,
    [turn.organisationId, team.id, team.externalId, team.name, team.parentId, turn.seq],
  );
}

/** Removes a team that no team is below and nobody was ever in; true when there was one. */
export async function removeTeam(tx: Tx, organisationId: string, id: string): Promise<boolean> {
  const rows = await tx.rows(
    `delete from team where organisation_id = $1 and id = $2
       and not exists (select from team_member where organisation_id = $1 and team_id = $2)
       and not exists (select from team as below
         where below.organisation_id = $1 and below.parent_id = $2)
     returning id`,
    [organisationId, id],
  );
  return rows.length > 0;
}

export interface TeamRow extends TeamState {
  managers: { memberId: string; name: string; from: Day; to: Day | null; standIn: boolean }[];
  memberCount: number;
}

export interface TeamFilter {
  id?: string | undefined;
  /** A part of the name or the external id. */
  search?: string | undefined;
  parentId?: string | undefined;
  /** Of somebody who manages it today. */
  managerId?: string | undefined;
  /** The id of the last team before the page. */
  cursor?: string | undefined;
  limit: number;
}

/** Teams by name, with who manages them and how many are in them on a day. */
export async function viewTeams(
  tx: Tx,
  organisationId: string,
  today: Day,
  { id, cursor, limit, search, parentId, managerId }: TeamFilter,
): Promise<TeamRow[]> {
  return tx.rows<TeamRow>(
    `select ${columns},
       (select coalesce(json_agg(json_build_object('memberId', member_id, 'name', member.name,
            'from', from_day, 'to', to_day, 'standIn', stand_in)
            order by from_day, member.name collate "und-x-icu", member_id), '[]')
        from team_manager join member on member.organisation_id = $1 and member.id = member_id
        where team_manager.organisation_id = $1 and team_id = team.id) as managers,
       (select count(*)::int
        from team_member join member on member.organisation_id = $1 and member.id = member_id
        where team_member.organisation_id = $1 and team_id = team.id and from_day <= $2
          and (to_day > $2 or to_day is null) and (left_on > $2 or left_on is null)
       ) as "memberCount"
     from team where organisation_id = $1 and ($3::uuid is null or id = $3)
       and ($4::uuid is null or (name collate "und-x-icu", id) > (
         select after.name, after.id from team as after
         where after.organisation_id = $1 and after.id = $4))
       and ($6::text is null or strpos(${plain('name')}, ${plain('$6')}) > 0
         or strpos(lower(external_id), lower($6)) > 0)
       and ($7::uuid is null or parent_id = $7)
       and ($8::uuid is null or exists (
         select from team_manager where organisation_id = $1 and team_id = team.id
           and member_id = $8 and from_day <= $2 and (to_day > $2 or to_day is null)))
     order by name collate "und-x-icu", id limit $5`,
    [
      organisationId,
      today,
      id ?? null,
      cursor ?? null,
      limit,
      search ?? null,
      parentId ?? null,
      managerId ?? null,
    ],
    'team.view',
  );
}
