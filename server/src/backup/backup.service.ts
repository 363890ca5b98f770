import { Injectable } from '@nestjs/common';
import { RebuildService } from '../intake/rebuild.service.js';
import { PeopleService } from '../people/people.service.js';
import { Database, type Tx } from '../platform/database.js';
import { BackupError, readBackup, writeBackup, type Section } from './backup-file.js';
import * as store from './backup.store.js';
import { storedJson, type StoredJson } from './stored-json.js';

export interface RestoreReport {
  rows: Record<string, number>;
  organisations: number;
  /** What the replay of every organisation finds wrong; none when all is well. */
  differences: number;
}

/** All that the database holds in one file, and back. */
@Injectable()
export class BackupService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly rebuild: RebuildService,
  ) {}

  /** Writes every table, all of one instant, beside a running server. The file must be new. */
  async backup(file: string): Promise<{ rows: Record<string, number> }> {
    return this.database.snapshot(async (tx) => {
      const migrations = await store.migrations(tx);
      const header = { format: 'palmares-backup', version: 1, migrations } as const;
      return { rows: await writeBackup(file, header, this.sections(tx)) };
    });
  }

  /**
   * Fills an empty database from a backup of the same schema, reads every definition in it by its
   * schema, so that nothing is computed by one that this product does not write, then replays every
   * organisation.
   * @throws BackupError when the database is not empty, or the file not usable
   */
  async restore(file: string): Promise<RestoreReport> {
    const rows = await this.database.transaction(async (tx) => {
      if (!(await store.isEmpty(tx))) {
        throw new BackupError('a backup is restored into an empty database, and this one is not');
      }
      const own = await store.migrations(tx);
      await store.clearInstallation(tx);
      const filled = await readBackup(
        file,
        async ({ migrations }) => refuseOtherSchema(migrations, own),
        (table, columns, lines) => this.fill(tx, table, columns, lines),
      );
      for (const stored of storedJson) await refuseForeign(tx, stored);
      return filled;
    });
    const organisations = await this.people.organisations();
    let differences = 0;
    for (const { id } of organisations) differences += (await this.rebuild.check(id)).differences;
    return { rows, organisations: organisations.length, differences };
  }

  private async fill(
    tx: Tx,
    table: string,
    columns: readonly string[],
    lines: AsyncIterable<string>,
  ): Promise<number> {
    const own = this.known(table, columns);
    return store.fill(tx, own, columns, lines).catch((error: Error) => {
      if (error instanceof BackupError) throw error;
      throw new BackupError(`${table} cannot be filled: ${error.message}`);
    });
  }

  private async *sections(tx: Tx): AsyncGenerator<Section> {
    for (const { table, columns } of this.tables()) {
      yield { table, columns, lines: store.rowsOf(tx, table, columns) };
    }
  }

  private tables() {
    return this.database.dataSource.entityMetadatas.map(({ tableName, columns }) => {
      return { table: tableName, columns: columns.map(({ databaseName }) => databaseName) };
    });
  }

  /** A table of ours with columns of ours: names go into statements. */
  private known(table: string, columns: readonly string[]): string {
    const own = this.tables().find((one) => one.table === table);
    if (own && columns.every((column) => own.columns.includes(column))) return table;
    throw new BackupError(`there is no table ${table} with these columns`);
  }
}

function refuseOtherSchema(theirs: readonly string[], ours: readonly string[]): void {
  if (theirs.join() === ours.join()) return;
  throw new BackupError(
    `the backup has the schema of ${theirs.at(-1) ?? 'nothing'}, this version that of ` +
      `${ours.at(-1) ?? 'nothing'}: restore it with the version that made it, then upgrade`,
  );
}

/** @throws BackupError where a definition is none that this product writes */
async function refuseForeign(tx: Tx, stored: StoredJson): Promise<void> {
  const { table, column, schema } = stored;
  for (const { json } of await store.jsonOf(tx, stored)) {
    const { error } = schema.safeParse(json);
    const [issue] = error?.issues ?? [];
    if (!issue) continue;
    const where = issue.path.map(String).join('.');
    throw new BackupError(
      `${table}.${column} holds what is no definition of ours: ${where} ${issue.message}`,
    );
  }
}
