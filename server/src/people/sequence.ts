import type { Tx } from '../platform/database.js';

/** The organisation as its one writer sees it, having taken the next `seq`. */
export interface Turn {
  organisationId: string;
  seq: number;
  peopleSeq: number;
  challengeSeq: number;
  /** How many activities wait for a member. */
  waiting: number;
  /** When it was taken. */
  at: Date;
}

/** Turns that have changed more than activities and scores. */
const marked = new WeakSet<Turn>();
export const isMarked = (turn: Turn): boolean => marked.has(turn);

/**
 * Waits for this organisation's turn to write and takes the next `seq`. The first lock of every
 * transaction that writes; nobody else writes in the organisation until this one ends.
 */
export async function takeTurn(
  tx: Tx,
  organisationId: string,
  now: Date,
): Promise<Turn | undefined> {
  const row = await tx.one<Omit<Turn, 'organisationId' | 'at'>>(
    `with turn as (
       update sequence set seq = seq + 1, changed_at = $2 where organisation_id = $1
       returning seq, people_seq, challenge_seq, waiting
     ), noted as (
       insert into moment (organisation_id, seq, at) select $1, seq, $2 from turn
     )
     select seq, people_seq as "peopleSeq", challenge_seq as "challengeSeq", waiting from turn`,
    [organisationId, now],
    'sequence.take',
  );
  return row && { organisationId, ...row, at: now };
}

/** Says that people changed in this turn: every process reads its directory again. */
export async function markPeople(tx: Tx, turn: Turn): Promise<void> {
  marked.add(turn);
  await tx.rows('update sequence set people_seq = seq where organisation_id = $1', [
    turn.organisationId,
  ]);
}

/** Says that the running challenges changed in this turn. */
export async function markChallenges(tx: Tx, turn: Turn): Promise<void> {
  marked.add(turn);
  await tx.rows('update sequence set challenge_seq = seq where organisation_id = $1', [
    turn.organisationId,
  ]);
}

/** How far the organisation has come, and how many activities wait for a member. */
export async function present(
  tx: Tx,
  organisationId: string,
): Promise<{ seq: number; changedAt: Date; waiting: number }> {
  const row = await tx.one<{ seq: number; changedAt: Date; waiting: number }>(
    `select seq, changed_at as "changedAt", waiting from sequence where organisation_id = $1`,
    [organisationId],
    'sequence.present',
  );
  return row ?? { seq: 0, changedAt: new Date(0), waiting: 0 };
}

/** The last turn up to an instant; 0 before the first. */
export async function seqAt(tx: Tx, organisationId: string, instant: Date): Promise<number> {
  const row = await tx.one<{ seq: number }>(
    'select seq from moment where organisation_id = $1 and at <= $2 order by at desc, seq desc limit 1',
    [organisationId, instant],
  );
  return row?.seq ?? 0;
}

/** When a turn was, or the last one before it. */
export async function momentOf(tx: Tx, organisationId: string, seq: number): Promise<Date> {
  const row = await tx.one<{ at: Date }>(
    'select at from moment where organisation_id = $1 and seq <= $2 order by seq desc limit 1',
    [organisationId, seq],
  );
  return row?.at ?? new Date(0);
}

/** The last turn before a local day began; 0 before the first. */
export async function seqBefore(
  tx: Tx,
  organisationId: string,
  day: string,
  timeZone: string,
): Promise<number> {
  const row = await tx.one<{ seq: number }>(
    `select seq from moment
     where organisation_id = $1 and at < ($2::date::timestamp at time zone $3)
     order by at desc, seq desc limit 1`,
    [organisationId, day, timeZone],
  );
  return row?.seq ?? 0;
}
