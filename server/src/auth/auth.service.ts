import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ApiKeyView } from '@palmares/shared/auth/api-key';
import type { BoardLinkView } from '@palmares/shared/auth/board-link';
import type { Scope } from '@palmares/shared/auth/scope';
import { v7 as uuid, validate as isUuid } from 'uuid';
import { AuditService, type AuditEntry } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { BriefMemory } from '../platform/brief-memory.js';
import { ProvenanceService } from '../people/provenance.service.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import * as store from './auth.store.js';
import * as links from './board-link.store.js';
import type { Caller } from './caller.js';
import { DemoGate } from './demo-gate.js';

/** A revocation is heard at once; this is for when the line to the database is down. */
const REMEMBERED_MS = 5_000;

/** So late may be when a key or a link was last used: it is not written down with every request. */
const USED_MS = 60_000;

const sha256 = (text: string) => hash('sha256', text, 'buffer');
const memoryKey = (token: string) => hash('sha256', token, 'base64');

/** Keys read `pal_key_<id>_<secret>`, board links `pal_board_<id>_<signature>`. */
const TOKEN = /^pal_(key|board)_([0-9a-f]{32})_([\w-]{43})$/;

const compact = (id: string) => id.replaceAll('-', '');
const expand = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

@Injectable()
export class AuthService {
  private secret: Buffer | undefined;
  private readonly callers = new BriefMemory<Caller>(REMEMBERED_MS);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signal: Signal,
    private readonly audit: AuditService,
    private readonly gate: DemoGate,
    private readonly provenance: ProvenanceService,
    people: PeopleService,
  ) {
    signal.on(({ kind }) => kind === 'revoked' && this.callers.clear());
    signal.onReconnected(() => this.callers.clear());
    // A key stops when its maker stops being an admin: each process has to read the key again.
    people.onMembersSaved(async (tx, { organisationId }, members) => {
      const ids = members.map(({ id }) => id);
      const keys = ids.length > 0 ? await store.keysMadeBy(tx, organisationId, ids) : [];
      for (const credentialId of keys) await signal.send(tx, { kind: 'revoked', credentialId });
    });
  }

  /**
   * Makes an API key. `createdBy` is the member who answers for it, or null for the command line.
   * The text of the key is returned once and is not stored.
   */
  async createKey(
    organisationId: string,
    scopes: readonly Scope[],
    name = 'API',
    createdBy: string | null = null,
  ): Promise<{ id: string; key: string }> {
    const id = uuid();
    const secret = randomBytes(32).toString('base64url');
    const given = { organisationId, id, name, scopes: [...scopes], createdBy };
    const row = { ...given, secretHash: sha256(secret) };
    await this.database.transaction(async (tx) => {
      await store.insertKey(tx, row, this.clock.now());
      await this.provenance.note(tx, organisationId, `key:${id}`, 'account');
      const after = { scopes: row.scopes, createdBy };
      const action = 'key.create';
      await this.audit.write(tx, { organisationId, action, subject: `key:${id}`, after });
    });
    return { id, key: `pal_key_${compact(id)}_${secret}` };
  }

  async listKeys(organisationId: string): Promise<ApiKeyView[]> {
    const rows = await this.database.read((tx) =>
      store.listKeys(tx, organisationId, this.clock.now()),
    );
    return rows.map(({ createdAt, lastUsedAt, revokedAt, ...key }) => ({
      ...key,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
    }));
  }

  /** Whoever uses it is shown out. Problems: `not-found`. */
  async revokeKey(organisationId: string, id: string): Promise<void> {
    const entry = { organisationId, action: 'key.revoke', subject: `key:${id}` } as const;
    await this.revoke(id, entry, (tx) => store.revokeKey(tx, organisationId, id, this.clock.now()));
  }

  /** Makes a link to one board, good until revoked. */
  async createBoardLink(
    organisationId: string,
    challengeId: string,
    createdBy: string | null = null,
  ): Promise<{ id: string; token: string }> {
    const id = uuid();
    const row = { organisationId, id, challengeId, createdBy };
    await this.database.transaction(async (tx) => {
      await links.insertLink(tx, row, this.clock.now());
      const after = { challengeId };
      const action = 'board-link.create';
      await this.audit.write(tx, { organisationId, action, subject: `link:${id}`, after });
    });
    return { id, token: await this.boardToken(id) };
  }

  /** All links to a board, those too that are good no more; their tokens are not told again. */
  async listBoardLinks(organisationId: string, challengeId: string): Promise<BoardLinkView[]> {
    const rows = await this.database.read((tx) => links.listLinks(tx, organisationId, challengeId));
    return rows.map(({ createdAt, lastUsedAt, revokedAt, ...link }) => ({
      ...link,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
    }));
  }

  /** The token of the oldest link to a board that has not been revoked. */
  async standingBoardLink(
    organisationId: string,
    challengeId: string,
  ): Promise<string | undefined> {
    const id = await this.database.read((tx) => links.oldestLink(tx, organisationId, challengeId));
    return id && this.boardToken(id);
  }

  /** The challenge that a link, revoked or not, shows. Problems: `not-found`. */
  async challengeOfLink(organisationId: string, id: string): Promise<string> {
    const found = await this.database.read((tx) => links.challengeOf(tx, organisationId, id));
    if (!found) throw new ProblemError('not-found');
    return found;
  }

  /** Whoever watches by the link is shown out. Problems: `not-found`. */
  async revokeBoardLink(organisationId: string, id: string): Promise<void> {
    const entry = { organisationId, action: 'board-link.revoke', subject: `link:${id}` } as const;
    await this.revoke(id, entry, (tx) =>
      links.revokeLink(tx, organisationId, id, this.clock.now()),
    );
  }

  /** Who bears this token. Problems: `unauthenticated`. */
  async identify(token: string): Promise<Caller> {
    return this.callers.get(memoryKey(token), () => this.find(token));
  }

  /** The same, where it is remembered. */
  remembered(token: string): Caller | undefined {
    return this.callers.peek(memoryKey(token));
  }

  /** Of these keys the ones that open no longer. */
  async goneKeys(ids: readonly string[]): Promise<string[]> {
    const now = this.clock.now();
    const open = await this.database.read((tx) => store.openingKeys(tx, ids, now));
    const gone = ids.filter((id) => !open.includes(id));
    if (gone.length > 0) this.callers.clear();
    return gone;
  }

  private async revoke(
    credentialId: string,
    entry: AuditEntry,
    close: (tx: Tx) => Promise<boolean | undefined>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const closed = await close(tx);
      if (closed === undefined) throw new ProblemError('not-found');
      // It was before: that has been noted and told.
      if (!closed) return;
      await this.audit.write(tx, entry);
      await this.signal.send(tx, { kind: 'revoked', credentialId });
    });
    this.callers.clear();
  }

  private async find(token: string): Promise<Caller> {
    const [, kind, compactId = '', proof = ''] = TOKEN.exec(token) ?? [];
    const id = expand(compactId);
    const caller =
      kind === 'key'
        ? await this.keyCaller(id, proof)
        : kind === 'board' && isUuid(id)
          ? await this.linkCaller(id, proof)
          : undefined;
    if (!caller || (await this.isShut(caller))) throw new ProblemError('unauthenticated');
    return caller;
  }

  private async isShut({ organisationId }: Caller): Promise<boolean> {
    if (this.gate.isOpen) return false;
    return this.database.read((tx) => store.isDemo(tx, organisationId));
  }

  private async keyCaller(id: string, secret: string): Promise<Caller | undefined> {
    const row = await this.database.read((tx) => store.findKey(tx, id, this.clock.now()));
    if (!row || !timingSafeEqual(row.secretHash, sha256(secret))) return undefined;
    const { organisationId, scopes, createdBy } = row;
    await this.used(row, (tx, now) => store.noteUse(tx, organisationId, id, now));
    return { kind: 'key', organisationId, keyId: id, scopes, createdBy };
  }

  private async used(
    { lastUsedAt }: { lastUsedAt: Date | null },
    note: (tx: Tx, now: Date) => Promise<void>,
  ): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - (lastUsedAt?.getTime() ?? -Infinity) <= USED_MS) return;
    await this.database.read((tx) => note(tx, now));
  }

  private async linkCaller(id: string, signature: string): Promise<Caller | undefined> {
    const expected = Buffer.from(await this.sign(id));
    if (!timingSafeEqual(expected, Buffer.from(signature))) return undefined;
    const row = await this.database.read((tx) => links.findLink(tx, id));
    if (!row) return undefined;
    const { organisationId, challengeId } = row;
    await this.used(row, (tx, now) => links.noteLinkUse(tx, organisationId, id, now));
    return { kind: 'board-link', organisationId, linkId: id, challengeId };
  }

  private async boardToken(id: string): Promise<string> {
    return `pal_board_${compact(id)}_${await this.sign(id)}`;
  }

  /** Turns ids into others, always the same of one thing, by which nobody finds the first ones. */
  async veil(tx: Tx, of: string): Promise<(id: string) => string> {
    const key = createHmac('sha256', await this.signingKey(tx))
      .update(`veil:${of}`)
      .digest();
    return (id) => uuidOf(createHmac('sha256', key).update(id).digest());
  }

  /** A signature that only this installation can make. */
  async seal(text: string, tx?: Tx): Promise<Buffer> {
    const find = (within: Tx) => this.signingKey(within);
    const key = this.secret ?? (await (tx ? find(tx) : this.database.read(find)));
    return createHmac('sha256', key).update(text).digest();
  }

  private async sign(id: string): Promise<string> {
    const key = await this.database.read((tx) => this.signingKey(tx));
    return createHmac('sha256', key).update(`board:${id}`).digest('base64url');
  }

  private async signingKey(tx: Tx): Promise<Buffer> {
    this.secret ??=
      (await store.findSigningKey(tx)) ??
      // Not in the transaction of whoever asks, which may only read.
      (await this.database.transaction((own) => store.signingKey(own, randomBytes(32))));
    return this.secret;
  }
}

/** A UUID of our own making (version 8) from the first bytes of a digest. */
function uuidOf(digest: Buffer): string {
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
