import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  importSchema,
  importSummarySchema,
  importUndoSchema,
} from '@palmares/shared/import/import';
import { mappingSchema } from '@palmares/shared/import/mapping';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { Form, type Upload } from '../http/upload.js';
import { ImportDesk } from './import-desk.js';
import { importForm } from './import-form.js';

const idSchema = z.uuid();
const pageSchema = z
  .object({ items: z.array(importSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'ImportPage' });
const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});
const changeSchema = z
  .strictObject({ mapping: mappingSchema.optional() })
  .meta({ id: 'ImportChange' });

/** The version that an `If-Match` names; what is no version of ours matches none. */
function versionIn(tag: string | undefined): number | undefined {
  if (tag === undefined || tag.trim() === '*') return undefined;
  const [, number] = /^\s*"(\d{1,9})"\s*$/.exec(tag) ?? [];
  return number === undefined ? -1 : Number(number);
}

@ApiTags('imports')
@Controller('api/imports')
export class ImportController {
  constructor(private readonly desk: ImportDesk) {}

  @Post()
  @HttpCode(201)
  @Allow('import.run')
  @ApiOperation({ summary: 'Bring a file, CSV or XLSX: a draft with its preview' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: importForm })
  @ApiResponse({ status: 201, standardSchema: importSchema })
  @SerializeOptions({ schema: importSchema })
  upload(@From() caller: Caller, @Form() form: Upload) {
    return this.desk.upload(caller, form);
  }

  @Get()
  @Allow('import.run')
  @ApiOperation({ summary: 'List imports, the newest first' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(
    @From() caller: Caller,
    @Query({ schema: listSchema }) { limit, cursor }: z.output<typeof listSchema>,
  ) {
    return this.desk.list(caller, limit, cursor);
  }

  @Get(':id')
  @Allow('import.run')
  @ApiOperation({ summary: 'Show an import: what it is, and how far it has come' })
  @ApiResponse({ status: 200, standardSchema: importSchema })
  @SerializeOptions({ schema: importSchema })
  view(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.desk.view(caller, id);
  }

  @Patch(':id')
  @Allow('import.run')
  @ApiOperation({ summary: 'Read a draft by another mapping, or try it again: a new preview' })
  @ApiBody({ standardSchema: changeSchema } as never)
  @ApiResponse({ status: 200, standardSchema: importSchema })
  @SerializeOptions({ schema: importSchema })
  change(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: changeSchema }) { mapping }: z.output<typeof changeSchema>,
  ) {
    return this.desk.change(caller, id, mapping);
  }

  @Post(':id/commit')
  @HttpCode(202)
  @Allow('import.run')
  @ApiOperation({ summary: 'Record a draft, or go on with an import that has failed' })
  @ApiResponse({ status: 202, standardSchema: importSchema })
  @SerializeOptions({ schema: importSchema })
  @ApiHeader({ name: 'If-Match', required: false, description: 'the version that was shown' })
  commit(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('if-match') shown?: string,
  ) {
    return this.desk.commit(caller, id, versionIn(shown));
  }

  @Get(':id/refused.csv')
  @Allow('import.run')
  @Header('content-type', 'text/csv; charset=utf-8')
  @ApiOperation({ summary: 'The refused rows as they were, with the reason beside each' })
  @ApiResponse({ status: 200, content: { 'text/csv': { schema: { type: 'string' } } } })
  refused(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.desk.refused(caller, id);
  }

  @Get(':id/undo')
  @Allow('import.run')
  @ApiOperation({ summary: 'What an undo of the import would take back now' })
  @ApiResponse({ status: 200, standardSchema: importUndoSchema })
  @SerializeOptions({ schema: importUndoSchema })
  undoPreview(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.desk.undoPreview(caller, id);
  }

  @Post(':id/undo')
  @HttpCode(202)
  @Allow('import.run')
  @ApiOperation({ summary: 'Take an import of activities back as a whole' })
  @ApiResponse({ status: 202, standardSchema: importSchema })
  @SerializeOptions({ schema: importSchema })
  undo(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.desk.undo(caller, id);
  }
}
