import { z } from 'zod';
import { textSchema } from '../quantity/text.js';
import { mappingKinds } from './field.js';
import { mappingSchema } from './mapping.js';

export const importStatuses = [
  'draft',
  'queued',
  'running',
  'done',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** The most bytes of one file. */
export const FILE_MAX_BYTES = 200_000_000;

/** How many rows a preview reads, how many faults and how many results it shows. */
export const PREVIEW_ROWS = 5_000;
export const PREVIEW_SHOWN = 20;

/** A row that was, or would be, refused: its line, the place in what it means, and the reason. */
export const refusedRowSchema = z
  .object({
    line: z.int().meta({ description: 'in the file, from 1' }),
    pointer: z.string().meta({ description: 'RFC 6901, into what the row means' }),
    code: z.string(),
    detail: z.string(),
    row: z.array(z.string()).meta({ description: 'its cells, in the order of the columns' }),
  })
  .meta({ id: 'RefusedRow' });
export type RefusedRow = z.infer<typeof refusedRowSchema>;

export const importColumnSchema = z
  .object({
    name: z.string(),
    samples: z.array(z.string()).meta({ description: 'different ones from the first rows' }),
  })
  .meta({ id: 'ImportColumn' });
export type ImportColumn = z.infer<typeof importColumnSchema>;

/** What an import would do, before anything is written. */
export const importPreviewSchema = z
  .object({
    rows: z.int().meta({ description: 'that were tried, from the first on' }),
    whole: z.boolean().meta({ description: 'whether these are all rows of the file' }),
    wouldRecord: z.int().meta({ description: 'activities or members, new ones or known ones' }),
    wouldWait: z.int().meta({ description: 'of these: for a member that nobody knows yet' }),
    repeated: z.int().meta({ description: 'of these: revise one that is earlier in the file' }),
    skipped: z.int().meta({ description: 'rows that the mapping passes over' }),
    wouldRefuse: z.int(),
    refused: z.array(refusedRowSchema).meta({ description: 'the first ones' }),
    items: z
      .array(z.record(z.string(), z.unknown()))
      .meta({ description: 'what the first rows mean' }),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** What has been done so far. Rows are of the file; one row may make several activities. */
export const importProgressSchema = z
  .object({
    bytesRead: z.int(),
    bytesTotal: z.int(),
    rows: z.int(),
    rowsTotal: z.int(),
    skipped: z.int().meta({ description: 'rows that the mapping passes over' }),
    recorded: z.int(),
    revised: z.int(),
    unchanged: z.int(),
    stale: z.int(),
    waiting: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'ImportProgress' });
export type ImportProgress = z.infer<typeof importProgressSchema>;

/** What an undo of an import takes back, or would. */
export const importUndoSchema = z
  .object({
    voided: z.int().meta({ description: 'that it made: they become void' }),
    restored: z.int().meta({ description: 'that it revised: they are as before' }),
    kept: z.int().meta({ description: 'that something newer has replaced: they stay' }),
    waiting: z.int().meta({ description: 'that wait for a member: they are forgotten' }),
  })
  .meta({ id: 'ImportUndo' });
export type ImportUndo = z.infer<typeof importUndoSchema>;

/** What a list shows of an import. */
export const importSummarySchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(mappingKinds),
    fileName: z.string(),
    format: z.enum(['csv', 'xlsx']),
    encoding: z.enum(['utf-8', 'utf-16', 'windows-1252']).nullable(),
    sheets: z.array(z.string()).meta({ description: 'of a workbook' }),
    sheet: z.string().nullable().meta({ description: 'the one that was read' }),
    status: z.enum(importStatuses),
    createdAt: z.iso.datetime(),
    createdBy: z.string().nullable().meta({ description: 'key:<id>, member:<id> or command' }),
    finishedAt: z.iso.datetime().nullable(),
    progress: importProgressSchema,
    undo: importUndoSchema.nullable().meta({ description: 'what its undo took back' }),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'ImportSummary' });
export type ImportSummary = z.output<typeof importSummarySchema>;

export const importSchema = z
  .object({
    ...importSummarySchema.shape,
    version: z.int().meta({ description: 'of the draft: its ETag, for If-Match of a commit' }),
    columns: z.array(importColumnSchema),
    mapping: mappingSchema,
    preview: importPreviewSchema.nullable(),
  })
  .meta({ id: 'Import' });
export type Import = z.output<typeof importSchema>;

/** A mapping that an organisation keeps under a name. */
export const savedMappingInputSchema = z
  .strictObject({ name: textSchema(120), mapping: mappingSchema })
  .meta({ id: 'SavedMappingInput' });
export type SavedMappingInput = z.output<typeof savedMappingInputSchema>;

export const savedMappingSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(mappingKinds),
    mapping: mappingSchema,
    savedBy: z.string().nullable().meta({ description: 'key:<id>, member:<id>' }),
  })
  .meta({ id: 'SavedMapping' });
export type SavedMapping = z.output<typeof savedMappingSchema>;
