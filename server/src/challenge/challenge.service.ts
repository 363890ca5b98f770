import { Injectable } from '@nestjs/common';
import {
  challengeDefinitionSchema,
  statusOn,
  type ChallengeDefinition,
  type ChallengeStatus,
} from '@palmares/shared/challenge/challenge';
import { localDay } from '@palmares/shared/time/day';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { AuditService } from '../audit/audit.service.js';
import type { Caller, SystemCaller } from '../auth/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import { PeopleService, type MemberRow, type Organisation } from '../people/people.service.js';
import { markChallenges, type Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Schedule } from '../platform/schedule.js';
import { Database, type Tx } from '../platform/database.js';
import { Signal } from '../live/signal.js';
import { AuthorService } from './author.service.js';
import * as store from './challenge.store.js';
import { running } from './scoring.js';
import { refuseWithoutTargets } from './target-need.js';
import { depends, LineupService } from './lineup.service.js';
import { challengeView, recorded, type ChallengeView } from './challenge-view.js';
import { ParticipantService } from './participant.service.js';
import { FrozenService } from './frozen.service.js';
import { PayoutService, type Cost } from './payout.service.js';
import { ScoreService, type RunningChallenge } from './score.service.js';
import { SteeringService } from './steering.service.js';
import { TermsService } from './terms.service.js';

/** A challenge as stored, ready to score, and where it stands. */
export interface Found {
  row: store.ChallengeRow;
  challenge: RunningChallenge;
  status: ChallengeStatus;
}

/** How late somebody who leaves may be seen off; the day is theirs until midnight. */
const LEAVERS_MS = 60_000;

interface Remembered {
  challengeSeq: number;
  running: RunningChallenge[];
}

@Injectable()
export class ChallengeService {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly measures: MeasureService,
    private readonly scores: ScoreService,
    private readonly frozen: FrozenService,
    private readonly payouts: PayoutService,
    private readonly participants: ParticipantService,
    private readonly lineups: LineupService,
    private readonly signal: Signal,
    private readonly audit: AuditService,
    private readonly terms: TermsService,
    private readonly steering: SteeringService,
    private readonly authors: AuthorService,
    schedule: Schedule,
  ) {
    people.onMembersSaved((tx, turn, members) => this.welcome(tx, turn, members));
    schedule.every(LEAVERS_MS, 'leavers', (now) => this.seeOffLeavers(now));
  }

  /** Keeps a draft, in the words of the API. Problems: `beyond-teams`. */
  async create(caller: Caller | SystemCaller, definition: ChallengeDefinition): Promise<string> {
    const { organisationId } = caller;
    const id = uuid();
    const draft = z.encode(challengeDefinitionSchema, definition);
    await this.database.transaction(async (tx) => {
      await this.steering.need(tx, caller, draft);
      await store.insertDraft(tx, organisationId, id, draft, this.clock.now());
      await this.authors.note(tx, organisationId, id);
      const what = { action: 'challenge.create', subject: `challenge:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what, after: recorded(draft) });
    });
    return id;
  }

  /** Problems: `not-found`. */
  async view(organisationId: string, id: string): Promise<ChallengeView> {
    const organisation = await this.people.organisation(organisationId);
    const row = await this.database.read((tx) => store.find(tx, organisationId, id));
    if (!row) throw new ProblemError('not-found');
    return this.viewOf(row, organisation);
  }

  async list(organisationId: string, query: Omit<store.ListQuery, 'today'>) {
    const { limit } = query;
    const organisation = await this.people.organisation(organisationId);
    const today = await this.people.today(organisationId);
    const rows = await this.database.read((tx) =>
      store.list(tx, organisationId, { ...query, limit: limit + 1, today }),
    );
    const items = rows.slice(0, limit).map((row) => this.viewOf(row, organisation));
    const nextCursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items, nextCursor };
  }

  /**
   * Freezes the definition, fills the totals it reads from what is recorded already, and enters
   * these subjects. Problems: `target-missing`, `total-too-large`, `unbounded-cost`.
   */
  async begin(
    tx: Tx,
    turn: Turn,
    row: store.ChallengeRow,
    subjects: readonly string[],
  ): Promise<void> {
    await store.freeze(tx, turn, row.id, row.definition, this.clock.now());
    const challenge = await this.seeOff(tx, turn, running(row, new Map()));
    await this.measures.keep(tx, turn, challenge.compiled.measures);
    await this.enter(tx, turn, challenge, subjects, 'launch');
    await this.terms.publish(tx, turn.organisationId, row.id);
    await markChallenges(tx, turn);
    await this.signal.announce(tx, turn);
    const what = { organisationId: turn.organisationId, challengeId: row.id };
    await this.signal.send(tx, { kind: 'challenge', ...what });
  }

  /** Every launched challenge, remembered until one is launched or changed. */
  async running(tx: Tx, turn: Turn): Promise<readonly RunningChallenge[]> {
    const known = this.remembered.get(turn.organisationId);
    if (known?.challengeSeq === turn.challengeSeq) return known.running;
    const launched = await this.launched(tx, turn.organisationId);
    this.remembered.set(turn.organisationId, {
      challengeSeq: turn.challengeSeq,
      running: launched,
    });
    return launched;
  }

  /** Reads the running challenges anew at the next turn. */
  forget(organisationId: string): void {
    this.remembered.delete(organisationId);
  }

  /** Every launched challenge, as stored. */
  async launched(tx: Tx, organisationId: string): Promise<RunningChallenge[]> {
    const rows = await store.listLaunched(tx, organisationId);
    const frozen = await this.frozen.list(tx, organisationId);
    return rows.map((row) => running(row, frozen.get(row.id) ?? new Map()));
  }

  /** Every challenge whose scores still move, with where it stands. */
  async launchedOnes(tx: Tx, organisationId: string): Promise<Found[]> {
    const organisation = await this.people.organisation(organisationId, tx);
    const rows = await store.listLaunched(tx, organisationId);
    return rows.map((row) => {
      return { row, challenge: running(row, new Map()), status: this.statusOf(row, organisation) };
    });
  }

  /** Problems: `not-found`. */
  async find(tx: Tx, organisationId: string, id: string): Promise<Found> {
    const organisation = await this.people.organisation(organisationId, tx);
    const row = await store.find(tx, organisationId, id);
    if (!row) throw new ProblemError('not-found');
    const frozen = await this.frozen.list(tx, organisationId, id);
    const challenge = running(row, frozen.get(id) ?? new Map());
    return { row, challenge, status: this.statusOf(row, organisation) };
  }

  /** What it may cost at the most with those whom it would be for now. Problems: `not-found`. */
  async cost(organisationId: string, id: string): Promise<Cost> {
    return this.database.snapshot(async (tx) => {
      const { challenge, row } = await this.find(tx, organisationId, id);
      const count =
        row.version === null
          ? (await this.participants.subjects(tx, organisationId, challenge.definition)).length
          : await this.scores.count(tx, organisationId, id);
      return this.payouts.cost(challenge.definition, count);
    });
  }

  async markCertified(tx: Tx, turn: Turn, id: string): Promise<void> {
    await store.certify(tx, turn, id, this.clock.now());
  }

  private statusOf(row: store.ChallengeRow, { timeZone }: Organisation): ChallengeStatus {
    return this.statusAt(row, timeZone, this.clock.now());
  }

  statusAt(row: store.ChallengeRow, timeZone: string, now: Date): ChallengeStatus {
    return statusOn(localDay(timeZone)(now.getTime()), {
      ...row.definition,
      asked: row.countersignAskedAt !== null,
      launched: row.version !== null,
      certified: row.certifiedSeq !== null,
      cancelled: row.cancelledAt !== null,
    });
  }

  private viewOf(row: store.ChallengeRow, organisation: Organisation): ChallengeView {
    return challengeView(row, this.statusOf(row, organisation));
  }

  /** What follows for the running challenges once a turn has changed people. */
  private async welcome(tx: Tx, turn: Turn, members: readonly MemberRow[]): Promise<void> {
    const launched = await this.running(tx, turn);
    if (launched.some(depends)) await this.lineups.follow(tx, turn);
    for (const one of launched) {
      const challenge = await this.seeOff(tx, turn, one);
      const newcomers = await this.participants.newcomers(tx, turn, challenge, members);
      if (newcomers.length > 0) await this.enter(tx, turn, challenge, newcomers);
      await this.payouts.live(tx, turn, await this.scores.regroup(tx, turn, challenge));
    }
  }

  /** A challenge that knows who has left until today, where that takes them from the board. */
  private async seeOff(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<RunningChallenge> {
    const today = await this.people.today(turn.organisationId, tx);
    const { definition, leftBy, id } = challenge;
    if (definition.leavers !== 'leave' || (leftBy !== null && leftBy >= today)) return challenge;
    await store.noteLeft(tx, turn, id, today);
    await this.changed(tx, turn);
    return { ...challenge, leftBy: today };
  }

  /** Whoever has left, in any organisation, goes from the boards that say so. */
  async seeOffLeavers(now: Date): Promise<void> {
    const organisationIds = await this.database.read((tx) => store.withLeavers(tx, now));
    for (const organisationId of organisationIds) {
      await this.database.transaction(async (tx) => {
        const turn = await this.people.turn(tx, organisationId);
        await this.welcome(tx, turn, []);
        await this.signal.announce(tx, turn);
      });
    }
  }

  private async changed(tx: Tx, turn: Turn): Promise<void> {
    await markChallenges(tx, turn);
    this.remembered.delete(turn.organisationId);
  }

  /** Enters subjects with the score they have, compared with what they bring along. */
  private async enter(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
    when: 'launch' | 'later' = 'later',
  ): Promise<void> {
    const { id, definition } = challenge;
    const fresh = await this.frozen.freeze(tx, turn, id, definition, subjectIds);
    if (when === 'launch') refuseWithoutTargets(definition, subjectIds, fresh);
    const frozen = new Map([...fresh, ...challenge.frozen]);
    await this.scores.enter(tx, turn, { ...challenge, frozen }, subjectIds);
    if (definition.payout.length > 0) {
      const count = await this.scores.count(tx, turn.organisationId, id);
      await this.payouts.reserve(tx, turn, challenge, count);
      const standings = await this.scores.standings(tx, turn.organisationId, challenge);
      await this.payouts.level(tx, turn, challenge, standings);
    }
    if (fresh.size > 0) await this.changed(tx, turn);
  }
}
