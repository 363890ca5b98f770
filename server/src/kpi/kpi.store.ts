import type { OwnKpiInput } from '@palmares/shared/kpi/own';
import type { Tx } from '../platform/database.js';

/** A version of a KPI of one's own, in the words of the API; null once deleted. */
export interface DefinitionRow {
  code: string;
  version: number;
  definition: OwnKpiInput | null;
}

/** The last version of every KPI there is, or was. */
export async function listDefinitions(tx: Tx, organisationId: string): Promise<DefinitionRow[]> {
  return tx.rows<DefinitionRow>(
    `select distinct on (code) code, version, definition from kpi_definition
     where organisation_id = $1 order by code, version desc`,
    [organisationId],
    'kpi_definition.list',
  );
}

/** Appends a version; false when somebody else has just appended the same one. */
export async function appendDefinition(
  tx: Tx,
  organisationId: string,
  { code, version, definition }: DefinitionRow,
  now: Date,
): Promise<boolean> {
  const rows = await tx.rows(
    `insert into kpi_definition (organisation_id, code, version, definition, created_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning code`,
    [organisationId, code, version, definition && JSON.stringify(definition), now],
  );
  return rows.length === 1;
}

export async function hasTargets(tx: Tx, organisationId: string, code: string): Promise<boolean> {
  const row = await tx.one(
    'select kpi from target where organisation_id = $1 and kpi = $2 limit 1',
    [organisationId, code],
  );
  return row !== undefined;
}
