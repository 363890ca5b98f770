import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  savedMappingInputSchema,
  savedMappingSchema,
  type SavedMappingInput,
} from '@palmares/shared/import/import';
import { textSchema } from '@palmares/shared/quantity/text';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { MappingService } from './mapping.service.js';
import { signerOf } from './signer.js';

const idSchema = z.uuid();
const pageSchema = z
  .object({ items: z.array(savedMappingSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'SavedMappingPage' });
const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: textSchema(120).optional(),
});
const changeSchema = savedMappingInputSchema.partial().meta({ id: 'SavedMappingChange' });

@ApiTags('imports')
@Controller('api/import-mappings')
export class MappingController {
  constructor(private readonly mappings: MappingService) {}

  @Get()
  @Allow('import.run')
  @ApiOperation({ summary: 'List the saved mappings by name' })
  @ApiResponse({ status: 200, standardSchema: pageSchema })
  @SerializeOptions({ schema: pageSchema })
  list(
    @From() caller: Caller,
    @Query({ schema: listSchema }) { limit, cursor }: z.output<typeof listSchema>,
  ) {
    return this.mappings.list(caller.organisationId, signerOf(caller), limit, cursor);
  }

  @Post()
  @HttpCode(201)
  @Allow('import.run')
  @ApiOperation({ summary: 'Save a mapping under a name' })
  @ApiBody({ standardSchema: savedMappingInputSchema } as never)
  @ApiResponse({ status: 201, standardSchema: savedMappingSchema })
  @SerializeOptions({ schema: savedMappingSchema })
  save(
    @From() caller: Caller,
    @Body({ schema: savedMappingInputSchema }) input: SavedMappingInput,
  ) {
    return this.mappings.save(caller.organisationId, signerOf(caller), input);
  }

  @Patch(':id')
  @Allow('import.run')
  @ApiOperation({ summary: 'Rename or change a saved mapping' })
  @ApiBody({ standardSchema: changeSchema } as never)
  @ApiResponse({ status: 200, standardSchema: savedMappingSchema })
  @SerializeOptions({ schema: savedMappingSchema })
  change(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: changeSchema }) input: z.output<typeof changeSchema>,
  ) {
    const change = input as Partial<SavedMappingInput>;
    return this.mappings.change(caller.organisationId, signerOf(caller), id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('import.run')
  @ApiOperation({ summary: 'Forget a saved mapping' })
  remove(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.mappings.remove(caller.organisationId, signerOf(caller), id);
  }
}
