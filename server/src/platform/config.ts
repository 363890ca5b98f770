import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const schema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string().min(1).default('.data'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
    DEMO: z.enum(['on', 'off']).optional(),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info'),
    CLIENT_DIST: z.string().optional(),
    TRUST_PROXY: z.string().default('loopback'),
    METRICS_TOKEN: z.string().min(16).optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .refine((url) => URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`, {
        error: 'scheme, host and perhaps a port: nothing after them',
      })
      .transform((url) => new URL(url).origin)
      .optional(),
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    dataDir: path.resolve(env.DATA_DIR.replace(/^~(?=$|\/)/, os.homedir())),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    poolSize: env.DATABASE_POOL,
    demo: env.DEMO,
    logLevel: env.LOG_LEVEL,
    clientDist: env.CLIENT_DIST,
    trustProxy: env.TRUST_PROXY,
    metricsToken: env.METRICS_TOKEN,
    publicUrl: env.PUBLIC_URL,
  }));

export type Config = z.output<typeof schema>;

/** Reads the environment once; an empty variable counts as not set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The environment is not usable:\n${faults.join('\n')}`);
}

/** Shown to the operator as it is, without a stack. */
export class ConfigError extends Error {}
