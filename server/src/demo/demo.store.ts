import type { Tx } from '../platform/database.js';

/** A demo as it is kept: its plan, and how far it is made. */
export interface DemoRow {
  organisationId: string;
  edition: number;
  day: string;
  step: number | null;
  until: string;
}

const COLUMNS = `organisation_id as "organisationId", edition, day, step, until`;

/** The one that is shown; ids grow with time. */
export async function findDemo(tx: Tx): Promise<DemoRow | undefined> {
  return tx.one<DemoRow>(`select ${COLUMNS} from demo order by organisation_id desc limit 1`);
}

export async function insertDemo(tx: Tx, row: DemoRow): Promise<void> {
  await tx.rows(
    `insert into demo (organisation_id, edition, day, step, until) values ($1, $2, $3, $4, $5)`,
    [row.organisationId, row.edition, row.day, row.step, row.until],
  );
}

export async function keepStep(tx: Tx, organisationId: string, step: number | null, until: string) {
  await tx.rows('update demo set step = $2, until = $3 where organisation_id = $1', [
    organisationId,
    step,
    until,
  ]);
}

export async function dropDemo(tx: Tx, organisationId: string): Promise<void> {
  await tx.rows('delete from demo where organisation_id = $1', [organisationId]);
}
