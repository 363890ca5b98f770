import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Clock } from './clock.js';
import type { Config } from './config.js';

export const CONFIG = Symbol('CONFIG');
export const LOGGER = Symbol('LOGGER');

/** What the outside gives to a server: its settings, its database, its clock, its log. */
export interface Surroundings {
  config: Config;
  dataSource: DataSource;
  clock: Clock;
  logger: Logger;
}
