// One real PostgreSQL for the whole run; each test file makes its own database in it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '@palmares/server/platform/embedded';

export default async function () {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-test-'));
  // PostgreSQL does not run as root: the account it gets has to pass through.
  fs.chmodSync(dir, 0o711);
  const cluster = await startEmbedded(dir);
  globalThis.palmaresCluster = { cluster, dir };
  process.env.TEST_DATABASE_HOST = cluster.cfg.host;
  process.env.TEST_DATABASE_PASSWORD = cluster.cfg.password;
}
