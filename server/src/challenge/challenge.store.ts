import type { ChallengeDefinitionInput } from '@palmares/shared/challenge/challenge';
import type { Tx } from '../platform/database.js';
import type { Turn } from '../people/sequence.js';

export interface ChallengeRow {
  id: string;
  /** The frozen definition once launched, the draft before. */
  definition: ChallengeDefinitionInput;
  version: number | null;
  createdAt: Date;
}

const columns = `challenge.id, challenge.version, challenge.created_at as "createdAt",
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

/** Newest first, from after a cursor. */
export async function list(
  tx: Tx,
  organisationId: string,
  limit: number,
  before: string | undefined,
): Promise<ChallengeRow[]> {
  return tx.rows<ChallengeRow>(
    `select ${columns} from ${source}
     where challenge.organisation_id = $1 and challenge.id < $2
     order by challenge.id desc limit $3`,
    [organisationId, before ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', limit],
  );
}

/** All launched challenges; until they can be certified, each of them still moves. */
export async function listLaunched(tx: Tx, organisationId: string): Promise<ChallengeRow[]> {
  return tx.rows<ChallengeRow>(
    `select ${columns} from ${source}
     where challenge.organisation_id = $1 and challenge.version is not null order by challenge.id`,
    [organisationId],
  );
}

export async function freeze(
  tx: Tx,
  turn: Turn,
  id: string,
  definition: ChallengeDefinitionInput,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into challenge_version
       (organisation_id, challenge_id, version, definition, seq, created_at)
     values ($1, $2, 1, $3, $4, $5)`,
    [turn.organisationId, id, JSON.stringify(definition), turn.seq, now],
  );
  await tx.rows('update challenge set version = 1 where organisation_id = $1 and id = $2', [
    turn.organisationId,
    id,
  ]);
}
