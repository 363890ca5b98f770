import { Injectable } from '@nestjs/common';
import { certifiesOn, type ChallengeStatus } from '@palmares/shared/challenge/challenge';
import type { Award, Standing } from '@palmares/shared/challenge/payout';
import type { SignatureFault } from '@palmares/shared/challenge/signature';
import { whyOf, type WaitsFor } from '@palmares/shared/challenge/signing';
import { localDay, type Day } from '@palmares/shared/time/day';
import { AuditService } from '../audit/audit.service.js';
import { signatureOf, type Caller } from '../auth/caller.js';
import { DisputeService } from '../dispute/dispute.service.js';
import { ProblemError } from '../http/problem-error.js';
import { Notices } from '../live/notices.js';
import { Signal } from '../live/signal.js';
import { needCounting } from '../people/needs-counting.js';
import { PeopleService } from '../people/people.service.js';
import { markChallenges, present, type Turn } from '../people/sequence.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import { Schedule } from '../platform/schedule.js';
import * as store from './certification.store.js';
import { CeilingService } from './ceiling.service.js';
import { ChallengeService, type Found } from './challenge.service.js';
import type { Hand } from './launch.service.js';
import { LineupService } from './lineup.service.js';
import { PayoutService } from './payout.service.js';
import { ScoreService } from './score.service.js';
import { SightService } from './sight.service.js';
import { SignerService } from './signer.service.js';
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
  signatures: { signature: string; why: string | null; gains: boolean; signedAt: string }[];
  /** The caller may be paid by it. */
  gains: boolean;
  /** Something is paid, so somebody who gains nothing has to sign. */
  paid: boolean;
  /** Why the signature of the caller would not count; null where it would. */
  why: SignatureFault | null;
  waitsFor: WaitsFor;
  /** It certifies itself once the days of grace are over. */
  byTime: boolean;
  certifiedAt: string | null;
}

const EVERY_MS = 60_000;
const SYSTEM = 'system';

/** The end of a challenge: signed by people, or by itself once its days of grace are over. */
@Injectable()
export class CertificationService {
  /** Challenges of which this process has told the signers. */
  private readonly reminded = new Set<string>();

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
    private readonly signers: SignerService,
    private readonly ceilings: CeilingService,
    private readonly notices: Notices,
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
        ...(await this.signing(tx, caller, found)),
        certifiedAt: found.row.certifiedAt?.toISOString() ?? null,
      };
    });
  }

  /**
   * Signs; certifies where nothing is paid, or the signature counts. Problems: `not-found`,
   * `challenge-not-ended`, `challenge-certified`, `challenge-cancelled`, and for a key
   * `signature-does-not-count` where something is paid.
   */
  async certify(
    { organisationId, signature, caller }: Hand,
    id: string,
  ): Promise<{ certified: boolean }> {
    return this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const found = await this.provisional(tx, organisationId, id);
      if (caller) await this.steering.needToSign(tx, caller, found.row.definition);
      const standings = await this.scores.standings(tx, organisationId, found.challenge);
      const why = await this.whyNot(tx, organisationId, found, signature);
      if (why === 'key') needCounting({ counts: false, why });
      const gains = why === 'gains';
      const signedAt = this.clock.now();
      await store.sign(tx, organisationId, id, { signature, gains, why, signedAt });
      const what = { action: 'challenge.sign', subject: `challenge:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what, after: { gains, why } });
      if (why === null) await this.conclude(tx, turn, found, standings, signature);
      return { certified: why === null };
    });
  }

  /**
   * Certifies every challenge whose days of grace are over, each in a turn of its own; where an
   * author gains by it, those who could sign are told instead, once.
   */
  async certifyOverdue(): Promise<void> {
    for (const { id: organisationId, timeZone } of await this.people.organisations()) {
      const today = localDay(timeZone)(this.clock.now().getTime());
      const overdue = await this.database.read(async (tx) => {
        const ids: { id: string; alone: boolean }[] = [];
        for (const found of await this.challenges.launchedOnes(tx, organisationId)) {
          const on = await this.certifiesOn(tx, organisationId, found);
          if (on === null || on > today) continue;
          const alone = await this.goesAlone(tx, organisationId, found);
          ids.push({ id: found.row.id, alone });
        }
        return ids;
      });
      for (const { id, alone } of overdue) {
        if (alone) await this.certifyAlone(organisationId, id);
        else await this.remind(organisationId, id);
      }
    }
  }

  private async certifyAlone(organisationId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const found = await this.challenges.find(tx, organisationId, id);
      // Another process, or a person, may have been quicker.
      if (found.status !== 'provisional') return;
      if (!(await this.goesAlone(tx, organisationId, found))) return;
      const standings = await this.scores.standings(tx, organisationId, found.challenge);
      const own = { signature: SYSTEM, gains: false, why: null, signedAt: this.clock.now() };
      await store.sign(tx, organisationId, id, own);
      await this.conclude(tx, turn, found, standings, SYSTEM);
    });
  }

  /** Time is no signature: it certifies only where nobody who wrote the challenge gains by it. */
  private async goesAlone(tx: Tx, organisationId: string, found: Found): Promise<boolean> {
    const { challenge } = found;
    const { id, definition } = challenge;
    if (definition.payout.length === 0) return true;
    if (!(await this.signers.byTime(tx, organisationId, found))) return false;
    const count = await this.scores.count(tx, organisationId, id);
    const cost = this.payouts.cost(definition, count).points ?? Number.POSITIVE_INFINITY;
    return !(await this.ceilings.isOutgrown(tx, organisationId, id, cost));
  }

  /** Tells those who could sign, and HR, that a challenge waits for them. */
  private async remind(organisationId: string, id: string): Promise<void> {
    if (this.reminded.has(id)) return;
    await this.database.transaction(async (tx) => {
      const found = await this.challenges.find(tx, organisationId, id);
      if (found.status !== 'provisional') return;
      const signers = await this.signers.of(tx, organisationId, found);
      const { name } = found.challenge.definition;
      await this.notices.send(tx, organisationId, {
        memberIds: this.signers.told(signers),
        key: `certification:${id}`,
        about: { kind: 'certification.waiting', challengeId: id, challengeName: name },
      });
    });
    this.reminded.add(id);
  }

  /** Why a signature does not count; null where it does, and where nothing is paid. */
  private async whyNot(tx: Tx, organisationId: string, found: Found, signature: string) {
    if (found.challenge.definition.payout.length === 0) return null;
    const signers = await this.signers.of(tx, organisationId, found, { signature });
    return whyOf(this.signers.verdict(signers, signature));
  }

  /** Whose signature is needed, and what that of the caller is worth. */
  private async signing(tx: Tx, caller: Caller, found: Found) {
    const { organisationId } = caller;
    const paid = found.challenge.definition.payout.length > 0;
    const signature = signatureOf(caller);
    const signers = await this.signers.of(tx, organisationId, found, { signature });
    const verdict = this.signers.verdict(signers, signature);
    const why = paid ? whyOf(verdict) : null;
    const waitsFor = this.signers.waitsFor(signers);
    const byTime = await this.goesAlone(tx, organisationId, found);
    return { paid, why, waitsFor, byTime, gains: why === 'gains' };
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

  /** What it would give as it stands. */
  async pointsNow(tx: Tx, organisationId: string, found: Found): Promise<number> {
    const standings = await this.scores.standings(tx, organisationId, found.challenge);
    const awards = await this.awardsNow(tx, organisationId, found, standings);
    return awards.reduce((sum, { points }) => sum + points, 0);
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
