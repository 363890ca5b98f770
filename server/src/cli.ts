import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { ZodError, z } from 'zod';
import { AppModule } from './app.module.js';
import { BackupError } from './backup/backup-file.js';
import { CommandError } from './cli/command-error.js';
import { readCommandLine, type CommandLine } from './cli/command-line.js';
import { takePassword } from './cli/password-input.js';
import { asOf } from './http/origin.js';
import { ProblemError } from './http/problem-error.js';
import { openDatabase } from './open-database.js';
import { Clock } from './platform/clock.js';
import { ConfigError, readConfig } from './platform/config.js';
import { createLogger, NestLogger } from './platform/logging.js';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** What a person reads of a failure; a stack only where we did not foresee it. */
function explain(error: unknown): string {
  const ours = [CommandError, ConfigError, BackupError].some((kind) => error instanceof kind);
  if (error instanceof Error && ours) return error.message;
  if (error instanceof ZodError) return z.prettifyError(error);
  if (error instanceof ProblemError) {
    const { title, detail } = error.problem;
    return detail ? `${title}: ${detail}` : title;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function print(answer: object, json: boolean): void {
  const text = json
    ? JSON.stringify(answer)
    : Object.entries(answer)
        .map(
          ([name, value]) =>
            `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
        )
        .join('\n');
  process.stdout.write(`${text}\n`);
}

async function run({ command, options, json, given }: CommandLine): Promise<void> {
  const config = readConfig();
  const password = command.password && (await takePassword(given, command.password, say));
  const logger = createLogger('error');
  const database = await openDatabase(config, 'join', say);
  void database.lost.then((error) => {
    say(`The database is gone: ${error.message}`);
    process.exit(1);
  });
  const surroundings = { config, dataSource: database.dataSource, clock: new Clock(), logger };
  const app = await NestFactory.createApplicationContext(AppModule.with(surroundings), {
    logger: new NestLogger(logger),
  });
  try {
    const here = { actor: 'cli', address: null, requestId: null };
    print(await asOf(here, () => command.run(app, options as never, password)), json);
  } finally {
    await app.close();
    await database.close();
  }
}

try {
  await run(readCommandLine(process.argv.slice(2)));
  process.exit(process.exitCode ?? 0);
} catch (error) {
  say(explain(error));
  process.exit(1);
}
