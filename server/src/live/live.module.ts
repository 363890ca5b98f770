import { Module } from '@nestjs/common';
import { LiveGateway } from './live.gateway.js';
import { Notices } from './notices.js';
import { Signal } from './signal.js';

@Module({
  providers: [LiveGateway, Signal, Notices],
  exports: [LiveGateway, Signal, Notices],
})
export class LiveModule {}
