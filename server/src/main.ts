import { Clock } from './platform/clock.js';
import { ConfigError, readConfig } from './platform/config.js';
import { createLogger } from './platform/logging.js';
import { openDatabase } from './open-database.js';

async function serve(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  // Reading the server's modules takes most of a second: PostgreSQL starts meanwhile.
  const [database, { createApp }, { Demo }, { SetupService }] = await Promise.all([
    openDatabase(config, 'own', (message) => logger.info(message)),
    import('./app.js'),
    import('./demo/demo.service.js'),
    import('./auth/setup.service.js'),
  ]);
  const clock = new Clock();
  const app = await createApp({ config, dataSource: database.dataSource, clock, logger });

  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    stopping ??= (async () => {
      await app.close();
      await database.close();
      process.exit(code);
    })();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  // Whoever started us has died without a word.
  process.on('disconnect', () => stop(0));
  void database.lost.then((error) => {
    logger.fatal({ err: error }, 'the database is gone');
    stop(1);
  });

  const demo = app.get(Demo);
  // Before anybody can ask: a demo that is not wanted opens to nobody.
  const shown = await demo.prepare(database.embedded);
  await app.listen(config.port, config.host).catch((error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    throw taken ? new ConfigError(`Port ${config.port} is in use; set PORT to another.`) : error;
  });
  const url = await app.getUrl();
  logger.info({ url, docs: `${url}/api/docs` }, 'Palmarès is ready');
  if (process.stdout.isTTY) process.stdout.write(`\n  Palmarès is ready: ${url}\n\n`);
  if (!shown) {
    const token = await app.get(SetupService).offer();
    // After the '#', so that no log on the way to the server ever reads it.
    const link = `${config.publicUrl ?? url}/setup#${token}`;
    if (token) logger.info({ link }, 'Open this link once to make the first organisation');
    if (token && process.stdout.isTTY) process.stdout.write(`  First of all: ${link}\n\n`);
  }
  await demo.begin(database.embedded);
}

serve().catch((error: unknown) => {
  const known = error instanceof ConfigError;
  process.stderr.write(`${known ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
});
