import { Module } from '@nestjs/common';
import { LiveGateway } from './live.gateway.js';
import { Signal } from './signal.js';

@Module({ providers: [LiveGateway, Signal], exports: [LiveGateway, Signal] })
export class LiveModule {}
