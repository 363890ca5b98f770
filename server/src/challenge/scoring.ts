import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
} from '@palmares/shared/challenge/challenge';
import { compileChallenge, type CompiledChallenge } from '@palmares/shared/challenge/compile';
import type { Attendance } from '@palmares/shared/challenge/attendance';
import type { Facts } from '@palmares/shared/challenge/have';
import type { Lineup } from '@palmares/shared/challenge/lineup';
import { bonusesOf, passOf, scoreFrom } from '@palmares/shared/challenge/score';
import type { Bonuses, Pass } from '@palmares/shared/challenge/score';
import { rank } from '@palmares/shared/board/rank';
import type { TieBreak } from '@palmares/shared/challenge/tie';
import type { Standing } from '@palmares/shared/challenge/payout';
import { formatScaled } from '@palmares/shared/quantity/scaled';
import { daysBetween, type Day } from '@palmares/shared/time/day';
import { totalsOf, type ChallengeMemory } from './challenge-memory.js';
import type { ChallengeRow } from './challenge.store.js';
import type { LoggedScore, NamedScore, ScoreRow } from './score.store.js';

/** A launched challenge, ready to score. */
export interface RunningChallenge {
  id: string;
  definition: ChallengeDefinition;
  compiled: CompiledChallenge;
  /** Targets and baselines by rule and subject, as the launch found them. */
  frozen: ReadonlyMap<string, number>;
  /** The day up to which the board knows who has left. */
  leftBy: Day | null;
  /** Of whom teams are made, where teams compete. */
  lineup?: Lineup;
  /** Which days of people count, where the reps of some teams compete. */
  attendance?: Attendance;
  /** Who has left, where that takes them from the board. */
  hasLeft?: (memberId: string) => boolean;
}

/** A definition made ready to score. */
export function running(
  row: Pick<ChallengeRow, 'id' | 'definition' | 'leftBy'>,
  frozen: RunningChallenge['frozen'],
): RunningChallenge {
  const definition = challengeDefinitionSchema.parse(row.definition);
  return {
    id: row.id,
    definition,
    compiled: compileChallenge(definition),
    frozen,
    leftBy: row.leftBy,
  };
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

/** All that the score of a subject is made of. */
export function factsOf(
  { frozen, compiled, lineup, hasLeft }: RunningChallenge,
  subjectId: string,
  totals: Facts['totalsOf'],
): Facts {
  const frozenFor = (rule: number) => frozen.get(frozenKey(rule, subjectId)) ?? null;
  if (!lineup) {
    return { totalsOf: totals, frozenFor, out: hasLeft?.(subjectId) ? 'left' : null };
  }
  return { totalsOf: totals, frozenFor, ...factsOfTeam(lineup, compiled, subjectId) };
}

/** By how many a team is measured; without anybody it has no rank. */
export function factsOfTeam(
  lineup: Lineup,
  { perHead }: Pick<CompiledChallenge, 'perHead'>,
  teamId: string,
): Pick<Facts, 'heads' | 'out'> {
  const personDays = lineup.personDays(teamId);
  const days = daysBetween(lineup.window.from, lineup.window.to);
  return {
    heads: perHead ? { personDays, days } : undefined,
    out: personDays === 0 ? 'no-members' : null,
  };
}

export function rowOf(
  { id, compiled }: RunningChallenge,
  subjectId: string,
  pass: Pass,
  bonuses: Bonuses | undefined,
): ScoreRow {
  const { parts, ...score } = scoreFrom(compiled, pass, bonuses);
  return { challengeId: id, subjectId, ...score, parts: [...parts] };
}

export const sizeOf = (memory: ReadonlyMap<string, ChallengeMemory>) =>
  [...memory.values()].reduce((sum, { size }) => sum + size, 0);

export function same(a: ScoreRow, b: ScoreRow | undefined): boolean {
  return (
    a.score === b?.score &&
    a.exact === b.exact &&
    a.reachedAt === b.reachedAt &&
    a.held === b.held &&
    a.reason === b.reason &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, rule) => part === b.parts[rule])
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
    last?.score === said.score &&
    last.exact === said.exact &&
    last.reachedAt === said.reachedAt &&
    last.reason === said.reason;
  return [
    ...(same(said, kept) ? [] : [found('score', kept)]),
    ...(logged ? [] : [found('score-change', last)]),
  ];
}

type Brief = Pick<LoggedScore, 'score' | 'exact' | 'reachedAt' | 'reason'>;

const brief = (row: Brief | undefined) =>
  row
    ? `${row.reason ?? row.exact ?? formatScaled(row.score)} since ${row.reachedAt ?? 'ever'}`
    : 'none';

/** Scores with their ranks, in the order of the board. */
export function rankedOf<Row extends Omit<NamedScore, 'type'>>(
  scores: readonly Row[],
  ties: TieBreak,
): (Row & { rank: number | null })[] {
  const byId = new Map(scores.map((one) => [one.subjectId, one]));
  const rows = rank(
    scores.map(({ subjectId, label, score, exact, reachedAt, reason }) => ({
      subject: { type: 'member' as const, id: subjectId, label },
      score: formatScaled(score),
      ...(exact === null ? {} : { exact }),
      reachedAt,
      reason,
    })),
    ties,
  );
  return rows.flatMap((row) => {
    const score = byId.get(row.subject.id);
    return score ? [{ ...score, rank: row.rank }] : [];
  });
}

/** Ranks as the board has them. */
export const standingsOf = (
  scores: readonly Omit<NamedScore, 'type'>[],
  ties: TieBreak,
): NamedStanding[] =>
  rankedOf(scores, ties).map(({ subjectId, label, rank: place, score, exact }) => {
    return { subjectId, label, rank: place, score, exact };
  });

/** A board does not show whoever has left it. */
export const shown = <Row extends Pick<NamedScore, 'reason'>>(scores: readonly Row[]): Row[] =>
  scores.filter(({ reason }) => reason !== 'left');

export type NamedStanding = Standing & { label: string; exact: string | null };
