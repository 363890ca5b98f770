import { Injectable } from '@nestjs/common';
import { certifiesOn, type ChallengeStatus } from '@palmares/shared/challenge/challenge';
import type { Award, Standing } from '@palmares/shared/challenge/payout';
import { localDay, type Day } from '@palmares/shared/time/day';
import { AuditService } from '../audit/audit.service.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { DisputeService } from '../dispute/dispute.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { markChallenges, present, type Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { Schedule } from '../platform/schedule.js';
import * as store from './certification.store.js';
import { ChallengeService, type Found } from './challenge.service.js';
import { LineupService } from './lineup.service.js';
import { PayoutService } from './payout.service.js';
import { ScoreService } from './score.service.js';
import { SightService } from './sight.service.js';
import { SteeringService } from './steering.service.js';

/** What somebody must know before they sign. */
export interface Certification {
  status: ChallengeStatus;
  /** The first day on which it certifies itself; null before the launch. */
  certifiesOn: Day | null;
  /** Activities of the organisation that wait for a member. */
  waiting: number;
  /** Reports of participants that nobody has answered. */
  disputes: { id: string; kind: string; reporterId: string; createdAt: string }[];
  awards: (Award & { label: string | null; rank: number | null })[];
  points: number;
  signatures: { signature: string; gains: boolean; signedAt: string }[];
  /** The caller gets something by it, and cannot sign alone. */
  gains: boolean;
  certifiedAt: string | null;
}

const EVERY_MS = 60_000;
const SYSTEM = 'system';

/** The end of a challenge: signed by people, or by itself once its days of grace are over. */
@Injectable()
export class CertificationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly payouts: PayoutService,
    private readonly lineups: LineupService,
    private readonly signal: Signal,
    private readonly audit: AuditService,
    private readonly disputes: DisputeService,
    private readonly sights: SightService,
    private readonly steering: SteeringService,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'certify what is over', () => this.certifyOverdue());
  }

  /** Problems: `not-found`. */
  async overview(caller: Caller, id: string): Promise<Certification> {
    const { organisationId } = caller;
    return this.database.snapshot(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, id);
      const standings = await this.scores.standings(tx, organisationId, found.challenge);
      const sight = await this.sights.found(tx, caller, found);
      const names = sight.namesIn(standings);
      const people = sight.people(names);
      const byId = new Map(standings.map((one) => [one.subjectId, one]));
      const awards = found.row.certifiedSeq
        ? await store.awards(tx, organisationId, id)
        : await this.awardsNow(tx, organisationId, found, standings);
      const labels = await store.names(tx, organisationId, awards);
      const signatures = await store.signatures(tx, organisationId, id);
      return {
        status: found.status,
        certifiesOn: await this.certifiesOn(tx, organisationId, found),
        waiting: (await present(tx, organisationId)).waiting,
        disputes: (await this.disputes.open(tx, organisationId, id)).map((one) => {
          const { id: reporterId } = sight.subject(people, one.reporterId, '');
          return { ...one, reporterId, createdAt: one.createdAt.toISOString() };
        }),
        awards: awards.map((award) => {
          const standing = byId.get(award.teamId ?? award.subjectId);
          const label = labels.get(award.subjectId) ?? '';
          const { id: subjectId, label: shown } = sight.subject(people, award.subjectId, label);
          const teamId = award.teamId && sight.subject(names, award.teamId, '').id;
          return { ...award, subjectId, teamId, label: shown, rank: standing?.rank ?? null };
        }),
        points: awards.reduce((sum, { points }) => sum + points, 0),
        signatures: signatures.map(({ signedAt, ...one }) => {
          return { ...one, signedAt: signedAt.toISOString() };
        }),
        gains: gainsBy(awards, caller),
        certifiedAt: found.row.certifiedAt?.toISOString() ?? null,
      };
    });
  }

  /**
   * Signs; certifies once somebody has signed who gains nothing by it, or two people have.
   * Problems: `not-found`, `challenge-not-ended`, `challenge-certified`, `challenge-cancelled`.
   */
  async certify(caller: Caller, id: string): Promise<{ certified: boolean }> {
    const { organisationId } = caller;
    return this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const found = await this.provisional(tx, organisationId, id);
      await this.steering.needToSign(tx, caller, found.row.definition);
      const standings = await this.scores.standings(tx, organisationId, found.challenge);
      const gains = gainsBy(await this.awardsNow(tx, organisationId, found, standings), caller);
      const signature = signatureOf(caller);
      const signedAt = this.clock.now();
      await store.sign(tx, organisationId, id, { signature, gains, signedAt });
      const what = { action: 'challenge.sign', subject: `challenge:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what, after: { gains } });
      const signatures = await store.signatures(tx, organisationId, id);
      const enough = signatures.length > 1 || signatures.some((one) => !one.gains);
      if (enough) await this.conclude(tx, turn, found, standings, signature);
      return { certified: enough };
    });
  }

  /** Certifies every challenge whose days of grace are over, each in a turn of its own. */
  async certifyOverdue(): Promise<void> {
    for (const { id: organisationId, timeZone } of await this.people.organisations()) {
      const today = localDay(timeZone)(this.clock.now().getTime());
      const overdue = await this.database.read(async (tx) => {
        const ids: string[] = [];
        for (const found of await this.challenges.launchedOnes(tx, organisationId)) {
          const on = await this.certifiesOn(tx, organisationId, found);
          if (on !== null && on <= today) ids.push(found.row.id);
        }
        return ids;
      });
      for (const id of overdue) await this.certifyAlone(organisationId, id);
    }
  }

  private async certifyAlone(organisationId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const found = await this.challenges.find(tx, organisationId, id);
      // Another process, or a person, may have been quicker.
      if (found.status !== 'provisional') return;
      const standings = await this.scores.standings(tx, organisationId, found.challenge);
      const own = { signature: SYSTEM, gains: false, signedAt: this.clock.now() };
      await store.sign(tx, organisationId, id, own);
      await this.conclude(tx, turn, found, standings, SYSTEM);
    });
  }

  private async conclude(
    tx: Tx,
    turn: Turn,
    found: Found,
    standings: readonly Standing[],
    actor: string,
  ): Promise<void> {
    const challenge = await this.lineups.joinStored(tx, turn.organisationId, found.challenge);
    const awards = await this.payouts.pay(tx, turn, challenge, standings, actor);
    await store.keepAwards(tx, turn.organisationId, challenge.id, awards);
    await this.challenges.markCertified(tx, turn, challenge.id);
    const { organisationId } = turn;
    const what = { action: 'challenge.certify', subject: `challenge:${challenge.id}` } as const;
    const points = awards.reduce((sum, one) => sum + one.points, 0);
    const after = { seq: turn.seq, awards: awards.length, points };
    await this.audit.write(tx, { organisationId, ...what, actor, after });
    await markChallenges(tx, turn);
    await this.signal.announce(tx, turn);
    await this.signal.send(tx, { kind: 'challenge', organisationId, challengeId: challenge.id });
  }

  private async awardsNow(
    tx: Tx,
    organisationId: string,
    { challenge }: Found,
    standings: readonly Standing[],
  ): Promise<Award[]> {
    const joined = await this.lineups.joinStored(tx, organisationId, challenge);
    return this.payouts.awards(joined, standings);
  }

  private async provisional(tx: Tx, organisationId: string, id: string): Promise<Found> {
    const found = await this.challenges.find(tx, organisationId, id);
    if (found.status === 'certified') throw new ProblemError('challenge-certified');
    if (found.status === 'cancelled') throw new ProblemError('challenge-cancelled');
    if (found.status !== 'provisional') throw new ProblemError('challenge-not-ended');
    return found;
  }

  private async certifiesOn(tx: Tx, organisationId: string, { row, challenge }: Found) {
    if (!row.launchedAt) return null;
    const { timeZone } = await this.people.organisation(organisationId, tx);
    return certifiesOn(challenge.definition, localDay(timeZone)(row.launchedAt.getTime()));
  }
}

const gainsBy = (awards: readonly Award[], caller: Caller): boolean =>
  caller.kind === 'member' && awards.some(({ subjectId }) => subjectId === caller.memberId);
