import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { agentOf } from '@palmares/shared/auth/agent';
import type { SessionView } from '@palmares/shared/auth/session';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { BriefMemory } from '../platform/brief-memory.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import type { SignedIn } from './caller.js';
import { DemoGate } from './demo-gate.js';
import { PersonService } from './person.service.js';
import { DoorLog } from './door-log.js';
import { DeviceService } from './device.service.js';
import type { Opened } from './session-cookie.js';
import { hashOf, secret } from './session-secret.js';
import type { Visitor } from './visitor.js';
import * as store from './session.store.js';
import type { SessionRow } from './session.store.js';

const DAY_MS = 86_400_000;
/** A session ends when it has not been used for so long, and in any case some time after. */
export const IDLE_MS = 14 * DAY_MS;
export const LASTS_MS = 60 * DAY_MS;
/** So late may be what is known of its last use: it is not written down with every request. */
const SEEN_MS = 3_600_000;
/** A change is heard at once; this is for when the line to the database is down. */
const REMEMBERED_MS = 5_000;

const idOf = (tokenHash: Buffer) => tokenHash.toString('base64url');
export const ofId = (sessionId: string) => Buffer.from(sessionId, 'base64url');

interface Known {
  caller: SignedIn;
  csrf: string;
}

/** Who is signed in. A session is known by the hash of the secret in its cookie. */
@Injectable()
export class SessionService {
  private readonly known = new BriefMemory<Known>(REMEMBERED_MS);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signal: Signal,
    private readonly persons: PersonService,
    private readonly gate: DemoGate,
    private readonly devices: DeviceService,
    private readonly log: DoorLog,
    people: PeopleService,
  ) {
    signal.on(({ kind }) => kind === 'revoked' && this.known.clear());
    signal.onReconnected(() => this.known.clear());
    // Whoever is somebody else now is asked to come in again.
    people.onMembersSaved(async (tx, { organisationId }, members) => {
      if (members.length === 0) return;
      const ids = members.map(({ id }) => id);
      await this.announce(tx, await store.sessionsOfMembers(tx, organisationId, ids));
    });
  }

  /**
   * A new session of a person who has shown who they are: in the organisation named, else in the
   * only one there is for them. The session that the browser had before ends. Problems:
   * `wrong-credentials` for somebody of a demo that this process does not show.
   */
  async open(
    tx: Tx,
    personId: string,
    { before, device: cookie, agent, address }: Visitor,
    named?: string,
  ): Promise<Opened> {
    const now = this.clock.now();
    const ms = now.getTime();
    await store.sweepSessions(tx, new Date(ms - LASTS_MS), new Date(ms - IDLE_MS));
    await this.refuseShut(tx, personId, now);
    if (before !== undefined) await this.endIn(tx, hashOf(before));
    const token = secret();
    const organisationId = named ?? (await this.only(tx, personId));
    const tokenHash = hashOf(token);
    const whose = { id: uuid(), personId, organisationId };
    const session = { tokenHash, csrf: secret(), ...whose, ...agentOf(agent) };
    await store.insertSession(tx, session, now);
    if (named) await store.rememberPick(tx, personId, named);
    const view = await this.viewIn(tx, tokenHash);
    const device = await this.devices.remember(tx, cookie, view.person.email);
    tx.afterCommit(() => void this.log.note('signed-in', { address, personId }));
    return { token, endsInMs: LASTS_MS, view, device };
  }

  /** Who brings this secret. Problems: `unauthenticated`. */
  async identify(token: string): Promise<Known> {
    const tokenHash = hashOf(token);
    return this.known.get(idOf(tokenHash), () => this.find(tokenHash));
  }

  /** The same, where it is remembered. */
  remembered(token: string): SignedIn | undefined {
    return this.known.peek(hash('sha256', token, 'base64url'))?.caller;
  }

  /** Problems: `unauthenticated`. */
  async view(sessionId: string): Promise<SessionView> {
    return this.database.snapshot((tx) => this.viewIn(tx, ofId(sessionId)));
  }

  /** Enters an organisation, under a new secret. Problems: `not-found`, `unauthenticated`. */
  async pick(caller: SignedIn, organisationId: string): Promise<Opened> {
    return this.database.transaction(async (tx) => {
      const { signedInAt } = await this.alive(tx, ofId(caller.sessionId));
      const places = await this.places(tx, caller.personId, signedInAt);
      if (!places.some(({ id }) => id === organisationId)) throw new ProblemError('not-found');
      await store.rememberPick(tx, caller.personId, organisationId);
      const tokenHash = ofId(caller.sessionId);
      await store.enterOrganisation(tx, tokenHash, organisationId, secret());
      return this.rotate(tx, tokenHash);
    });
  }

  /** Of these people those whose session is over, or who are not the member any more. */
  async gone(callers: readonly SignedIn[]): Promise<SignedIn[]> {
    const now = this.clock.now();
    const ago = (ms: number) => new Date(now.getTime() - ms);
    const hashes = callers.map(({ sessionId }) => ofId(sessionId));
    const rows = await this.database.read((tx) =>
      store.aliveSessions(tx, hashes, now, this.gate.isOpen, ago(LASTS_MS), ago(IDLE_MS)),
    );
    const alive = new Map(rows.map(({ tokenHash, memberId }) => [idOf(tokenHash), memberId]));
    return callers.filter((caller) => {
      const memberId = caller.kind === 'member' ? caller.memberId : null;
      return alive.get(caller.sessionId) !== memberId;
    });
  }

  async end({ sessionId, personId }: SignedIn): Promise<void> {
    await this.database.transaction((tx) => this.endIn(tx, ofId(sessionId)));
    await this.log.note('signed-out', { personId });
  }

  async endAll(tx: Tx, personId: string): Promise<void> {
    await this.announce(tx, await store.deleteSessionsOf(tx, personId, null));
  }

  /** Every other session of the person ends, and this one goes on under a new secret. */
  async endOthers(tx: Tx, caller: SignedIn, { device: cookie }: Visitor): Promise<Opened> {
    const tokenHash = ofId(caller.sessionId);
    await this.announce(tx, await store.deleteSessionsOf(tx, caller.personId, tokenHash));
    const opened = await this.rotate(tx, tokenHash);
    const device = await this.devices.remember(tx, cookie, opened.view.person.email);
    return { ...opened, device };
  }

  private async endIn(tx: Tx, tokenHash: Buffer): Promise<void> {
    if (await store.deleteSession(tx, tokenHash)) await this.announce(tx, [tokenHash]);
  }

  private async only(tx: Tx, personId: string): Promise<string | null> {
    const places = await this.places(tx, personId, this.clock.now());
    return places.length === 1 ? (places[0]?.id ?? null) : null;
  }

  /** Where a person may go now by a session of that age. */
  private async places(tx: Tx, personId: string, signedInAt: Date, demo = this.gate.isOpen) {
    return store.listMemberships(tx, personId, { now: this.clock.now(), demo, signedInAt });
  }

  private async refuseShut(tx: Tx, personId: string, now: Date): Promise<void> {
    if (this.gate.isOpen || (await this.places(tx, personId, now)).length > 0) return;
    const anywhere = await this.places(tx, personId, now, true);
    if (anywhere.length > 0) throw new ProblemError('wrong-credentials');
  }

  private async rotate(tx: Tx, before: Buffer): Promise<Opened> {
    const token = secret();
    const tokenHash = hashOf(token);
    const rotated = await store.rotateSession(tx, before, tokenHash);
    if (!rotated) throw new ProblemError('unauthenticated');
    await this.announce(tx, [before]);
    const { signedInAt } = await this.alive(tx, tokenHash);
    const endsInMs = signedInAt.getTime() + LASTS_MS - this.clock.now().getTime();
    return { token, endsInMs, view: await this.viewIn(tx, tokenHash) };
  }

  /** Every process forgets them, and shows their sockets out. */
  async announce(tx: Tx, tokenHashes: readonly Buffer[]): Promise<void> {
    for (const tokenHash of tokenHashes) {
      await this.signal.send(tx, { kind: 'revoked', credentialId: idOf(tokenHash) });
    }
    if (tokenHashes.length > 0) tx.afterCommit(() => this.known.clear());
  }

  private async find(tokenHash: Buffer): Promise<Known> {
    return this.database.read(async (tx) => {
      const row = await this.alive(tx, tokenHash);
      const now = this.clock.now();
      if (now.getTime() - row.seenAt.getTime() > SEEN_MS) {
        await store.touchSession(tx, tokenHash, now);
      }
      const { personId, operator, organisationId, memberId, roles } = row;
      const person = { sessionId: idOf(tokenHash), personId, operator };
      const caller: SignedIn =
        organisationId && memberId && roles
          ? { kind: 'member', ...person, organisationId, memberId, roles }
          : { kind: 'person', ...person };
      return { caller, csrf: row.csrf };
    });
  }

  /** Problems: `unauthenticated` where there is no session, or its time is over. */
  private async alive(tx: Tx, tokenHash: Buffer): Promise<SessionRow> {
    const now = this.clock.now();
    const row = await store.findSession(tx, tokenHash, now, this.gate.isOpen);
    const since = (instant: Date) => now.getTime() - instant.getTime();
    if (!row || since(row.seenAt) > IDLE_MS || since(row.signedInAt) > LASTS_MS) {
      throw new ProblemError('unauthenticated');
    }
    return row;
  }

  private async viewIn(tx: Tx, tokenHash: Buffer): Promise<SessionView> {
    const row = await this.alive(tx, tokenHash);
    const { csrf, personId, operator, organisationId, memberId } = row;
    const person = { id: personId, email: await this.persons.email(tx, personId), operator };
    const organisations = await this.places(tx, personId, row.signedInAt);
    const current =
      organisationId && memberId ? await store.findCurrent(tx, organisationId, memberId) : null;
    return { csrf, person, organisations, current };
  }
}
