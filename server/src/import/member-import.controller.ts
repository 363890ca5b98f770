import { Controller, HttpCode, Post, SerializeOptions } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { importSchema } from '@palmares/shared/import/import';
import { Allow, From } from '../auth/access.js';
import type { Caller } from '../auth/caller.js';
import { Form, type Upload } from '../http/upload.js';
import { ImportDesk } from './import-desk.js';
import { importForm } from './import-form.js';

@ApiTags('members')
@Controller('api/members')
export class MemberImportController {
  constructor(private readonly desk: ImportDesk) {}

  @Post('import')
  @HttpCode(202)
  @Allow('member.manage')
  @ApiOperation({ summary: 'Import people by a file at once; /api/imports/{id} tells how it goes' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: importForm })
  @ApiResponse({ status: 202, standardSchema: importSchema })
  @SerializeOptions({ schema: importSchema })
  import(@From() caller: Caller, @Form() form: Upload) {
    return this.desk.importMembers(caller, form);
  }
}
