import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { CONFIG, LOGGER } from '../platform/platform.module.js';
import { LINE, type Line } from './line.js';
import { LiveGateway } from './live.gateway.js';
import { Notices } from './notices.js';
import { NotifyLine } from './notify-line.js';
import { RedisLine } from './redis-line.js';
import { Signal } from './signal.js';

const line = {
  provide: LINE,
  inject: [CONFIG, Database, LOGGER],
  useFactory: ({ redisUrl }: Config, database: Database, logger: Logger): Line =>
    redisUrl === undefined ? new NotifyLine(database, logger) : new RedisLine(redisUrl, logger),
};

@Module({
  providers: [LiveGateway, line, Signal, Notices],
  exports: [LiveGateway, Signal, Notices],
})
export class LiveModule {}
