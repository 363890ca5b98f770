import type { Tx } from '../platform/database.js';

/** The organisation as its one writer sees it, having taken the next `seq`. */
export interface Turn {
  organisationId: string;
  seq: number;
  peopleSeq: number;
  challengeSeq: number;
  /** How many activities wait for a member. */
  waiting: number;
}

/**
 * Waits for this organisation's turn to write and takes the next `seq`. The first lock of every
 * transaction that writes; nobody else writes in the organisation until this one ends.
 */
export async function takeTurn(
  tx: Tx,
  organisationId: string,
  now: Date,
): Promise<Turn | undefined> {
  const row = await tx.one<Omit<Turn, 'organisationId'>>(
    `update sequence set seq = seq + 1, changed_at = $2 where organisation_id = $1
     returning seq, people_seq as "peopleSeq", challenge_seq as "challengeSeq", waiting`,
    [organisationId, now],
    'sequence.take',
  );
  return row && { organisationId, ...row };
}

/** Says that people changed in this turn: every process reads its directory again. */
export async function markPeople(tx: Tx, turn: Turn): Promise<void> {
  await tx.rows('update sequence set people_seq = seq where organisation_id = $1', [
    turn.organisationId,
  ]);
}

/** Says that the running challenges changed in this turn. */
export async function markChallenges(tx: Tx, turn: Turn): Promise<void> {
  await tx.rows('update sequence set challenge_seq = seq where organisation_id = $1', [
    turn.organisationId,
  ]);
}

/** How far the organisation has come. */
export async function present(
  tx: Tx,
  organisationId: string,
): Promise<{ seq: number; changedAt: Date }> {
  const row = await tx.one<{ seq: number; changedAt: Date }>(
    'select seq, changed_at as "changedAt" from sequence where organisation_id = $1',
    [organisationId],
    'sequence.present',
  );
  return row ?? { seq: 0, changedAt: new Date(0) };
}
