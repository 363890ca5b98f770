// A PostgreSQL of the benchmark's own, shared by what is measured and its rival, gone afterwards.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '@palmares/server/platform/embedded';
import { types } from '@palmares/server/platform/database';
import pg from 'pg';

/** Starts a cluster in a folder for temporary files. */
export async function startCluster() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-bench-'));
  // PostgreSQL does not run as root: the account it gets has to pass through.
  fs.chmodSync(dir, 0o711);
  const embedded = await startEmbedded(dir);
  const { host, port, user, password } = embedded.cfg;
  const address = (database) => ({ host, port, user, password, database, types });

  const [pid] = fs.readFileSync(path.join(dir, 'pgdata/postmaster.pid'), 'utf8').split('\n');
  return {
    dir,
    pid: Number(pid),
    address,
    /** For a program of its own, which is told by an environment variable. */
    url: (database) =>
      `postgresql://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host)}`,
    async createDatabase(name) {
      await withClient(address('palmares'), (client) => client.query(`create database ${name}`));
    },
    /** What only the owner of the cluster may do. */
    asOwner: (database, work) => withClient({ ...address(database), user: 'postgres' }, work),
    async stop() {
      await embedded.stop();
      fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export async function withClient(config, work) {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
