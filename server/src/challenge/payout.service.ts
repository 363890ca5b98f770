import { Injectable } from '@nestjs/common';
import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import { awardsOf, worstCase } from '@palmares/shared/challenge/payout';
import type { Award, PayoutLine, Standing } from '@palmares/shared/challenge/payout';
import { sharedAwards } from '@palmares/shared/challenge/team-award';
import { POINTS } from '@palmares/shared/ledger/currency';
import { daysBetween } from '@palmares/shared/time/day';
import { ProblemError } from '../http/problem-error.js';
import { LedgerService, type Due } from '../ledger/ledger.service.js';
import { SpendingService } from '../ledger/spending.service.js';
import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import type { MovedScore } from './score.service.js';
import type { RunningChallenge } from './scoring.js';

/** What a challenge may cost at the most. */
export interface Cost {
  subjects: number;
  /** Null where nothing limits it. */
  points: number | null;
  /** The lines of the payout that need a cap. */
  unbounded: number[];
}

interface LiveDue {
  challenge: RunningChallenge;
  line: number;
  memberId: string;
  points: number;
}

/** The points of challenges: reserved before, paid on the way and in the end, and given back. */
@Injectable()
export class PayoutService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly spending: SpendingService,
    private readonly authors: AuthorService,
  ) {}

  cost({ payout, rules, from, to }: ChallengeDefinition, subjects: number): Cost {
    const worst = worstCase(payout, rules, subjects, daysBetween(from, to));
    return worst.ok
      ? { subjects, points: worst.points, unbounded: [] }
      : { subjects, points: null, unbounded: worst.lines };
  }

  /**
   * Reserves what a challenge may cost with so many subjects. Problems: `unbounded-cost`,
   * `budget-exceeded`.
   */
  async reserve(
    tx: Tx,
    turn: Turn,
    { id, definition }: Pick<RunningChallenge, 'id' | 'definition'>,
    subjects: number,
  ): Promise<void> {
    if (definition.payout.length === 0) return;
    const { points, unbounded } = this.cost(definition, subjects);
    if (points === null) {
      const errors = unbounded.map((line) => {
        return { pointer: `/payout/${line}/cap`, detail: 'nothing limits what this may cost' };
      });
      throw new ProblemError('unbounded-cost', undefined, errors);
    }
    const { name } = definition;
    await this.ledger.reserve(tx, turn, { budgetId: id, name, currency: POINTS, amount: points });
  }

  /** Pays, and takes back, what is due at once when a score passes a threshold. */
  async live(tx: Tx, turn: Turn, moved: readonly MovedScore[]): Promise<void> {
    const due: LiveDue[] = [];
    for (const { challenge, before, after } of moved) {
      for (const [line, one] of challenge.definition.payout.entries()) {
        if (one.kind !== 'threshold' || one.when !== 'live') continue;
        const reached = after.reason === null && after.score >= one.score;
        const stood = before.reason === null && before.score >= one.score;
        if (reached === stood) continue;
        const points = reached ? one.points : 0;
        due.push({ challenge, line, memberId: after.subjectId, points });
      }
    }
    await this.payLive(tx, turn, due);
  }

  /** Brings what is paid at once to where everybody stands: after a launch, or other rules. */
  async level(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    standings: readonly Standing[],
  ): Promise<void> {
    const due = [...challenge.definition.payout.entries()].flatMap(([line, one]) => {
      if (one.kind !== 'threshold' || one.when !== 'live') return [];
      return standings.map(({ subjectId: memberId, rank, score }) => {
        const reached = rank !== null && score >= one.score;
        return { challenge, line, memberId, points: reached ? one.points : 0 };
      });
    });
    await this.payLive(tx, turn, due);
  }

  /** What standings give to whom; what a team gets is shared by who was in it. */
  awards(
    { definition, lineup }: RunningChallenge,
    standings: readonly Standing[],
    wanted: (line: PayoutLine) => boolean = () => true,
  ): Award[] {
    const given = definition.payout.flatMap((line, place) =>
      wanted(line) ? awardsOf(line, place, standings) : [],
    );
    return lineup ? sharedAwards(given, (teamId) => lineup.daysIn(teamId)) : given;
  }

  /** Pays everything that the final standings give; what was paid on the way is taken into account. */
  async pay(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    standings: readonly Standing[],
    actor: string | null,
  ): Promise<Award[]> {
    const awards = this.awards(challenge, standings);
    const due = new Map<string, Due>();
    for (const [line, one] of challenge.definition.payout.entries()) {
      if (one.kind !== 'threshold' || one.when !== 'live') continue;
      for (const { subjectId } of standings) {
        due.set(`${line} ${subjectId}`, this.due(challenge, line, subjectId, 0));
      }
    }
    for (const { line, subjectId, points } of awards) {
      if (points > 0) {
        due.set(`${line} ${subjectId}`, this.due(challenge, line, subjectId, points));
      }
    }
    await this.ledger.settle(tx, turn, [...due.values()], actor);
    await this.vest(tx, turn, challenge, actor);
    await this.ledger.release(tx, turn, { budgetId: challenge.id }, actor);
    return awards;
  }

  /** Takes back whatever was paid on the way, and gives the budget back. */
  async takeBack(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
    actor: string | null,
  ): Promise<void> {
    const dues = challenge.definition.payout.flatMap((line, place) =>
      line.kind === 'threshold' && line.when === 'live'
        ? subjectIds.map((id) => this.due(challenge, place, id, 0))
        : [],
    );
    if (dues.length > 0) await this.ledger.settle(tx, turn, dues, actor);
    await this.ledger.release(tx, turn, { budgetId: challenge.id }, actor);
  }

  /** What somebody would get if it ended as it stands. */
  upcoming(challenge: RunningChallenge, standings: readonly Standing[], memberId: string) {
    const toCome = (line: PayoutLine) => line.kind !== 'threshold' || line.when !== 'live';
    return this.awards(challenge, standings, toCome).filter(
      ({ subjectId }) => subjectId === memberId,
    );
  }

  /** What authors are paid on the way stays pending until the challenge is certified. */
  private async payLive(tx: Tx, turn: Turn, wanted: readonly LiveDue[]): Promise<void> {
    if (wanted.length === 0) return;
    const ids = [...new Set(wanted.map(({ challenge }) => challenge.id))];
    const behind = await this.authors.membersBehind(tx, turn.organisationId, ids);
    const dues = wanted.map(({ challenge, line, memberId, points }) => {
      const pending = behind.get(challenge.id)?.has(memberId) ?? false;
      return { ...this.due(challenge, line, memberId, points), pending };
    });
    await this.ledger.settle(tx, turn, dues);
  }

  /** What was pending may be spent once the challenge is certified. */
  private async vest(
    tx: Tx,
    { organisationId }: Turn,
    challenge: RunningChallenge,
    actor: string | null,
  ): Promise<void> {
    const lines = challenge.definition.payout.map((_line, place) =>
      this.due(challenge, place, '', 0),
    );
    const references = lines.map(({ reference }) => reference);
    const reason = challenge.definition.name;
    for (const one of await this.spending.pending(tx, organisationId, references)) {
      await this.spending.vest(tx, { ...one, organisationId, currency: POINTS, reason, actor });
    }
  }

  private due(
    { id, definition }: RunningChallenge,
    line: number,
    memberId: string,
    points: number,
  ): Due {
    return {
      reference: `challenge/${id}/${line}`,
      memberId,
      budgetId: id,
      currency: POINTS,
      due: points,
      expiresOn: null,
      regime: 'challenge',
      reason: definition.name,
    };
  }
}
