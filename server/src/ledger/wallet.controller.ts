import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  lotPageSchema,
  lotQuerySchema,
  postingPageSchema,
  statementQuerySchema,
  walletSchema,
  type WalletQuery,
} from '@palmares/shared/ledger/wallet';
import { Allow, From } from '../auth/access.js';
import type { MemberCaller } from '../auth/caller.js';
import { WalletService } from './wallet.service.js';

@ApiTags('points')
@Controller('api/wallet')
@Allow('wallet.own')
export class WalletController {
  constructor(private readonly wallets: WalletService) {}

  @Get()
  @ApiOperation({ summary: 'Your own points' })
  @ApiResponse({ status: 200, standardSchema: walletSchema })
  @SerializeOptions({ schema: walletSchema })
  wallet(@From() { organisationId, memberId }: MemberCaller) {
    return this.wallets.wallet(organisationId, memberId);
  }

  @Get('postings')
  @ApiOperation({ summary: 'Your own statement, the latest posting first' })
  @ApiResponse({ status: 200, standardSchema: postingPageSchema })
  @SerializeOptions({ schema: postingPageSchema })
  postings(
    @From() { organisationId, memberId }: MemberCaller,
    @Query({ schema: statementQuerySchema }) query: WalletQuery,
  ) {
    return this.wallets.postings(organisationId, memberId, query);
  }

  @Get('lots')
  @ApiOperation({ summary: 'What is left of what you earned, the earliest to expire first' })
  @ApiResponse({ status: 200, standardSchema: lotPageSchema })
  @SerializeOptions({ schema: lotPageSchema })
  lots(
    @From() { organisationId, memberId }: MemberCaller,
    @Query({ schema: lotQuerySchema }) query: WalletQuery,
  ) {
    return this.wallets.lots(organisationId, memberId, query);
  }
}
