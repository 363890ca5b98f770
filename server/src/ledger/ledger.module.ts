import { Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { LiveModule } from '../live/live.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ExpiryService } from './expiry.service.js';
import { LedgerCheckService } from './ledger-check.service.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerService } from './ledger.service.js';
import { SpendingService } from './spending.service.js';
import { WalletController } from './wallet.controller.js';
import { WalletService } from './wallet.service.js';

@Module({
  imports: [HttpModule, LiveModule, PeopleModule],
  controllers: [WalletController, LedgerController],
  providers: [LedgerService, SpendingService, WalletService, ExpiryService, LedgerCheckService],
  exports: [LedgerService, SpendingService, WalletService, ExpiryService, LedgerCheckService],
})
export class LedgerModule {}
