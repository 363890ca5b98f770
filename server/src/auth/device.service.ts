import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../platform/database.js';
import { AuthService } from './auth.service.js';
import { findPerson } from './person.store.js';
import { isSame } from './session-secret.js';

/** Of one browser; whoever signed in first is forgotten first. */
const MOST = 8;
const COOKIE = /^([\w-]{16})((?:\.[\w-]{22})+)$/;

/**
 * Browsers in which somebody has signed in. Their cookie reads `<name>.<mark>.<mark>…`: a random
 * name, and for each e-mail a signature of name, e-mail and password hash, which only the server can
 * make. Another password makes the marks of the one before worthless.
 */
@Injectable()
export class DeviceService {
  constructor(
    private readonly database: Database,
    private readonly auth: AuthService,
  ) {}

  /** The name of a browser in which somebody has signed in with this e-mail. */
  async known(cookie: string | undefined, email: string): Promise<string | undefined> {
    const { name, marks } = read(cookie);
    if (name === undefined) return undefined;
    const mark = await this.database.read((tx) => this.mark(tx, name, email));
    return marks.some((one) => isSame(one, mark)) ? name : undefined;
  }

  /** The cookie of a browser in which somebody has just signed in. */
  async remember(tx: Tx, cookie: string | undefined, email: string): Promise<string> {
    const { name = randomBytes(12).toString('base64url'), marks } = read(cookie);
    const mark = await this.mark(tx, name, email);
    const others = marks.filter((one) => one !== mark);
    return [name, ...[...others, mark].slice(-MOST)].join('.');
  }

  private async mark(tx: Tx, name: string, email: string): Promise<string> {
    const passwordHash = (await findPerson(tx, email))?.passwordHash ?? '';
    const seal = await this.auth.seal(`device:${name}:${email}:${passwordHash}`, tx);
    return seal.toString('base64url').slice(0, 22);
  }
}

function read(cookie = ''): { name?: string; marks: string[] } {
  const [, name, marks = ''] = COOKIE.exec(cookie.slice(0, 1_000)) ?? [];
  return name === undefined ? { marks: [] } : { name, marks: marks.split('.').slice(1) };
}
