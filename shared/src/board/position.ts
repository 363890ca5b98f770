import { z } from 'zod';
import type { Board, BoardRow } from './board.js';
import { units } from '../kpi/unit.js';
import { decimalStringSchema } from '../quantity/decimal.js';
import { readExact } from '../quantity/exact.js';
import { formatScaled, parseScaled } from '../quantity/scaled.js';
import type { CompiledChallenge } from '../challenge/compile.js';
import { scoreToPass, wayTo, type Haves } from '../challenge/gap.js';

const waySchema = z
  .object({
    rule: z.int().meta({ description: 'the place of the rule in the list' }),
    kpi: z.string(),
    name: z.object({ fr: z.string(), en: z.string() }),
    unit: z.enum(units),
    amount: z.int().meta({ description: 'in 1/10 000' }),
  })
  .meta({ id: 'Way', description: 'so much of a KPI closes the gap by itself' });

const neighbourSchema = z
  .object({
    name: z.string().nullable(),
    rank: z.int(),
    gap: decimalStringSchema.meta({ description: 'of score' }),
    way: waySchema.optional().meta({ description: 'where it can be promised' }),
  })
  .meta({ id: 'Neighbour' });
/** Somebody next to me, and what lies between us. */
export type Neighbour = z.infer<typeof neighbourSchema>;

export const placeSchema = z
  .object({
    rank: z.int().nullable(),
    score: decimalStringSchema,
    total: z.int(),
    above: neighbourSchema.optional().meta({ description: 'the next better rank' }),
    below: neighbourSchema.optional().meta({ description: 'who would pass first' }),
  })
  .meta({ id: 'BoardPlace' });
export type Place = z.infer<typeof placeSchema>;

/** Where the caller stands, with what each rule looks at of theirs. */
export const ownPlaceSchema = z
  .object({
    place: placeSchema.nullable().meta({ description: 'null: takes no part' }),
    haves: z
      .array(z.object({ total: z.int(), frozen: z.int().nullable() }).nullable())
      .optional()
      .meta({
        description:
          'what the caller has of what each rule reads, and its target, in 1/10 000; only where the next step depends on it',
      }),
  })
  .meta({ id: 'OwnPlace' });
export type OwnPlace = z.infer<typeof ownPlaceSchema>;

const scaled = (decimal: string) => parseScaled(decimal) ?? 0;
const exactOf = ({ score, exact }: BoardRow) => readExact(scaled(score), exact);

/**
 * Where a subject stands, and how far from those next to them; undefined who is not there.
 * @param haves what the subject has by rule, for steps that more of it would reach
 */
export function placeOf(
  { rows, total, ties = 'earliest' }: Pick<Board, 'rows' | 'total' | 'ties'>,
  me: string | undefined,
  compiled: CompiledChallenge,
  haves: Haves = [],
): Place | undefined {
  const at = rows.findIndex(({ subject }) => subject.id === me);
  const own = rows[at];
  if (!own) return undefined;
  const { rank, score } = own;
  if (rank === null || rows.every((row) => scaled(row.score) === 0)) {
    return { rank: null, score, total, above: undefined, below: undefined };
  }
  const neighbour = (row: BoardRow | undefined, behind: boolean): Neighbour | undefined => {
    if (!row || row.rank === null) return undefined;
    const [from, to] = behind ? [row, own] : [own, row];
    const needed = scoreToPass(exactOf(from), exactOf(to), ties);
    const apart = Math.abs(scaled(to.score) - scaled(from.score));
    // What only a fraction parts is a little, and not nothing.
    const gap = formatScaled(apart || Number(from.exact !== to.exact));
    return {
      name: row.subject.label,
      rank: row.rank,
      gap,
      way: wayTo(compiled, needed, behind ? [] : haves),
    };
  };
  const above = rows.findLast((row) => row.rank !== null && row.rank < rank);
  const below = rows.find((row) => row.rank !== null && row.rank > rank);
  return { rank, score, total, above: neighbour(above, false), below: neighbour(below, true) };
}
