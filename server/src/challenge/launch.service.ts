import { Injectable } from '@nestjs/common';
import type { Countersigning } from '@palmares/shared/challenge/signing';
import { AuditService } from '../audit/audit.service.js';
import type { Caller, SystemCaller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { Notices } from '../live/notices.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import type { Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import { CeilingService } from './ceiling.service.js';
import { ChallengeService, type Found } from './challenge.service.js';
import * as store from './challenge.store.js';
import { ParticipantService } from './participant.service.js';
import { PayoutService } from './payout.service.js';
import { SignerService, type Signers } from './signer.service.js';
import { SteeringService } from './steering.service.js';

/** A person who signs: a member of the organisation, or an operator of the installation. */
export interface Hand {
  organisationId: string;
  signature: string;
  /** Who signs from inside; a manager only within the teams managed. */
  caller?: Caller;
}

/** How a challenge begins: at once or, where it may cost more than a ceiling, countersigned. */
@Injectable()
export class LaunchService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly participants: ParticipantService,
    private readonly payouts: PayoutService,
    private readonly ceilings: CeilingService,
    private readonly authors: AuthorService,
    private readonly signers: SignerService,
    private readonly steering: SteeringService,
    private readonly notices: Notices,
    private readonly signal: Signal,
    private readonly audit: AuditService,
  ) {}

  /**
   * Launches a draft; beyond a ceiling it waits for a countersignature instead, and nothing is
   * reserved. Problems: `not-found`, `challenge-already-launched`, `challenge-cancelled`,
   * `beyond-teams`, `no-independent-signer`, and as `ChallengeService.begin` and `ParticipantService.subjects`.
   */
  async launch(caller: Caller | SystemCaller, id: string): Promise<void> {
    const { organisationId } = caller;
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const found = await this.draft(tx, organisationId, id);
      await this.steering.need(tx, caller, found.row.definition);
      await this.authors.note(tx, organisationId, id);
      const subjects = await this.subjects(tx, organisationId, found);
      const cost = this.costOf(found, subjects);
      if (cost !== null && found.challenge.definition.payout.length > 0) {
        const signers = await this.signers.of(tx, organisationId, found);
        if (signers.next === null) throw new ProblemError('no-independent-signer');
        const raise = { cost, raise: cost };
        const excess = await this.ceilings.excess(tx, organisationId, id, raise);
        if (excess !== null) return this.ask(tx, organisationId, found, { excess, points: cost });
      }
      await this.begin(tx, turn, found, subjects);
    });
  }

  /**
   * Launches what waits. Problems: `not-found`, `challenge-not-awaiting`, `changed-since-shown`,
   * `signature-does-not-count`, and as `launch`.
   */
  async countersign(
    { organisationId, signature }: Hand,
    id: string,
    { expect }: Countersigning,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const found = await this.awaiting(tx, organisationId, id);
      const subjects = await this.subjects(tx, organisationId, found);
      const cost = this.costOf(found, subjects);
      const askedAt = found.row.countersignAskedAt?.toISOString();
      const isOther = <Value>(shown: Value | undefined, now: Value) =>
        shown !== undefined && shown !== now;
      if (isOther(expect?.points, cost) || isOther(expect?.askedAt, askedAt)) {
        throw new ProblemError('changed-since-shown');
      }
      const signers = await this.countersigners(tx, organisationId, found, signature);
      this.signers.need(signers, signature);
      const what = { action: 'challenge.countersign', subject: `challenge:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what, after: { points: cost } });
      await this.begin(tx, turn, found, subjects);
    });
  }

  /** A draft again. Problems: `not-found`, `challenge-not-awaiting`, `beyond-teams`. */
  async withdraw(caller: Caller, id: string): Promise<void> {
    const { organisationId } = caller;
    await this.database.transaction(async (tx) => {
      await this.people.turn(tx, organisationId);
      const { row } = await this.awaiting(tx, organisationId, id);
      await this.steering.need(tx, caller, row.definition);
      await store.askCountersign(tx, organisationId, id, null);
      const what = { action: 'challenge.withdraw', subject: `challenge:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what });
      await this.changed(tx, organisationId, id);
    });
  }

  countersigners(
    tx: Tx,
    organisationId: string,
    found: Found,
    signature?: string,
  ): Promise<Signers> {
    return this.signers.of(tx, organisationId, found, { countersign: true, signature });
  }

  /** Whom a draft would be for, as people are now. Problems: `member-unknown`, `team-unknown`. */
  async subjects(tx: Tx, organisationId: string, { challenge }: Found): Promise<string[]> {
    return this.participants.subjects(tx, organisationId, challenge.definition);
  }

  /** Null where nothing limits it. */
  costOf({ challenge }: Found, subjects: readonly string[]): number | null {
    return this.payouts.cost(challenge.definition, subjects.length).points;
  }

  private async begin(tx: Tx, turn: Turn, found: Found, subjects: readonly string[]) {
    const { organisationId } = turn;
    const { id } = found.row;
    await this.challenges.begin(tx, turn, found.row, subjects);
    await this.ceilings.commit(tx, organisationId, id, this.costOf(found, subjects) ?? 0);
    const after = { subjects: subjects.length };
    const what = { action: 'challenge.launch', subject: `challenge:${id}`, after } as const;
    await this.audit.write(tx, { organisationId, ...what });
  }

  /** Asks again where it was asked before: the one who signs should see it as it is now. */
  private async ask(
    tx: Tx,
    organisationId: string,
    found: Found,
    after: { excess: string; points: number },
  ): Promise<void> {
    const { id, definition } = found.row;
    const now = this.clock.now();
    await store.askCountersign(tx, organisationId, id, now);
    const what = { action: 'challenge.ask', subject: `challenge:${id}` } as const;
    await this.audit.write(tx, { organisationId, ...what, after });
    const signers = await this.countersigners(tx, organisationId, found);
    const about = { kind: 'countersign.waiting', challengeId: id } as const;
    await this.notices.send(tx, organisationId, {
      memberIds: this.signers.told(signers),
      key: `countersign:${id}:${now.getTime()}`,
      about: { ...about, challengeName: definition.name },
    });
    await this.changed(tx, organisationId, id);
  }

  private changed(tx: Tx, organisationId: string, challengeId: string): Promise<void> {
    return this.signal.send(tx, { kind: 'challenge', organisationId, challengeId });
  }

  private async draft(tx: Tx, organisationId: string, id: string): Promise<Found> {
    const found = await this.challenges.find(tx, organisationId, id);
    if (found.row.version !== null) throw new ProblemError('challenge-already-launched');
    if (found.row.cancelledAt) throw new ProblemError('challenge-cancelled');
    return found;
  }

  private async awaiting(tx: Tx, organisationId: string, id: string): Promise<Found> {
    const found = await this.challenges.find(tx, organisationId, id);
    if (found.status !== 'awaiting-countersign') throw new ProblemError('challenge-not-awaiting');
    return found;
  }
}
