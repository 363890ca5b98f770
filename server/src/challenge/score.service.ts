import { Injectable } from '@nestjs/common';
import { scoreOf, type CompiledChallenge, type DayTotals } from '@palmares/shared/challenge/score';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import type { DayChanges } from '@palmares/shared/intake/settle';
import { tooLarge } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import type { Turn } from '../people/sequence.js';
import { TurnMemory } from '../people/turn-memory.js';
import { breathe } from '../platform/breathe.js';
import type { Tx } from '../platform/database.js';
import { ChallengeMemory, totalsOf } from './challenge-memory.js';
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

/** Subjects that a process remembers of one organisation, over all its challenges. */
const REMEMBERED_MAX = 200_000;

/** Subjects whose daily totals are in memory together while a challenge is scored anew. */
const AT_ONCE = 1_000;

@Injectable()
export class ScoreService {
  private readonly memory = new TurnMemory(() => new Map<string, ChallengeMemory>());

  constructor(private readonly measures: MeasureService) {}

  /**
   * Enters subjects into a challenge with the score they have; who is in it already stays as they
   * are. Problems: `total-too-large`.
   */
  async enter(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
  ): Promise<void> {
    const { organisationId } = turn;
    const known = await store.find(tx, organisationId, [challenge.id], subjectIds);
    const present = new Set(known.map(({ subjectId }) => subjectId));
    const fresh = subjectIds.filter((id) => !present.has(id));
    if (fresh.length === 0) return;
    const rows = await this.compute(tx, organisationId, challenge, fresh).catch(tooLarge);
    await store.write(tx, turn, rows);
    this.memory.forget(organisationId);
  }

  /** What is remembered is as good after a turn that changes no score. */
  follow(tx: Tx, turn: Turn): void {
    this.memory.take(tx, turn);
  }

  /** Brings the scores that these changes touch up to date; writes only what moved. */
  async rescore(
    tx: Tx,
    turn: Turn,
    running: readonly RunningChallenge[],
    changes: DayChanges,
  ): Promise<void> {
    const memory = this.memory.take(tx, turn);
    const moved: store.ScoreRow[] = [];
    for (const challenge of running) {
      const touched = touchedBy(changes, challenge.compiled);
      if (touched.length === 0) continue;
      await breathe();
      let remembered = memory.get(challenge.id);
      if (!remembered) memory.set(challenge.id, (remembered = new ChallengeMemory()));
      for (const id of touched) remembered.add(id, changes, challenge.compiled);
      await this.recall(tx, turn.organisationId, challenge, remembered, touched);
      for (const id of touched) {
        const known = remembered.get(id);
        if (!known) continue;
        const score = scoreRow(challenge, id, totalsOf(known));
        if (!same(score, known.score)) moved.push(score);
        known.score = score;
      }
    }
    tx.meanwhile(store.write(tx, turn, moved));
    if (sizeOf(memory) > REMEMBERED_MAX) this.memory.forget(turn.organisationId);
  }

  /** Reads what is not remembered yet: scores, and totals as they are after this turn's changes. */
  private async recall(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
    memory: ChallengeMemory,
    subjectIds: readonly string[],
  ): Promise<void> {
    const missing = subjectIds.filter((id) => memory.get(id) === undefined);
    if (missing.length === 0) return;
    const { compiled, id } = challenge;
    const stored = await store.find(tx, organisationId, [id], missing);
    const present = stored.map(({ subjectId }) => subjectId);
    const texts = [...compiled.measures.keys()];
    const totals = await this.measures.totals(tx, organisationId, compiled, texts, present);
    for (const subjectId of missing) memory.put(subjectId, null);
    for (const score of stored) {
      const own = texts.map((text) => [text, totals(score.subjectId, text) ?? new Map()] as const);
      memory.put(score.subjectId, { score, totals: new Map(own) });
    }
  }

  /** Where scores, or their log, are not what the kept totals give. */
  async differences(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
  ): Promise<ScoreDifference[]> {
    const compared = await this.compare(tx, organisationId, challenge);
    return compared.flatMap(({ differences }) => differences);
  }

  /** The same, and writes anew what differs. */
  async mend(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<ScoreDifference[]> {
    const compared = await this.compare(tx, turn.organisationId, challenge);
    const wrong = compared.map(({ said }) => said);
    await store.write(tx, turn, wrong);
    this.memory.forget(turn.organisationId);
    return compared.flatMap(({ differences }) => differences);
  }

  /** Scores everybody in a challenge anew, some at a time; keeps what is not as it should be. */
  private async compare(tx: Tx, organisationId: string, challenge: RunningChallenge) {
    const stored = await store.findAll(tx, organisationId, challenge.id);
    const logged = await store.lastChanges(tx, organisationId, challenge.id);
    const log = new Map(logged.map((row) => [row.subjectId, row]));
    const wrong: { said: store.ScoreRow; differences: ScoreDifference[] }[] = [];
    for (let from = 0; from < stored.length; from += AT_ONCE) {
      const some = stored.slice(from, from + AT_ONCE);
      const subjectIds = some.map(({ subjectId }) => subjectId);
      const right = await this.compute(tx, organisationId, challenge, subjectIds);
      right.forEach((said, index) => {
        const differences = differ(said, some[index], log.get(said.subjectId));
        if (differences.length > 0) wrong.push({ said, differences });
      });
    }
    return wrong;
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
    return subjectIds.map((subjectId) =>
      scoreRow(challenge, subjectId, (measure) => totals(subjectId, measure)),
    );
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

function scoreRow(
  { id, compiled }: RunningChallenge,
  subjectId: string,
  totals: (measure: string) => DayTotals | undefined,
): store.ScoreRow {
  const { score, parts, reachedAt } = scoreOf(compiled, totals);
  return { challengeId: id, subjectId, score, parts: [...parts], reachedAt };
}

const sizeOf = (memory: ReadonlyMap<string, ChallengeMemory>) =>
  [...memory.values()].reduce((sum, { size }) => sum + size, 0);

function same(a: store.ScoreRow, b: store.ScoreRow | undefined): boolean {
  return a.score === b?.score && a.reachedAt === b.reachedAt && a.parts.join() === b.parts.join();
}

/** What is stored of a subject, and what the log of its changes ends with, against what is right. */
function differ(
  said: store.ScoreRow,
  kept: store.ScoreRow | undefined,
  last: Pick<store.ScoreRow, 'score' | 'reachedAt'> | undefined,
): ScoreDifference[] {
  const { challengeId, subjectId } = said;
  const found = (what: ScoreDifference['what'], instead: typeof last): ScoreDifference => {
    return { what, challengeId, subjectId, kept: brief(instead), said: brief(said) };
  };
  const logged = last?.score === said.score && last.reachedAt === said.reachedAt;
  return [
    ...(same(said, kept) ? [] : [found('score', kept)]),
    ...(logged ? [] : [found('score-change', last)]),
  ];
}

const brief = (row: Pick<store.ScoreRow, 'score' | 'reachedAt'> | undefined) =>
  row ? `${formatScaled(row.score)} since ${row.reachedAt ?? 'ever'}` : 'none';
