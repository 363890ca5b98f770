import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  apiKeyInputSchema,
  apiKeySchema,
  issuedApiKeySchema,
  type ApiKeyInput,
} from '@palmares/shared/auth/api-key';
import { z } from 'zod';
import { Allow, From } from './access.js';
import { AuthService } from './auth.service.js';
import { answerableFor, type Caller } from './caller.js';

const listSchema = z
  .object({ items: z.array(apiKeySchema), nextCursor: z.null() })
  .meta({ id: 'ApiKeys' });

@ApiTags('keys')
@Controller('api/keys')
@Allow('key.manage')
export class ApiKeyController {
  constructor(private readonly auth: AuthService) {}

  @Get()
  @ApiOperation({ summary: 'Every key there ever was, newest first' })
  @ApiResponse({ status: 200, standardSchema: listSchema })
  @SerializeOptions({ schema: listSchema })
  async list(@From() caller: Caller) {
    return { items: await this.auth.listKeys(caller.organisationId), nextCursor: null };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Make a key; it is shown once' })
  @ApiResponse({ status: 201, standardSchema: issuedApiKeySchema })
  @SerializeOptions({ schema: issuedApiKeySchema })
  create(
    @From() caller: Caller,
    @Body({ schema: apiKeyInputSchema }) { name, scopes }: ApiKeyInput,
  ) {
    return this.auth.createKey(caller.organisationId, scopes, name, answerableFor(caller));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key, at once and for good' })
  revoke(@From() caller: Caller, @Param('id', { schema: z.uuid() }) id: string) {
    return this.auth.revokeKey(caller.organisationId, id);
  }
}
