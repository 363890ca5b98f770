import { ownTypesSchema } from '@palmares/shared/activity/own-type';
import { challengeDefinitionSchema } from '@palmares/shared/challenge/challenge';
import { termsDocumentSchema, writtenClausesSchema } from '@palmares/shared/challenge/terms';
import { expectedSchema } from '@palmares/shared/dispute/dispute';
import { mappingSchema } from '@palmares/shared/import/mapping';
import { measureSchema } from '@palmares/shared/kpi/measure';
import { ownKpiSchema } from '@palmares/shared/kpi/own';
import { noticeSchema } from '@palmares/shared/notification/notification';
import { locales } from '@palmares/shared/people/organisation';
import { z } from 'zod';

/** A column that holds JSON which is computed by, and what that JSON must be. */
export interface StoredJson {
  table: string;
  column: string;
  schema: z.ZodType;
  /** Rows that hold something else for a while. */
  except?: string;
}

const documentsSchema = z.record(z.enum(locales), termsDocumentSchema);

/** Definitions that reach a computation or a statement: a restore reads them before anything else. */
export const storedJson: readonly StoredJson[] = [
  { table: 'measure', column: 'definition', schema: measureSchema },
  { table: 'kpi_definition', column: 'definition', schema: ownKpiSchema },
  { table: 'challenge', column: 'draft', schema: challengeDefinitionSchema },
  { table: 'challenge_version', column: 'definition', schema: challengeDefinitionSchema },
  { table: 'terms', column: 'clauses', schema: writtenClausesSchema },
  { table: 'terms_version', column: 'clauses', schema: writtenClausesSchema },
  { table: 'terms_version', column: 'documents', schema: documentsSchema },
  { table: 'import', column: 'mapping', schema: mappingSchema, except: `status = 'uploading'` },
  { table: 'import_mapping', column: 'mapping', schema: mappingSchema },
  { table: 'organisation', column: 'activity_types', schema: ownTypesSchema },
  { table: 'notification', column: 'about', schema: noticeSchema },
  { table: 'dispute', column: 'expected', schema: expectedSchema },
];
