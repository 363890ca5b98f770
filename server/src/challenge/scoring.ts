import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import type { CompiledChallenge } from '@palmares/shared/challenge/compile';
import type { Facts } from '@palmares/shared/challenge/have';
import { bonusesOf, passOf, scoreFrom, type Pass } from '@palmares/shared/challenge/score';
import { rank } from '@palmares/shared/board/rank';
import type { TieBreak } from '@palmares/shared/challenge/tie';
import type { Standing } from '@palmares/shared/challenge/payout';
import type { DayChanges } from '@palmares/shared/intake/settle';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { totalsOf, type ChallengeMemory } from './challenge-memory.js';
import type { LoggedScore, NamedScore, ScoreRow } from './score.store.js';

/** A launched challenge, ready to score. */
export interface RunningChallenge {
  id: string;
  definition: ChallengeDefinition;
  everyone: boolean;
  compiled: CompiledChallenge;
  /** Targets and baselines by rule and subject, as the launch found them. */
  frozen: ReadonlyMap<string, number>;
}

export const frozenKey = (rule: number, subjectId: string): string => `${rule} ${subjectId}`;

/** A subject whose stored score, or the end of its log, is not what the totals give. */
export interface ScoreDifference {
  what: 'score' | 'score-change';
  challengeId: string;
  subjectId: string;
  kept: string;
  said: string;
}

/** A score that a turn has moved. */
export interface MovedScore {
  challenge: RunningChallenge;
  before: ScoreRow;
  after: ScoreRow;
}

/** What moved of those who were touched, or of everybody where they compete for places. */
export function movedOf(
  challenge: RunningChallenge,
  memory: ChallengeMemory,
  touched: readonly string[],
): MovedScore[] {
  const { compiled } = challenge;
  const passes = new Map<string, Pass>();
  if (compiled.placing) {
    for (const [id, known] of memory.present()) {
      known.pass ??= passOf(compiled, factsOf(challenge, id, totalsOf(known)));
      passes.set(id, known.pass);
    }
  }
  const bonuses = bonusesOf(compiled, passes);
  const moved: MovedScore[] = [];
  for (const id of compiled.placing ? passes.keys() : touched) {
    const known = memory.get(id);
    if (!known?.pass) continue;
    const after = rowOf(challenge, id, known.pass, bonuses.get(id));
    const before = known.score;
    if (!same(after, before)) moved.push({ challenge, before, after });
    known.score = after;
  }
  return moved;
}

/** Members whose totals changed within the window of a challenge. */
export function touchedBy(
  changes: DayChanges,
  { from, to, measures }: CompiledChallenge,
): string[] {
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

export function factsOf(
  { frozen }: RunningChallenge,
  subjectId: string,
  totals: Facts['totalsOf'],
): Facts {
  return { totalsOf: totals, frozenFor: (rule) => frozen.get(frozenKey(rule, subjectId)) ?? null };
}

export function rowOf(
  { id, compiled }: RunningChallenge,
  subjectId: string,
  pass: Pass,
  bonuses: ReadonlyMap<number, number> | undefined,
): ScoreRow {
  const { parts, ...score } = scoreFrom(compiled, pass, bonuses);
  return { challengeId: id, subjectId, ...score, parts: [...parts] };
}

export const sizeOf = (memory: ReadonlyMap<string, ChallengeMemory>) =>
  [...memory.values()].reduce((sum, { size }) => sum + size, 0);

export function same(a: ScoreRow, b: ScoreRow | undefined): boolean {
  return (
    a.score === b?.score &&
    a.reachedAt === b.reachedAt &&
    a.held === b.held &&
    a.reason === b.reason &&
    a.parts.join() === b.parts.join()
  );
}

/** What is stored of a subject, and what the log of its changes ends with, against what is right. */
export function differ(
  said: ScoreRow,
  kept: ScoreRow | undefined,
  last: LoggedScore | undefined,
): ScoreDifference[] {
  const { challengeId, subjectId } = said;
  const found = (what: ScoreDifference['what'], instead: Brief | undefined): ScoreDifference => {
    return { what, challengeId, subjectId, kept: brief(instead), said: brief(said) };
  };
  const logged =
    last?.score === said.score && last.reachedAt === said.reachedAt && last.reason === said.reason;
  return [
    ...(same(said, kept) ? [] : [found('score', kept)]),
    ...(logged ? [] : [found('score-change', last)]),
  ];
}

type Brief = Pick<LoggedScore, 'score' | 'reachedAt' | 'reason'>;

const brief = (row: Brief | undefined) =>
  row ? `${row.reason ?? formatScaled(row.score)} since ${row.reachedAt ?? 'ever'}` : 'none';

/** Ranks as the board has them. */
export function standingsOf(scores: readonly NamedScore[], ties: TieBreak): NamedStanding[] {
  const byId = new Map(scores.map((one) => [one.subjectId, one]));
  const rows = rank(
    scores.map(({ subjectId, label, score, reachedAt, reason }) => ({
      subject: { type: 'member' as const, id: subjectId, label },
      score: formatScaled(score),
      reachedAt,
      reason,
    })),
    ties,
  );
  return rows.map((row) => {
    const { id, label } = row.subject;
    return { subjectId: id, label, rank: row.rank, score: byId.get(id)?.score ?? 0 };
  });
}

export type NamedStanding = Standing & { label: string };
