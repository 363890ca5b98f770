import { Injectable } from '@nestjs/common';
import { passOf } from '@palmares/shared/challenge/score';
import type { DayChanges } from '@palmares/shared/kpi/aggregations/aggregation';
import { tooLarge } from '../http/problem-error.js';
import { MeasureService } from '../kpi/measure.service.js';
import type { Turn } from '../people/sequence.js';
import { TurnMemory } from '../people/turn-memory.js';
import { breathe } from '../platform/breathe.js';
import type { Tx } from '../platform/database.js';
import { computeScores, stepOf } from './compute.js';
import { ChallengeMemory, totalsOf, touchedBy } from './challenge-memory.js';
import { depends, LineupService } from './lineup.service.js';
import { totalsAt } from './proof-totals.js';
import * as store from './score.store.js';
import { differ, factsOf, movedOf, same, shown, sizeOf, standingsOf } from './scoring.js';
import type { MovedScore, NamedStanding, RunningChallenge, ScoreDifference } from './scoring.js';
import { subjectTotals } from './subject-totals.js';

export type { NamedScore } from './score.store.js';
export type { MovedScore, RunningChallenge, ScoreDifference } from './scoring.js';

/** Subjects that a process remembers of one organisation, over all its challenges. */
const REMEMBERED_MAX = 200_000;

@Injectable()
export class ScoreService {
  private readonly memory = new TurnMemory(() => new Map<string, ChallengeMemory>());

  constructor(
    private readonly measures: MeasureService,
    private readonly lineups: LineupService,
  ) {}

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
    await this.score(tx, turn, await this.lineups.join(tx, turn, challenge), fresh);
  }

  /**
   * Brings the scores up to date that follow from people, once a turn has changed these. Problems:
   * `total-too-large`.
   */
  async regroup(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<MovedScore[]> {
    const { organisationId } = turn;
    if (!depends(challenge)) return [];
    const { before, after, gone } = await this.lineups.change(tx, turn, challenge);
    const { lineup, attendance, hasLeft } = after;
    const composition = lineup ?? attendance;
    const stored = composition
      ? await store.findAll(tx, organisationId, challenge.id)
      : await store.findLeft(tx, organisationId, challenge.id, gone);
    const moved = stored.filter(
      ({ subjectId, reason }) =>
        (composition && before?.textOf(subjectId) !== composition.textOf(subjectId)) ||
        (hasLeft && hasLeft(subjectId) !== (reason === 'left')),
    );
    const subjectIds = moved.map(({ subjectId }) => subjectId);
    return subjectIds.length > 0 ? this.score(tx, turn, after, subjectIds) : [];
  }

  /** Makes the scores of everybody who takes part anew. Problems: `total-too-large`. */
  async renew(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<MovedScore[]> {
    const subjectIds = await this.subjects(tx, turn.organisationId, challenge.id);
    return this.score(tx, turn, await this.lineups.join(tx, turn, challenge), subjectIds);
  }

  /**
   * Writes the scores of some subjects, and of others whose places they take; answers what moved of
   * those who had one.
   */
  private async score(
    tx: Tx,
    turn: Turn,
    challenge: RunningChallenge,
    subjectIds: readonly string[],
  ): Promise<MovedScore[]> {
    const { organisationId } = turn;
    const stored = challenge.compiled.placing
      ? await store.findAll(tx, organisationId, challenge.id)
      : await store.find(tx, organisationId, [challenge.id], subjectIds);
    const before = new Map(stored.map((row) => [row.subjectId, row]));
    const ids = new Set([...before.keys(), ...subjectIds]);
    const rows = await computeScores(this.measures, tx, organisationId, challenge, [...ids]).catch(
      tooLarge,
    );
    const moved = rows.filter((row) => !same(row, before.get(row.subjectId)));
    await store.write(tx, turn, moved);
    this.memory.forget(organisationId);
    return moved.flatMap((after) => {
      const known = before.get(after.subjectId);
      return known ? [{ challenge, before: known, after }] : [];
    });
  }

  /** Starts empty at the next turn: what was remembered may have been rolled back. */
  forget(organisationId: string): void {
    this.memory.forget(organisationId);
  }

  /** Whoever takes part. */
  async subjects(tx: Tx, organisationId: string, challengeId: string): Promise<string[]> {
    const rows = await store.findAll(tx, organisationId, challengeId);
    return rows.map(({ subjectId }) => subjectId);
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
  ): Promise<MovedScore[]> {
    const memory = this.memory.take(tx, turn);
    const moved: MovedScore[] = [];
    for (const one of running) {
      if (touchedBy(changes, one.compiled).length === 0) continue;
      await breathe();
      const challenge = await this.lineups.join(tx, turn, one);
      let remembered = memory.get(challenge.id);
      if (!remembered) memory.set(challenge.id, (remembered = new ChallengeMemory()));
      const touched = remembered.follow(changes, challenge);
      if (touched.length === 0) continue;
      await this.recall(tx, turn.organisationId, challenge, remembered, touched);
      for (const id of touched) {
        const known = remembered.get(id);
        if (known) known.pass = passOf(challenge.compiled, factsOf(challenge, id, totalsOf(known)));
      }
      moved.push(...movedOf(challenge, remembered, touched));
    }
    const rows = moved.map(({ after }) => after);
    tx.meanwhile(store.write(tx, turn, rows));
    if (sizeOf(memory) > REMEMBERED_MAX) this.memory.forget(turn.organisationId);
    return moved;
  }

  async takesPart(tx: Tx, organisationId: string, challengeId: string, subjectId: string) {
    return (await store.find(tx, organisationId, [challengeId], [subjectId])).length > 0;
  }

  /** Those of some subjects who take part. */
  async present(
    tx: Tx,
    organisationId: string,
    challengeId: string,
    subjectIds: readonly string[],
  ): Promise<string[]> {
    const found = await store.find(tx, organisationId, [challengeId], subjectIds);
    return found.filter(({ reason }) => reason !== 'left').map(({ subjectId }) => subjectId);
  }

  /**
   * Reads what is not remembered yet: scores, and totals as they are after this turn's changes.
   * Where places are given, everybody is needed.
   */
  private async recall(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
    memory: ChallengeMemory,
    subjectIds: readonly string[],
  ): Promise<void> {
    const { compiled, id } = challenge;
    const all = compiled.placing && !memory.complete;
    const missing = subjectIds.filter((one) => memory.get(one) === undefined);
    if (missing.length === 0 && !all) return;
    const stored = all
      ? await store.findAll(tx, organisationId, id)
      : await store.find(tx, organisationId, [id], missing);
    const unknown = stored.filter(({ subjectId }) => memory.get(subjectId) === undefined);
    const present = unknown.map(({ subjectId }) => subjectId);
    const texts = [...compiled.measures.keys()];
    const totals = await subjectTotals(this.measures, tx, organisationId, challenge, present);
    for (const subjectId of missing) memory.put(subjectId, null);
    for (const score of unknown) {
      const own = texts.map((text) => [text, totals(score.subjectId, text) ?? new Map()] as const);
      memory.put(score.subjectId, { score, totals: new Map(own) });
    }
    memory.complete ||= all;
  }

  /** Where scores, or their log, are not what the kept totals give. */
  async differences(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
  ): Promise<ScoreDifference[]> {
    const joined = await this.lineups.joinStored(tx, organisationId, challenge);
    const compared = await this.compare(tx, organisationId, joined);
    return compared.flatMap(({ differences }) => differences);
  }

  /** The same, and writes anew what differs. */
  async mend(tx: Tx, turn: Turn, challenge: RunningChallenge): Promise<ScoreDifference[]> {
    const joined = await this.lineups.join(tx, turn, challenge);
    const compared = await this.compare(tx, turn.organisationId, joined);
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
    const step = challenge.compiled.placing ? Math.max(stored.length, 1) : stepOf(challenge);
    for (let from = 0; from < stored.length; from += step) {
      const some = stored.slice(from, from + step);
      const subjectIds = some.map(({ subjectId }) => subjectId);
      const right = await computeScores(this.measures, tx, organisationId, challenge, subjectIds);
      right.forEach((said, index) => {
        const differences = differ(said, some[index], log.get(said.subjectId));
        if (differences.length > 0) wrong.push({ said, differences });
      });
    }
    return wrong;
  }

  async board(tx: Tx, organisationId: string, challengeId: string): Promise<store.NamedScore[]> {
    return shown(await store.board(tx, organisationId, challengeId));
  }

  /** The same as it was after an earlier turn. */
  async boardAsOf(tx: Tx, organisationId: string, challengeId: string, seq: number) {
    return shown(await store.boardAsOf(tx, organisationId, challengeId, seq));
  }

  /** The ranking as it was after an earlier turn. */
  async standingsAsOf(
    tx: Tx,
    organisationId: string,
    { id, definition }: RunningChallenge,
    seq: number,
  ): Promise<NamedStanding[]> {
    return standingsOf(await store.boardAsOf(tx, organisationId, id, seq), definition.ties);
  }

  /** The ranking that the data of today, or of a `seq`, would give; nothing is written. */
  async standingsAnew(
    tx: Tx,
    organisationId: string,
    challenge: RunningChallenge,
    asOf?: number,
  ): Promise<NamedStanding[]> {
    const named = await store.board(tx, organisationId, challenge.id);
    const ids = named.map(({ subjectId }) => subjectId);
    const joined = await this.lineups.joinStored(tx, organisationId, challenge);
    const { measures } = this;
    const reader = asOf === undefined ? measures : totalsAt(measures, joined.compiled, asOf);
    const rows = await computeScores(reader, tx, organisationId, joined, ids);
    const labels = new Map(named.map(({ subjectId, label }) => [subjectId, label]));
    const anew = rows.map((row) => ({ ...row, label: labels.get(row.subjectId) ?? '' }));
    return standingsOf(anew, challenge.definition.ties);
  }

  /** Everybody who takes part, by rank. */
  async standings(
    tx: Tx,
    organisationId: string,
    { id, definition }: RunningChallenge,
  ): Promise<NamedStanding[]> {
    return standingsOf(await store.board(tx, organisationId, id), definition.ties);
  }

  /** How far the organisation has come, and what changed on a board after a `seq`. */
  async followBoard(tx: Tx, organisationId: string, challengeId: string, seq: number) {
    return store.follow(tx, organisationId, challengeId, seq);
  }

  async count(tx: Tx, organisationId: string, challengeId: string): Promise<number> {
    return store.count(tx, organisationId, challengeId);
  }
}
