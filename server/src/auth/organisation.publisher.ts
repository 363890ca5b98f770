import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Room } from '@palmares/shared/live/event';
import { permits } from '@palmares/shared/access/policy';
import { ProblemError } from '../http/problem-error.js';
import { LiveGateway } from '../live/live.gateway.js';
import { Signal } from '../live/signal.js';
import { present } from '../people/sequence.js';
import { Database } from '../platform/database.js';
import type { Caller, MemberCaller, SignedIn } from './caller.js';

/** An organisation that imports says so once a second. */
const TICK_MS = 1_000;

/** The topics `me`, of whoever is signed in, and `organisation`, of keys that read as well. */
@Injectable()
export class OrganisationPublisher implements OnApplicationShutdown {
  private readonly waiting = new Map<string, { timer: NodeJS.Timeout; version: number }>();

  constructor(
    private readonly database: Database,
    private readonly gateway: LiveGateway,
    signal: Signal,
  ) {
    signal.on((message) => {
      if (message.kind === 'changed') this.hear(message.organisationId, message.seq);
    });
    const watch = async (bearer: unknown) => {
      const { organisationId } = readerOf(bearer);
      const { seq } = await this.database.read((tx) => present(tx, organisationId));
      return { version: seq };
    };
    gateway.serve('me', { room: (bearer) => `member:${memberOf(bearer).memberId}`, watch });
    gateway.serve('organisation', {
      room: (bearer) => roomOf(readerOf(bearer).organisationId),
      watch,
    });
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  /** The first is told at once; what follows within a second is told together. */
  private hear(organisationId: string, version: number): void {
    const waiting = this.waiting.get(organisationId);
    if (waiting) waiting.version = version;
    else if (this.gateway.hasListeners(roomOf(organisationId))) this.tell(organisationId, version);
  }

  private tell(organisationId: string, version: number): void {
    this.gateway.emit(roomOf(organisationId), 'organisation.changed', { organisationId, version });
    const timer = setTimeout(() => {
      const last = this.waiting.get(organisationId)?.version ?? version;
      this.waiting.delete(organisationId);
      if (last > version) this.hear(organisationId, last);
    }, TICK_MS);
    this.waiting.set(organisationId, { timer, version });
  }
}

const roomOf = (organisationId: string): Room => `organisation:${organisationId}`;

/** Problems: `forbidden` for whoever is neither a member nor a key that reads. */
function readerOf(bearer: unknown): Caller {
  const caller = bearer as Caller | SignedIn;
  if (caller.kind === 'person' || !permits('settings.read', caller))
    throw new ProblemError('forbidden');
  return caller;
}

/** Problems: `forbidden` for whoever is no member. */
function memberOf(bearer: unknown): MemberCaller {
  const caller = bearer as Caller | SignedIn;
  if (caller.kind !== 'member') throw new ProblemError('forbidden');
  return caller;
}
