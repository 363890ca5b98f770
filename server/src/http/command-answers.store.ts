import type { Tx } from '../platform/database.js';

/** Organisation, caller and key. */
export type CommandName = readonly [organisationId: string, caller: string, key: string];

/** Takes the name of a command, waiting for whoever is taking it; false when it is taken. */
export async function begin(
  tx: Tx,
  name: CommandName,
  requestHash: string,
  now: Date,
): Promise<boolean> {
  const row = await tx.one(
    `insert into command_answer (organisation_id, caller, key, request_hash, answered_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning 1 as begun`,
    [...name, requestHash, now],
    'command_answer.begin',
  );
  return row !== undefined;
}

export async function keep(tx: Tx, name: CommandName, answer: object): Promise<void> {
  await tx.rows(
    `update command_answer set answer = $4
     where organisation_id = $1 and caller = $2 and key = $3`,
    [...name, JSON.stringify(answer)],
    'command_answer.keep',
  );
}

export async function find(
  tx: Tx,
  name: CommandName,
): Promise<{ requestHash: string; answer: object } | undefined> {
  return tx.one<{ requestHash: string; answer: object }>(
    `select request_hash as "requestHash", answer from command_answer
     where organisation_id = $1 and caller = $2 and key = $3`,
    [...name],
    'command_answer.find',
  );
}

export async function forget(tx: Tx, before: Date): Promise<void> {
  await tx.rows('delete from command_answer where answered_at < $1', [before]);
}
