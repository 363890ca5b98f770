import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { through } from './embedded-account.js';
import type { Home } from './embedded-home.js';

const secretFile = ({ dir }: Pick<Home, 'dir'>) => path.join(dir, 'pg.secret');
const rulesFile = ({ data }: Pick<Home, 'data'>) => path.join(data, 'pg_hba.conf');

/** Letters and digits alone: it stands in SQL and in addresses as it is. */
const SECRET = /^[0-9a-f]{64}$/;

/** The password of the database; undefined where a server of an earlier version has set none. */
export function passwordOf(home: Pick<Home, 'dir'>): string | undefined {
  try {
    const text = fs.readFileSync(secretFile(home), 'utf8').trim();
    return SECRET.test(text) ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Who may connect and how; the mark says which password the roles have. */
function rulesFor(password: string): string {
  const mark = createHash('sha256').update(`palmares ${password}`).digest('hex');
  return [
    '# Written by Palmarès at each start. The password is in pg.secret, beside this folder.',
    `# mark ${mark}`,
    'local all all scram-sha-256',
    '',
  ].join('\n');
}

/** Made whole under another name first: of two processes that make one both read the first. */
function makePassword(home: Home): string {
  const draft = `${secretFile(home)}.${process.pid}`;
  fs.writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  // A command that root runs must leave the file to the account that runs the server.
  if (process.getuid?.() === 0) {
    const { uid, gid } = fs.statSync(home.dir);
    fs.chownSync(draft, uid, gid);
  }
  try {
    // One that another process has just made stays.
    fs.linkSync(draft, secretFile(home));
  } catch {
    // A damaged one gives way, and not every file system has links.
    if (passwordOf(home) === undefined) fs.renameSync(draft, secretFile(home));
  } finally {
    fs.rmSync(draft, { force: true });
  }
  const password = passwordOf(home);
  if (password === undefined) throw new Error(`${secretFile(home)} cannot be read`);
  return password;
}

/**
 * Has every connection ask for the password, before the server starts: a folder of an earlier
 * version, which trusted its account, or one whose password is lost, is changed in place. Returns
 * what PostgreSQL said when it could not be done, most often because another process has the data.
 */
export async function secure(home: Home): Promise<string | undefined> {
  const password = passwordOf(home) ?? makePassword(home);
  const rules = rulesFor(password);
  if (fs.readFileSync(rulesFile(home), 'utf8') === rules) return undefined;
  const failure = await setPasswords(home, password);
  if (failure !== undefined) return failure;
  const draft = `${rulesFile(home)}.${process.pid}`;
  fs.writeFileSync(draft, rules, { mode: 0o600 });
  const { uid, gid } = home.spawnOptions;
  if (uid !== undefined && gid !== undefined) fs.chownSync(draft, uid, gid);
  fs.renameSync(draft, rulesFile(home));
  return undefined;
}

/** In single-user mode, where nobody can connect: of the roles that there are. */
async function setPasswords(home: Home, password: string): Promise<string | undefined> {
  const program = path.join(home.binaries, 'postgres');
  const quiet = ['-c', 'log_min_error_statement=panic', '-c', 'log_statement=none'];
  const options = ['--single', '-D', home.data, ...quiet, 'postgres'];
  const child = spawn(...through(home.account, program, options), {
    ...home.spawnOptions,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(
    "set password_encryption = 'scram-sha-256'\n" +
      `do $$ declare one text; begin for one in select rolname from pg_roles where rolcanlogin ` +
      `loop execute format('alter role %I password ''${password}''', one); end loop; end $$\n`,
  );
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', (error) => {
      said += error.message;
      resolve(null);
    });
  });
  if (code === 0 && !/\b(?:ERROR|FATAL|PANIC):/.test(said)) return undefined;
  return said.replaceAll(password, '…').trim() || `it ended with ${code}`;
}
