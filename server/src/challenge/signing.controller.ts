import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ceilingsSchema, type Ceilings } from '@palmares/shared/challenge/ceiling';
import {
  countersigningSchema,
  countersignSchema,
  operatorSignatureSchema,
  type Countersigning,
} from '@palmares/shared/challenge/signing';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import { signatureOf, type Caller, type MemberCaller, type PersonCaller } from '../auth/caller.js';
import { CeilingService } from './ceiling.service.js';
import { certifiedSchema, challengeSchema } from './challenge-view.js';
import { CountersignService } from './countersign.service.js';
import { LaunchService } from './launch.service.js';
import { ReadingService } from './reading.service.js';

const idSchema = z.uuid();
const listSchema = z
  .object({ items: z.array(countersignSchema), nextCursor: z.null() })
  .meta({ id: 'Countersigns' });
const operatorListSchema = z
  .object({ items: z.array(operatorSignatureSchema), nextCursor: z.null() })
  .meta({ id: 'OperatorSignatures' });

@ApiTags('signing')
@Controller('api')
export class SigningController {
  constructor(
    private readonly reading: ReadingService,
    private readonly launches: LaunchService,
    private readonly countersigns: CountersignService,
    private readonly ceilings: CeilingService,
  ) {}

  @Get('ceilings')
  @Allow('challenge.audit')
  @ApiOperation({ summary: 'What may be launched without a countersignature' })
  @ApiResponse({ status: 200, standardSchema: ceilingsSchema })
  @SerializeOptions({ schema: ceilingsSchema })
  read(@From() caller: Caller) {
    return this.ceilings.read(caller.organisationId);
  }

  @Put('ceilings')
  @Allow('ceiling.set')
  @ApiOperation({ summary: 'Set the ceilings; who gains by it only lowers them' })
  @ApiResponse({ status: 200, standardSchema: ceilingsSchema })
  @SerializeOptions({ schema: ceilingsSchema })
  change(@From() caller: MemberCaller, @Body({ schema: ceilingsSchema }) ceilings: Ceilings) {
    return this.ceilings.change(caller, ceilings);
  }

  @Get('countersigns')
  @Allow('challenge.audit')
  @ApiOperation({ summary: 'Launches beyond a ceiling, the oldest request first' })
  @ApiResponse({ status: 200, standardSchema: listSchema })
  @SerializeOptions({ schema: listSchema })
  async list(@From() caller: Caller) {
    return { items: await this.countersigns.list(caller), nextCursor: null };
  }

  @Post('challenges/:id/countersign')
  @HttpCode(200)
  @Allow('challenge.countersign')
  @ApiOperation({ summary: 'Launch what waits for a countersignature' })
  @ApiResponse({ status: 200, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async countersign(
    @From() caller: MemberCaller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: countersigningSchema }) shown: Countersigning,
  ) {
    const { organisationId } = caller;
    const hand = { organisationId, signature: signatureOf(caller) };
    await this.launches.countersign(hand, id, shown);
    return this.reading.one(caller, id);
  }

  @Delete('challenges/:id/countersign')
  @HttpCode(200)
  @Allow('challenge.steer')
  @ApiOperation({ summary: 'Withdraw the request: it is a draft again' })
  @ApiResponse({ status: 200, standardSchema: challengeSchema })
  @SerializeOptions({ schema: challengeSchema })
  async withdraw(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    await this.launches.withdraw(caller, id);
    return this.reading.one(caller, id);
  }

  @Get('signatures')
  @Allow('signature.operate')
  @ApiOperation({ summary: 'Launches and certifications that only an operator can sign' })
  @ApiResponse({ status: 200, standardSchema: operatorListSchema })
  @SerializeOptions({ schema: operatorListSchema })
  async waiting(@From() { personId }: PersonCaller) {
    const items = await this.countersigns.forOperator(`person:${personId}`);
    return { items, nextCursor: null };
  }

  @Post('signatures/:id')
  @HttpCode(200)
  @Allow('signature.operate')
  @ApiOperation({ summary: 'Sign as an operator: certify a challenge, or countersign its launch' })
  @ApiResponse({ status: 200, standardSchema: certifiedSchema })
  @SerializeOptions({ schema: certifiedSchema })
  sign(
    @From() { personId }: PersonCaller,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: countersigningSchema }) shown: Countersigning,
  ) {
    return this.countersigns.signAsOperator(`person:${personId}`, id, shown);
  }
}
