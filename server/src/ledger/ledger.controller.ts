import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  SerializeOptions,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  adjustedSchema,
  adjustmentSchema,
  budgetPageSchema,
  ledgerCheckSchema,
  postingPageSchema,
  statementQuerySchema,
  walletSchema,
  type Adjustment,
  type WalletQuery,
} from '@palmares/shared/ledger/wallet';
import { z } from 'zod';
import { Allow, From } from '../auth/access.js';
import { signatureOf, type Caller, type MemberCaller } from '../auth/caller.js';
import { NeedsKey, RequiredKey, type CommandKey } from '../http/command-key.js';
import { LedgerCheckService } from './ledger-check.service.js';
import { LedgerService } from './ledger.service.js';
import { WalletService } from './wallet.service.js';

const idSchema = z.uuid();
const listSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.uuid().optional(),
});

@ApiTags('points')
@Controller('api')
export class LedgerController {
  constructor(
    private readonly ledger: LedgerService,
    private readonly wallets: WalletService,
    private readonly checks: LedgerCheckService,
  ) {}

  @Get('members/:id/wallet')
  @Allow('ledger.read')
  @ApiOperation({ summary: 'The points of a member' })
  @ApiResponse({ status: 200, standardSchema: walletSchema })
  @SerializeOptions({ schema: walletSchema })
  wallet(@From() caller: Caller, @Param('id', { schema: idSchema }) id: string) {
    return this.wallets.walletOf(caller.organisationId, id);
  }

  @Get('members/:id/wallet/postings')
  @Allow('ledger.read')
  @ApiOperation({ summary: 'The statement of a member, the latest posting first' })
  @ApiResponse({ status: 200, standardSchema: postingPageSchema })
  @SerializeOptions({ schema: postingPageSchema })
  postings(
    @From() caller: Caller,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: statementQuerySchema }) query: WalletQuery,
  ) {
    return this.wallets.postingsOf(caller.organisationId, id, query);
  }

  @Post('ledger/adjustments')
  @HttpCode(201)
  // No key: somebody has to have signed.
  @Allow('ledger.adjust')
  @NeedsKey()
  @ApiOperation({ summary: 'Give points to a member, or take them, with a reason' })
  @ApiResponse({ status: 201, standardSchema: adjustedSchema })
  @SerializeOptions({ schema: adjustedSchema })
  adjust(
    @From() caller: MemberCaller,
    @RequiredKey() key: CommandKey,
    @Body({ schema: adjustmentSchema }) adjustment: Adjustment,
  ) {
    const by = { memberId: caller.memberId, signature: signatureOf(caller) };
    return this.ledger.adjust(caller.organisationId, by, key, adjustment);
  }

  @Get('ledger/check')
  @Allow('ledger.read')
  @ApiOperation({ summary: 'Whether every balance is what the postings say' })
  @ApiResponse({ status: 200, standardSchema: ledgerCheckSchema })
  @SerializeOptions({ schema: ledgerCheckSchema })
  check(@From() caller: Caller) {
    return this.checks.check(caller.organisationId);
  }

  @Get('budgets')
  @Allow('budget.read')
  @ApiOperation({ summary: 'Budgets, the newest first' })
  @ApiResponse({ status: 200, standardSchema: budgetPageSchema })
  @SerializeOptions({ schema: budgetPageSchema })
  budgets(
    @From() caller: Caller,
    @Query({ schema: listSchema }) query: z.output<typeof listSchema>,
  ) {
    return this.wallets.budgets(caller.organisationId, query.limit, query.cursor);
  }
}
