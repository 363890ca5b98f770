import type {
  ChallengeDefinitionInput,
  ChallengeStatus,
} from '@palmares/shared/challenge/challenge';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import type { Turn } from '../people/sequence.js';

export interface ChallengeRow {
  id: string;
  /** The frozen definition once launched, the draft before. */
  definition: ChallengeDefinitionInput;
  version: number | null;
  createdAt: Date;
  launchedAt: Date | null;
  certifiedSeq: number | null;
  certifiedAt: Date | null;
  cancelledAt: Date | null;
  cancelReason: string | null;
  /** Since when a launch beyond the ceilings waits for a countersignature. */
  countersignAskedAt: Date | null;
  /** The day up to which the board knows who has left. */
  leftBy: Day | null;
}

const columns = `challenge.id, challenge.version, challenge.created_at as "createdAt",
  challenge.launched_at as "launchedAt", challenge.certified_seq as "certifiedSeq",
  challenge.certified_at as "certifiedAt", challenge.cancelled_at as "cancelledAt",
  challenge.cancel_reason as "cancelReason",
  challenge.left_by as "leftBy", challenge.countersign_asked_at as "countersignAskedAt",
  coalesce(frozen.definition, challenge.draft) as definition`;
const source = `challenge left join challenge_version frozen
  on frozen.organisation_id = challenge.organisation_id
    and frozen.challenge_id = challenge.id and frozen.version = challenge.version`;

export async function insertDraft(
  tx: Tx,
  organisationId: string,
  id: string,
  draft: ChallengeDefinitionInput,
  now: Date,
): Promise<void> {
  await tx.rows(
    'insert into challenge (organisation_id, id, draft, created_at) values ($1, $2, $3, $4)',
    [organisationId, id, JSON.stringify(draft), now],
  );
}

export async function find(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ChallengeRow | undefined> {
  return tx.one<ChallengeRow>(
    `select ${columns} from ${source} where challenge.organisation_id = $1 and challenge.id = $2`,
    [organisationId, id],
    'challenge.find',
  );
}

/** The definition by which a challenge was scored at a `seq`; undefined before its launch. */
export async function definitionAt(
  tx: Tx,
  organisationId: string,
  id: string,
  seq: number,
): Promise<ChallengeDefinitionInput | undefined> {
  const row = await tx.one<{ definition: ChallengeDefinitionInput }>(
    `select definition from challenge_version
     where organisation_id = $1 and challenge_id = $2 and seq <= $3
     order by version desc limit 1`,
    [organisationId, id, seq],
  );
  return row?.definition;
}

/** Which challenges are listed. */
export interface ListQuery {
  limit: number;
  /** The id of the last one that has been listed. */
  cursor?: string | undefined;
  status?: readonly ChallengeStatus[] | undefined;
  /** Only those in which this member takes part, by themselves or in a team. */
  memberId?: string | undefined;
  /** False: only what has been launched. */
  drafts?: boolean | undefined;
  today: Day;
}

const definition = 'coalesce(frozen.definition, challenge.draft)';

/** Where a challenge stands on the day $4, as `statusOn` has it. */
const status = `case when cancelled_at is not null then 'cancelled'
  when certified_seq is not null then 'certified'
  when challenge.version is null and countersign_asked_at is not null then 'awaiting-countersign'
  when challenge.version is null then 'draft'
  when $4 < (${definition} ->> 'from')::date then 'scheduled'
  when $4 < (${definition} ->> 'to')::date then 'live' else 'provisional' end`;

/** The member $6 is a subject, or in one that is a team, on some day of the window. */
const takesPart = `exists (
  with recursive line (id) as (
    select team_id from team_member
    where organisation_id = $1 and member_id = $6 and from_day < (${definition} ->> 'to')::date
      and (to_day is null or to_day > (${definition} ->> 'from')::date)
      and not ${definition} -> 'observers' ? $6::text
    union
    select parent_id from team join line on team.id = line.id
    where team.organisation_id = $1 and parent_id is not null
  )
  select from score
  where score.organisation_id = $1 and score.challenge_id = challenge.id
    and score.reason is distinct from 'left'
    and (subject_id = $6 or subject_id in (select id from line)))`;

/** Newest first, from after a cursor. */
export async function list(
  tx: Tx,
  organisationId: string,
  query: ListQuery,
): Promise<ChallengeRow[]> {
  const { limit, cursor, memberId, today } = query;
  return tx.rows<ChallengeRow>(
    `select ${columns} from ${source}
     where challenge.organisation_id = $1 and challenge.id < $2
       and ($5::text[] is null or ${status} = any($5)) and ($6::uuid is null or ${takesPart})
       and ($7 or challenge.version is not null)
     order by challenge.id desc limit $3`,
    [
      organisationId,
      cursor ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      limit,
      today,
      query.status ?? null,
      memberId ?? null,
      query.drafts ?? true,
    ],
  );
}

/** All launched challenges whose scores still move: neither certified nor cancelled. */
export async function listLaunched(tx: Tx, organisationId: string): Promise<ChallengeRow[]> {
  return tx.rows<ChallengeRow>(
    `select ${columns} from ${source}
     where challenge.organisation_id = $1 and challenge.version is not null
       and certified_seq is null and cancelled_at is null order by challenge.id`,
    [organisationId],
  );
}

/** Notes up to which day a board knows who has left. */
export async function noteLeft(tx: Tx, turn: Turn, id: string, day: Day): Promise<void> {
  await tx.rows('update challenge set left_by = $3 where organisation_id = $1 and id = $2', [
    turn.organisationId,
    id,
    day,
  ]);
}

/** Organisations with a challenge that somebody has left since it last looked. */
export async function withLeavers(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select distinct organisation.id
     from ${source} join organisation on organisation.id = challenge.organisation_id
     where frozen.definition ->> 'leavers' = 'leave'
       and challenge.certified_seq is null and challenge.cancelled_at is null
       and (exists (select from member where member.organisation_id = organisation.id
         and member.left_on > coalesce(challenge.left_by, '-infinity')
         and member.left_on <= ($1::timestamptz at time zone organisation.time_zone)::date)
       or frozen.definition -> 'audience' ->> 'kind' = 'team-members'
         and exists (select from team_member where team_member.organisation_id = organisation.id
           and team_member.to_day > coalesce(challenge.left_by, '-infinity')
           and team_member.to_day <= ($1::timestamptz at time zone organisation.time_zone)::date))`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** Keeps a definition as the next version of a challenge, by which it is scored from now on. */
export async function freeze(
  tx: Tx,
  turn: Turn,
  id: string,
  definition: ChallengeDefinitionInput,
  now: Date,
): Promise<void> {
  await tx.rows(
    `with next as (
       update challenge set version = coalesce(version, 0) + 1, countersign_asked_at = null,
         launched_at = coalesce(launched_at, $5)
       where organisation_id = $1 and id = $2 returning version
     )
     insert into challenge_version
       (organisation_id, challenge_id, version, definition, seq, created_at)
     select $1, $2, version, $3, $4, $5 from next`,
    [turn.organisationId, id, JSON.stringify(definition), turn.seq, now],
  );
}

/** Writes a draft anew; a launched challenge keeps its own. */
export async function redraft(
  tx: Tx,
  organisationId: string,
  id: string,
  draft: ChallengeDefinitionInput,
): Promise<void> {
  await tx.rows(
    `update challenge set draft = $3, countersign_asked_at = null
     where organisation_id = $1 and id = $2 and version is null`,
    [organisationId, id, JSON.stringify(draft)],
  );
}

/** A launch waits for a countersignature from now on; with null it does not any more. */
export async function askCountersign(
  tx: Tx,
  organisationId: string,
  id: string,
  at: Date | null,
): Promise<void> {
  await tx.rows(
    'update challenge set countersign_asked_at = $3 where organisation_id = $1 and id = $2',
    [organisationId, id, at],
  );
}

/** Challenges for whose launch a countersignature was asked, the oldest request first. */
export async function listAsked(tx: Tx, organisationId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from challenge
     where organisation_id = $1 and countersign_asked_at is not null and version is null
       and cancelled_at is null
     order by countersign_asked_at, id limit 200`,
    [organisationId],
  );
  return rows.map(({ id }) => id);
}

export async function certify(tx: Tx, turn: Turn, id: string, now: Date): Promise<void> {
  await tx.rows(
    `update challenge set certified_seq = $3, certified_at = $4
     where organisation_id = $1 and id = $2`,
    [turn.organisationId, id, turn.seq, now],
  );
}

export async function cancel(
  tx: Tx,
  organisationId: string,
  id: string,
  reason: string,
  now: Date,
): Promise<void> {
  await tx.rows(
    `update challenge set cancelled_at = $3, cancel_reason = $4
     where organisation_id = $1 and id = $2`,
    [organisationId, id, now, reason],
  );
}
