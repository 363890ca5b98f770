import { z } from 'zod';
import { decimalSchema } from '../quantity/decimal.js';
import { SCALE } from '../quantity/scaled.js';
import { textSchema } from '../quantity/text.js';
import type { Rule } from './rules/registry.js';
import { ruleTypeOf } from './rules/registry.js';

const pointsField = z.int().min(1).max(1_000_000_000);

/** What a final rank gives; equals add their places up and share them, rounded down. */
const rankSchema = z
  .strictObject({
    kind: z.literal('rank'),
    points: z.array(pointsField).min(1).max(100).meta({
      description: 'points of the first place, of the second, …',
    }),
  })
  .meta({ id: 'RankPayout' });

/** A named gift for a place; equals all get it. */
const prizeSchema = z
  .strictObject({
    kind: z.literal('prize'),
    place: z.int().min(1).max(100),
    prize: textSchema(120),
  })
  .meta({ id: 'PrizePayout' });

/** Points for everybody whose score reaches a threshold. */
const thresholdSchema = z
  .strictObject({
    kind: z.literal('threshold'),
    score: decimalSchema(1),
    points: pointsField,
    when: z.enum(['certification', 'live']).default('certification').meta({
      description: 'live: paid at once, and taken back where the score falls below again',
    }),
  })
  .meta({ id: 'ThresholdPayout' });

/** Points for each `per` of score; what is no whole point in the end is not paid. */
const perScoreSchema = z
  .strictObject({
    kind: z.literal('per-score'),
    points: pointsField,
    per: decimalSchema(1).default(SCALE),
    cap: pointsField.nullish().meta({ description: 'the most that one member gets' }),
  })
  .meta({ id: 'PerScorePayout' });

export const payoutLineSchema = z
  .discriminatedUnion('kind', [rankSchema, prizeSchema, thresholdSchema, perScoreSchema])
  .meta({ id: 'PayoutLine' });
export type PayoutLine = z.output<typeof payoutLineSchema>;

/** Where somebody stands in the end; without a rank nothing is given. */
export interface Standing {
  subjectId: string;
  rank: number | null;
  /** Scaled. */
  score: number;
}

/** What a line gives to a subject: points, or a gift of that name. */
export interface Award {
  line: number;
  subjectId: string;
  points: number;
  prize: string | null;
  /** The team that it was given to, where members share it. */
  teamId: string | null;
}

/** Whoever has a rank and something to show for it. */
const winning = ({ rank, score }: Standing) => rank !== null && score > 0;

function rankAwards(points: readonly number[], standings: readonly Standing[]) {
  const byRank = new Map<number, string[]>();
  for (const { rank, subjectId } of standings) {
    if (rank !== null) byRank.set(rank, [...(byRank.get(rank) ?? []), subjectId]);
  }
  return [...byRank].flatMap(([rank, subjectIds]) => {
    const pool = points.slice(rank - 1, rank - 1 + subjectIds.length);
    const sum = pool.reduce((total, one) => total + one, 0);
    const each = Math.floor(sum / subjectIds.length);
    return subjectIds.map((subjectId) => ({ subjectId, points: each }));
  });
}

function pointsOf(line: PayoutLine, { score }: Standing): number {
  if (line.kind === 'threshold') return score >= line.score ? line.points : 0;
  if (line.kind !== 'per-score') return 0;
  const points = Number((BigInt(line.points) * BigInt(score)) / BigInt(line.per));
  return Math.min(points, line.cap ?? points);
}

/**
 * What one line of the payout gives, by subject: points rounded down, equals sharing what their
 * places bring. Whoever has no rank, or no score above zero, gets nothing.
 * @example rank [100, 50] with two firsts gives 75 each
 */
export function awardsOf(line: PayoutLine, place: number, standings: readonly Standing[]): Award[] {
  const ranked = standings.filter(winning);
  const award = (subjectId: string, points: number, prize: string | null = null): Award => {
    return { line: place, subjectId, points, prize, teamId: null };
  };
  if (line.kind === 'prize') {
    return ranked
      .filter(({ rank }) => rank === line.place)
      .map(({ subjectId }) => award(subjectId, 0, line.prize));
  }
  const given =
    line.kind === 'rank'
      ? rankAwards(line.points, ranked)
      : ranked.map((one) => ({ subjectId: one.subjectId, points: pointsOf(line, one) }));
  return given
    .filter(({ points }) => points > 0)
    .map(({ subjectId, points }) => award(subjectId, points));
}

/** What the whole payout gives. */
export const allAwards = (payout: readonly PayoutLine[], standings: readonly Standing[]): Award[] =>
  payout.flatMap((line, place) => awardsOf(line, place, standings));

/** The most that one subject can score; null where nothing limits it. */
export function mostScore(rules: readonly Rule[], days: number): number | null {
  let sum = 0;
  for (const rule of rules) {
    const { each, once } = ruleTypeOf(rule).most(rule, days);
    if (each === null) return null;
    sum += each + once;
  }
  return sum;
}

/** The most that a line may cost in points; null where nothing limits it: it needs a cap. */
function mostOf(line: PayoutLine, subjects: number, score: number | null): number | null {
  if (line.kind === 'prize') return 0;
  if (line.kind === 'rank') return line.points.reduce((sum, one) => sum + one, 0);
  if (line.kind === 'threshold') return line.points * subjects;
  if (score === null) return line.cap ? line.cap * subjects : null;
  const each = pointsOf(line, { subjectId: '', rank: 1, score });
  return each * subjects;
}

/** The points to reserve so that nothing that may happen exceeds them, or the lines without a limit. */
export type WorstCase = { ok: true; points: number } | { ok: false; lines: number[] };

/**
 * @param subjects who take part
 * @param days of the window
 */
export function worstCase(
  payout: readonly PayoutLine[],
  rules: readonly Rule[],
  subjects: number,
  days: number,
): WorstCase {
  const score = mostScore(rules, days);
  const most = payout.map((line) => mostOf(line, subjects, score));
  const lines = most.flatMap((points, line) => (points === null ? [line] : []));
  if (lines.length > 0) return { ok: false, lines };
  return { ok: true, points: most.reduce<number>((sum, points) => sum + (points ?? 0), 0) };
}
