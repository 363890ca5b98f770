import { Injectable } from '@nestjs/common';
import { measureText } from '@palmares/shared/kpi/measure';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService, type ScoreDifference } from '../challenge/score.service.js';
import { MeasureService, type MeasureDifferences } from '../kpi/measure.service.js';
import { LedgerCheckService, type LedgerDifference } from '../ledger/ledger-check.service.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { present } from '../people/sequence.js';
import { Database } from '../platform/database.js';

/** One place where what is stored is not what the activities say. */
export type Difference =
  ({ what: 'total'; measure: string } & TotalDifference) | ScoreDifference | LedgerDifference;

type TotalDifference = MeasureDifferences['differences'][number];

export interface RebuildReport {
  organisation: string;
  /** The `seq` that was looked at. */
  seq: number;
  challenges: number;
  differences: number;
  /** The first of them. */
  first: Difference[];
}

const SHOWN = 20;
const LOOKED_AT = 1_000;

/** Replays the activities and compares, or writes anew, everything that is derived from them. */
@Injectable()
export class RebuildService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleService,
    private readonly measures: MeasureService,
    private readonly challenges: ChallengeService,
    private readonly scores: ScoreService,
    private readonly ledger: LedgerCheckService,
    private readonly signal: Signal,
  ) {}

  /** Names what differs, in the ledger too, and changes nothing. Problems: `not-found`. */
  async check(organisationId: string): Promise<RebuildReport> {
    await this.people.organisation(organisationId);
    return this.database.snapshot(async (tx) => {
      const { seq } = await present(tx, organisationId);
      const totals = await this.measures.differences(tx, organisationId, LOOKED_AT);
      const launched = await this.challenges.launched(tx, organisationId);
      const scores: ScoreDifference[][] = [];
      for (const challenge of launched) {
        scores.push(await this.scores.differences(tx, organisationId, challenge));
      }
      const ledger = await this.ledger.differences(tx, organisationId);
      return report({ organisationId, seq }, totals, scores, ledger);
    }, 'read write');
  }

  /**
   * Brings totals, then scores and the changes that lead to them, to what the activities say; names
   * what it wrote. Problems: `not-found`.
   */
  async rebuild(organisationId: string): Promise<RebuildReport> {
    await this.people.organisation(organisationId);
    return this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const totals = await this.measures.mend(tx, turn, LOOKED_AT);
      const scores: ScoreDifference[][] = [];
      for (const challenge of await this.challenges.running(tx, turn)) {
        scores.push(await this.scores.mend(tx, turn, challenge));
      }
      await this.signal.announce(tx, turn);
      return report(turn, totals, scores);
    });
  }
}

function report(
  { organisationId, seq }: { organisationId: string; seq: number },
  totals: readonly MeasureDifferences[],
  scores: readonly ScoreDifference[][],
  ledger: readonly LedgerDifference[] = [],
): RebuildReport {
  const found: Difference[] = [
    ...totals.flatMap(({ measure, differences }) => {
      const text = measureText(measure);
      return differences.map((one) => ({ what: 'total' as const, measure: text, ...one }));
    }),
    ...scores.flat(),
    ...ledger,
  ];
  return {
    organisation: organisationId,
    seq,
    challenges: scores.length,
    differences: found.length,
    first: found.slice(0, SHOWN),
  };
}
