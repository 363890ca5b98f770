import type { DataSource } from 'typeorm';
import type { Config } from './platform/config.js';
import { openEmbedded, startEmbedded } from './platform/embedded.js';

export interface OpenDatabase {
  dataSource: DataSource;
  embedded: boolean;
  /** Settles when an embedded database has gone by itself. */
  lost: Promise<Error>;
  close(): Promise<void>;
}

const never = new Promise<Error>(() => {});

/**
 * The database of `DATABASE_URL`, or the embedded one; up to date either way. A server owns the
 * embedded database, a command joins it when a server runs.
 */
export async function openDatabase(
  config: Config,
  mode: 'own' | 'join',
  onWait: (message: string) => void,
): Promise<OpenDatabase> {
  const open = mode === 'own' ? startEmbedded : openEmbedded;
  const [embedded, { createDataSource }, { migrate }] = await Promise.all([
    config.databaseUrl ? undefined : open(config.dataDir, { onWait }),
    import('./data-source.js'),
    import('./platform/migrate.js'),
  ]);
  const address = embedded ? embedded.cfg : { url: config.databaseUrl ?? '' };
  const dataSource = createDataSource(address, config.poolSize);
  try {
    await dataSource.initialize();
    await migrate(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.stop();
    throw error;
  }
  return {
    dataSource,
    embedded: embedded !== undefined,
    lost: embedded?.lost ?? never,
    close: async () => {
      await dataSource.destroy();
      await embedded?.stop();
    },
  };
}
