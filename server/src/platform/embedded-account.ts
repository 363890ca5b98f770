import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Whom PostgreSQL runs as. It refuses root, so root has to lend it somebody else's name. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** What to put before a command, when a user namespace makes root look like anybody. */
  readonly wrap: readonly string[];
}

const UNSHARE = ['unshare', '-U', '--map-user=1', '--map-group=1'];

/** A program as that account runs it: what to spawn, with which arguments. */
export function through(
  { wrap }: Pick<Account, 'wrap'>,
  program: string,
  args: readonly string[],
): [string, string[]] {
  const [wrapper, ...rest] = wrap;
  return wrapper === undefined ? [program, [...args]] : [wrapper, [...rest, program, ...args]];
}

/** Chooses the account for a data folder; an existing folder keeps the one that owns it. */
export function chooseAccount(binaries: string, dir: string, data: string): Account {
  const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  const owner = fs.statSync(data, { throwIfNoEntry: false })?.uid;
  if (self.uid !== 0) {
    if (owner === undefined || owner === self.uid) return { ...self, wrap: [] };
    throw new Error(`${data} belongs to user ${owner}, we run as ${self.uid}: run as that user`);
  }
  const names = owner === undefined ? ['postgres', 'nobody'] : owner === 0 ? [] : [`${owner}`];
  for (const name of names) {
    const account = lookUp(name);
    if (account && reaches(account, binaries, dir)) return account;
  }
  // A home that only root can enter: in a user namespace we look unprivileged, files stay root's.
  const inside = { ...self, wrap: UNSHARE };
  const free = owner === undefined || owner === 0;
  if (free && spawnSync(...version(inside, binaries)).status === 0) return inside;
  throw new Error(
    `PostgreSQL refuses to run as root, and no other account can reach ${binaries} and ${dir}. ` +
      "Run as another user, move out of root's home, or set DATABASE_URL.",
  );
}

const version = (account: Account, binaries: string) =>
  through(account, path.join(binaries, 'postgres'), ['--version']);

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => {
    const asked = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return asked.status === 0 ? Number(asked.stdout) : Number.NaN;
  };
  const [uid, gid] = [id('-u'), id('-g')];
  // An owner that the user list does not know still owns its folder.
  if (Number.isNaN(uid) && /^\d+$/.test(name)) return { uid: Number(name), gid: 0, wrap: [] };
  // macOS numbers `nobody` -2, which cannot be lent.
  return uid > 0 && uid < 2 ** 31 && gid >= 0 ? { uid, gid, wrap: [] } : undefined;
}

function reaches({ uid, gid }: Account, binaries: string, dir: string): boolean {
  const as = { uid, gid, cwd: '/' };
  return (
    spawnSync(path.join(binaries, 'postgres'), ['--version'], as).status === 0 &&
    spawnSync('test', ['-x', dir], as).status === 0
  );
}
