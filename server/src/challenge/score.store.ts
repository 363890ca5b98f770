import type { Subject } from '@palmares/shared/board/board';
import type { ScoreReason } from '@palmares/shared/challenge/reason';
import type { Tx } from '../platform/database.js';
import type { Turn } from '../people/sequence.js';
import { noteScores } from './turn-scores.js';

export interface ScoreRow {
  challengeId: string;
  subjectId: string;
  score: number;
  /** Before rounding, such as "35/3"; null where the score says it exactly. */
  exact: string | null;
  parts: number[];
  held: number;
  reason: ScoreReason | null;
  reachedAt: string | null;
}

const exact = `numerator || '/' || denominator as exact`;
const own = `challenge_id as "challengeId", subject_id as "subjectId", score, ${exact}, parts,
  held, reason, reached_on as "reachedAt"`;
const named = `subject_id as "subjectId", case when team.id is null then 'member' else 'team' end as type,
  coalesce(member.name, team.name) as label, score, ${exact}, reason, reached_on as "reachedAt"`;
/**
 * Who has a score, by $1 as the organisation. By two keys and not by a union of both tables: that
 * has none, and is read whole for each row when the planner expects few.
 */
const subjects = `left join member on member.organisation_id = $1 and member.id = subject_id
  left join team on team.organisation_id = $1 and team.id = subject_id`;

/** The stored scores of some subjects in some challenges; who takes no part has none. */
export async function find(
  tx: Tx,
  organisationId: string,
  challengeIds: readonly string[],
  subjectIds: readonly string[],
): Promise<ScoreRow[]> {
  return tx.rows<ScoreRow>(
    `select ${own}
     from score
     where organisation_id = $1 and challenge_id = any($2) and subject_id = any($3)`,
    [organisationId, challengeIds, subjectIds],
    'score.find',
  );
}

/** Every stored score of a challenge. */
export async function findAll(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<ScoreRow[]> {
  return tx.rows<ScoreRow>(
    `select ${own}
     from score where organisation_id = $1 and challenge_id = $2 order by subject_id`,
    [organisationId, challengeId],
  );
}

/** The stored scores of whoever has left, as the board has it, and of those named. */
export async function findLeft(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  subjectIds: readonly string[],
): Promise<ScoreRow[]> {
  return tx.rows<ScoreRow>(
    `select ${own} from score where organisation_id = $1 and challenge_id = $2
       and (reason = 'left' or subject_id = any($3))`,
    [organisationId, challengeId, subjectIds],
  );
}

export type LoggedScore = Pick<ScoreRow, 'subjectId' | 'score' | 'exact' | 'reason' | 'reachedAt'>;

/** The score that the log of changes ends with, or ended with at a `seq`, for each subject. */
export async function lastChanges(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  asOf = Number.MAX_SAFE_INTEGER,
): Promise<LoggedScore[]> {
  return tx.rows<LoggedScore>(
    `select subject_id as "subjectId", score, ${exact}, reason, reached_on as "reachedAt"
     from (select subject_id, max(seq) as seq from score_change
         where organisation_id = $1 and challenge_id = $2 and seq <= $3
         group by subject_id) as last
       join score_change using (subject_id, seq)
     where organisation_id = $1 and challenge_id = $2`,
    [organisationId, challengeId, asOf],
  );
}

const arrays = (rows: readonly ScoreRow[]) => [
  rows.map(({ challengeId }) => challengeId),
  rows.map(({ subjectId }) => subjectId),
  rows.map(({ score }) => score),
  rows.map(({ reachedAt }) => reachedAt),
  rows.map(({ held }) => held),
  rows.map(({ reason }) => reason),
  rows.map((row) => partOf(row, 0)),
  rows.map((row) => partOf(row, 1)),
];

/** Numerators and denominators have as many digits as they need. */
const partOf = ({ exact: text }: ScoreRow, at: number) => text?.split('/')[at] ?? null;

/** Writes present scores and their log, stamped with the turn. */
export async function write(tx: Tx, turn: Turn, rows: readonly ScoreRow[]): Promise<void> {
  if (rows.length === 0) return;
  noteScores(turn, rows);
  const parts = rows.map((row) => `{${row.parts.join()}}`);
  await tx.rows(
    `with fresh as (
       select * from unnest($3::uuid[], $4::uuid[], $5::bigint[], $6::date[], $7::bigint[], $8::text[],
         $9::numeric[], $10::numeric[], $11::text[])
         as fresh (challenge_id, subject_id, score, reached_on, held, reason, numerator,
           denominator, parts)
     ), logged as (
       insert into score_change
         (organisation_id, seq, challenge_id, subject_id, score, numerator, denominator, reason,
           reached_on)
       select $1, $2, challenge_id, subject_id, score, numerator, denominator, reason, reached_on
       from fresh
       on conflict (organisation_id, challenge_id, seq, subject_id) do update
         set score = excluded.score, numerator = excluded.numerator,
           denominator = excluded.denominator, reason = excluded.reason,
           reached_on = excluded.reached_on
     )
     insert into score (organisation_id, seq, challenge_id, subject_id, score, reached_on, held,
       reason, numerator, denominator, parts)
     select $1, $2, challenge_id, subject_id, score, reached_on, held, reason, numerator,
       denominator, parts::bigint[]
     from fresh
     on conflict (organisation_id, challenge_id, subject_id) do update
       set seq = excluded.seq, score = excluded.score, reached_on = excluded.reached_on,
         held = excluded.held, reason = excluded.reason, numerator = excluded.numerator,
         denominator = excluded.denominator, parts = excluded.parts`,
    [turn.organisationId, turn.seq, ...arrays(rows), parts],
    'score.write',
  );
}

export interface NamedScore {
  subjectId: string;
  type: Subject['type'];
  label: string;
  score: number;
  exact: string | null;
  reason: ScoreReason | null;
  reachedAt: string | null;
}

/** Everybody who takes part in a challenge, by name. */
export async function board(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<NamedScore[]> {
  return tx.rows<NamedScore>(
    `select ${named}
     from score ${subjects}
     where score.organisation_id = $1 and challenge_id = $2`,
    [organisationId, challengeId],
    'score.board',
  );
}

/** Everybody who had entered by a `seq`, with the score of then. */
export async function boardAsOf(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  seq: number,
): Promise<NamedScore[]> {
  return tx.rows<NamedScore>(
    `select distinct on (subject_id) ${named}
     from score_change ${subjects}
     where score_change.organisation_id = $1 and challenge_id = $2 and score_change.seq <= $3
     order by subject_id, score_change.seq desc`,
    [organisationId, challengeId, seq],
  );
}

/** How far an organisation has come, and what has changed on a board. */
export interface Followed {
  seq: number;
  changedAt: Date;
  peopleSeq: number;
  challengeSeq: number;
  /** Other names, then scores, the oldest first. */
  moved: NamedScore[];
}

type Logged = Omit<Followed, 'moved'> & (LoggedScore | { subjectId: null });

/**
 * What changed on a board after a `seq`, and how far the organisation has come by then. The names
 * are asked for by themselves: joined to a log whose end the planner takes for empty, they were
 * looked for in the whole directory for each row.
 */
export async function follow(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  seq: number,
): Promise<Followed | undefined> {
  const rows = await tx.rows<Logged>(
    `select now.seq, changed_at as "changedAt", people_seq as "peopleSeq",
       challenge_seq as "challengeSeq", subject_id as "subjectId", score, ${exact}, reason,
       reached_on as "reachedAt"
     from sequence now left join score_change change
       on change.organisation_id = $1 and challenge_id = $2 and change.seq > $3
     where now.organisation_id = $1
     order by change.seq`,
    [organisationId, challengeId, seq],
    'score_change.follow',
  );
  const [now] = rows;
  if (!now) return undefined;
  const moved = rows.flatMap((row) => (row.subjectId === null ? [] : [row]));
  const { changedAt, peopleSeq, challengeSeq } = now;
  const renamed = peopleSeq > seq ? await changedNames(tx, organisationId, challengeId, seq) : [];
  const names = await subjectsOf(tx, organisationId, [...new Set(moved.map(idOf))]);
  const scores = moved.flatMap(({ subjectId, score, exact: text, reason, reachedAt }) => {
    const subject = names.get(subjectId);
    return subject ? [{ subjectId, score, exact: text, reason, reachedAt, ...subject }] : [];
  });
  return { seq: now.seq, changedAt, peopleSeq, challengeSeq, moved: [...renamed, ...scores] };
}

const changedNames = (tx: Tx, organisationId: string, challengeId: string, seq: number) =>
  tx.rows<NamedScore>(
    `select ${named}
     from score ${subjects}
     where score.organisation_id = $1 and challenge_id = $2 and coalesce(member.seq, team.seq) > $3`,
    [organisationId, challengeId, seq],
    'score.renamed',
  );

const idOf = ({ subjectId }: Pick<LoggedScore, 'subjectId'>) => subjectId;

type Named = Pick<NamedScore, 'type' | 'label'>;

async function subjectsOf(
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<Named & { id: string }>(
    `select id, 'member' as type, name as label from member
     where organisation_id = $1 and id = any($2::uuid[])
     union all select id, 'team', name from team
     where organisation_id = $1 and id = any($2::uuid[])`,
    [organisationId, ids],
    'subject.names',
  );
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}

/** How many take part in a challenge. */
export async function count(tx: Tx, organisationId: string, challengeId: string): Promise<number> {
  const row = await tx.one<{ count: number }>(
    `select count(*)::int as count from score where organisation_id = $1 and challenge_id = $2`,
    [organisationId, challengeId],
  );
  return row?.count ?? 0;
}
