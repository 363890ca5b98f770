import { Injectable } from '@nestjs/common';
import { scoreOf, type CompiledChallenge } from '@palmares/shared/challenge/score';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { DayChanges } from '@palmares/shared/intake/settle';
import { tooLarge } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import * as store from './score.store.js';

export type { NamedScore } from './score.store.js';

/** A subject whose stored score, or the end of its log, is not what the totals give. */
export interface ScoreDifference {
  what: 'score' | 'score-change';
  challengeId: string;
  subjectId: string;
  kept: string;
  said: string;
}

/** A launched challenge, ready to score. */
export interface RunningChallenge {
  id: string;
  everyone: boolean;
  compiled: CompiledChallenge;
}

@Injectable()
export class ScoreService {
  constructor(private readonly measures: MeasureService) {}

  /** Enters subjects into a challenge with the score they have. Problems: `total-too-large`. */
  async enter(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
  ): Promise<void> {
    const rows = await this.compute(tx, turn.organisationId, challenge, subjectIds).catch(tooLarge);
    await store.write(tx, turn, rows);
  }

  /** Brings the scores that these changes touch up to date; writes only what moved. */
  async rescore(
    tx: Tx,
    turn: Turn,
    running: readonly RunningChallenge[],
    changes: DayChanges,
  ): Promise<void> {
    const moved: store.ScoreRow[] = [];
    for (const challenge of running) {
      const touched = touchedBy(changes, challenge.compiled);
      if (touched.length === 0) continue;
      const { organisationId } = turn;
      const stored = await store.find(tx, organisationId, [challenge.id], touched);
      const before = new Map(stored.map((row) => [row.subjectId, row]));
      const rows = await this.compute(tx, organisationId, challenge, [...before.keys()]);
      moved.push(...rows.filter((row) => !same(row, before.get(row.subjectId))));
    }
    await store.write(tx, turn, moved);
  }

  /** Scores everybody in a challenge anew from the kept totals, and writes what differs. */
  async recompute(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<void> {
    const { organisationId } = turn;
    const stored = await store.findAll(tx, organisationId, challenge.id);
    const before = new Map(stored.map((row) => [row.subjectId, row]));
    const logged = await store.lastChanges(tx, organisationId, challenge.id);
    const log = new Map(logged.map((row) => [row.subjectId, row]));
    const rows = await this.compute(tx, organisationId, challenge, [...before.keys()]);
    const wrong = rows.filter((row) => {
      const last = log.get(row.subjectId);
      const agrees = last?.score === row.score && last.reachedAt === row.reachedAt;
      return !agrees || !same(row, before.get(row.subjectId));
    });
    await store.write(tx, turn, wrong);
  }

  /** Where scores, or their log, are not what the kept totals give. */
  async differences(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
  ): Promise<ScoreDifference[]> {
    const stored = await store.findAll(tx, organisationId, challenge.id);
    const subjectIds = stored.map(({ subjectId }) => subjectId);
    const right = await this.compute(tx, organisationId, challenge, subjectIds);
    const logged = await store.lastChanges(tx, organisationId, challenge.id);
    const log = new Map(logged.map((row) => [row.subjectId, row]));
    const found: ScoreDifference[] = [];
    right.forEach((said, index) => {
      const kept = stored[index];
      const { subjectId } = said;
      const at = { challengeId: challenge.id, subjectId };
      if (!same(said, kept))
        found.push({ what: 'score', ...at, kept: brief(kept), said: brief(said) });
      const last = log.get(subjectId);
      if (last?.score !== said.score || last.reachedAt !== said.reachedAt) {
        found.push({ what: 'score-change', ...at, kept: brief(last), said: brief(said) });
      }
    });
    return found;
  }

  async board(tx: Tx, organisationId: string, challengeId: string): Promise<store.NamedScore[]> {
    return store.board(tx, organisationId, challengeId);
  }

  /** The last state of every subject that changed after a `seq`. */
  async changesSince(tx: Tx, organisationId: string, challengeId: string, seq: number) {
    const rows = await store.changesSince(tx, organisationId, challengeId, seq);
    return [...new Map(rows.map((row) => [row.subjectId, row])).values()];
  }

  private async compute(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
  ): Promise<store.ScoreRow[]> {
    if (subjectIds.length === 0) return [];
    const { compiled } = challenge;
    const texts = compiled.measures.keys();
    const totals = await this.measures.totals(tx, organisationId, compiled, texts, subjectIds);
    return subjectIds.map((subjectId) => {
      const score = scoreOf(compiled, (measure) => totals(subjectId, measure));
      return {
        challengeId: challenge.id,
        subjectId,
        score: score.score,
        parts: [...score.parts],
        reachedAt: score.reachedAt,
      };
    });
  }
}

/** Members whose totals changed within the window of a challenge. */
function touchedBy(changes: DayChanges, { from, to, measures }: CompiledChallenge): string[] {
  const touched = new Set<string>();
  for (const measure of measures.keys()) {
    for (const [memberId, days] of changes.get(measure) ?? []) {
      if (touched.has(memberId)) continue;
      for (const day of days.keys()) {
        if (day >= from && day < to) touched.add(memberId);
      }
    }
  }
  return [...touched];
}

function same(a: store.ScoreRow, b: store.ScoreRow | undefined): boolean {
  return a.score === b?.score && a.reachedAt === b.reachedAt && a.parts.join() === b.parts.join();
}

const brief = (row: Pick<store.ScoreRow, 'score' | 'reachedAt'> | undefined) =>
  row ? `${formatScaled(row.score)} since ${row.reachedAt ?? 'ever'}` : 'none';
