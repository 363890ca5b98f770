import { Injectable } from '@nestjs/common';
import { measureText } from '@palmares/shared/kpi/measure';
import { ChallengeService } from '../challenge/challenge.service.js';
import { ScoreService, type ScoreDifference } from '../challenge/score.service.js';
import { MeasureService } from '../kpi/measure.service.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { present } from '../people/sequence.js';
import { Database, type Tx } from '../platform/database.js';

/** One place where what is stored is not what the activities say. */
export type Difference = ({ what: 'total'; measure: string } & TotalDifference) | ScoreDifference;

type TotalDifference = Awaited<
  ReturnType<MeasureService['differences']>
>[number]['differences'][number];

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
    private readonly signal: Signal,
  ) {}

  /** Names what differs, and changes nothing. Problems: `not-found`. */
  async check(organisationId: string): Promise<RebuildReport> {
    await this.people.organisation(organisationId);
    return this.database.snapshot((tx) => this.compare(tx, organisationId));
  }

  /** Writes totals, scores and the changes that lead to them anew. Problems: `not-found`. */
  async rebuild(organisationId: string): Promise<RebuildReport> {
    await this.people.organisation(organisationId);
    return this.database.transaction(async (tx) => {
      const turn = await this.people.turn(tx, organisationId);
      const report = await this.compare(tx, organisationId);
      await this.measures.refill(tx, turn);
      for (const challenge of await this.challenges.running(tx, turn)) {
        await this.scores.recompute(tx, turn, challenge);
      }
      await this.signal.announce(tx, turn);
      return { ...report, seq: turn.seq };
    });
  }

  private async compare(tx: Tx, organisationId: string): Promise<RebuildReport> {
    const { seq } = await present(tx, organisationId);
    const found: Difference[] = [];
    for (const one of await this.measures.differences(tx, organisationId, LOOKED_AT)) {
      const measure = measureText(one.measure);
      for (const row of one.differences) found.push({ what: 'total', measure, ...row });
    }
    const launched = await this.challenges.launched(tx, organisationId);
    for (const challenge of launched) {
      found.push(...(await this.scores.differences(tx, organisationId, challenge)));
    }
    return {
      organisation: organisationId,
      seq,
      challenges: launched.length,
      differences: found.length,
      first: found.slice(0, SHOWN),
    };
  }
}
