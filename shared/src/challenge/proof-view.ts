import { z } from 'zod';
import { filtersSchema } from '../kpi/measure.js';
import { reasons, written, writtenFigure } from '../kpi/result.js';
import { decimalStringSchema, exactSchema } from '../quantity/decimal.js';
import { formatScaled } from '../quantity/scaled.js';
import { daySchema } from '../time/day-schema.js';
import type { KpiProof, MeasureProof, PlaceProof, Proof, RuleProof } from './proof.js';
import { scoreReasons } from './reason.js';
import { ruleSchema } from './rules/registry.js';
import { sentencesOf } from './sentence.js';

const textsSchema = z.object({ fr: z.string(), en: z.string() });
const figureSchema = z.union([z.string(), z.number()]).nullable();
const reasonSchema = z.enum(reasons).nullable();
const valuesSchema = {
  count: decimalStringSchema.meta({ description: 'how many facts; a shared one is a part of one' }),
  sum: decimalStringSchema,
};

export const measureProofSchema = z
  .object({
    node: z.literal('measure'),
    by: z
      .string()
      .meta({ description: 'how its days make it; a day is the sum of its activities' }),
    id: z.guid().meta({ description: 'to ask for its activities' }),
    name: z.string().meta({ description: 'as the formula calls it' }),
    sign: z
      .union([z.literal(1), z.literal(-1)])
      .meta({ description: '-1 where the formula takes it away, as net revenue does of refunds' }),
    aggregation: z.string(),
    types: z.array(z.string()),
    filters: filtersSchema,
    ...valuesSchema,
    days: z.array(z.object({ day: daySchema, ...valuesSchema })),
  })
  .meta({ id: 'MeasureProof' });

export const kpiProofSchema = z
  .object({
    node: z.literal('kpi'),
    by: z.enum(['formula', 'largest']),
    reading: z.string().meta({ description: 'as the rule calls it' }),
    kpi: z.string(),
    name: textsSchema,
    value: figureSchema,
    reason: reasonSchema,
    numerator: figureSchema,
    denominator: figureSchema,
    count: z.number(),
    measures: z.array(measureProofSchema),
  })
  .meta({ id: 'KpiProof' });

const othersSchema = z.array(
  z.object({
    id: z.string(),
    label: z.string().nullable().meta({ description: 'null: not shown' }),
  }),
);

export const ruleProofSchema = z
  .object({
    node: z.literal('rule'),
    by: z.string().meta({ description: 'the type of the rule' }),
    index: z.int(),
    rule: z.unknown(),
    sentence: textsSchema,
    score: decimalStringSchema.meta({ description: 'own and bonus, unless it is held back' }),
    exact: exactSchema,
    own: decimalStringSchema,
    bonus: decimalStringSchema.meta({ description: 'what its place brings' }),
    held: decimalStringSchema,
    heldBy: z.array(z.int()).meta({ description: 'the gates that hold it back' }),
    reason: reasonSchema,
    met: z.boolean().nullable().meta({ description: 'of a gate' }),
    place: z
      .object({
        place: z.int(),
        of: z.int(),
        value: figureSchema,
        on: daySchema.nullable(),
        sharedWith: othersSchema,
      })
      .nullable(),
    cuts: z
      .array(
        z.object({
          day: daySchema.nullable().meta({ description: 'null: of the whole' }),
          full: decimalStringSchema,
          left: decimalStringSchema,
        }),
      )
      .meta({ description: 'where a cap takes something away' }),
    frozen: decimalStringSchema.nullable().meta({ description: 'the target, or the baseline' }),
    kpis: z.array(kpiProofSchema),
  })
  .meta({ id: 'RuleProof' });

export const proofSchema = z
  .object({
    node: z.literal('score'),
    by: z.literal('sum'),
    challengeId: z.uuid(),
    version: z.int().meta({ description: 'the `seq` that it is of' }),
    from: daySchema,
    to: daySchema,
    subject: z.object({ type: z.enum(['member', 'team']), id: z.string(), label: z.string() }),
    heads: z
      .object({ personDays: z.int(), days: z.int() })
      .nullable()
      .meta({ description: 'of a team measured by head: rules divide what their KPIs add up' }),
    score: decimalStringSchema,
    exact: exactSchema,
    rank: z.int().nullable(),
    held: decimalStringSchema,
    reason: z.enum(scoreReasons).nullable(),
    reachedAt: daySchema.nullable(),
    rules: z.array(ruleProofSchema),
  })
  .meta({ id: 'Proof', description: 'how a score came about; leaves are asked for by measure' });
export type ProofView = z.infer<typeof proofSchema>;

/** What a reader needs besides the proof itself. */
export interface ProofWords {
  currency: string;
  /** The id of a measure, by its text. */
  idOf: (text: string) => string;
  /** Another subject, as the reader may see them. */
  otherOf: (id: string) => { id: string; label: string | null };
}

/** The part of an answer that the tree makes. */
export function writtenProof(proof: Proof, words: ProofWords) {
  const { score, exact, held, reason, reachedAt, by, heads, rules } = proof;
  return {
    node: 'score' as const,
    by,
    heads,
    score: formatScaled(score),
    ...(exact === null ? {} : { exact }),
    held: formatScaled(held),
    reason,
    reachedAt,
    rules: rules.map((node) => writtenRule(node, words)),
  };
}

function writtenRule(node: RuleProof, words: ProofWords): z.infer<typeof ruleProofSchema> {
  const { index, by, rule, heldBy, reason, met, place, cuts, frozen, kpis } = node;
  return {
    node: 'rule',
    by,
    index,
    rule: z.encode(ruleSchema, rule),
    sentence: sentencesOf(rule, words.currency),
    score: formatScaled(node.score),
    ...(node.exact === null ? {} : { exact: node.exact }),
    own: formatScaled(node.own),
    bonus: formatScaled(node.bonus),
    held: formatScaled(node.held),
    heldBy: [...heldBy],
    reason,
    met,
    place: place && writtenPlace(place, kpis[0], words),
    cuts: cuts.map(({ day, full, left }) => {
      return { day, full: formatScaled(full), left: formatScaled(left) };
    }),
    frozen: frozen === null ? null : formatScaled(frozen),
    kpis: kpis.map((kpi) => writtenKpi(kpi, words)),
  };
}

function writtenPlace(place: PlaceProof, kpi: KpiProof | undefined, { otherOf }: ProofWords) {
  return {
    place: place.place,
    of: place.of,
    value: written(place.value, kpi?.kpi.unit),
    on: place.on,
    sharedWith: place.sharedWith.map(otherOf),
  };
}

function writtenKpi(
  { reading, kpi, by, figure, measures }: KpiProof,
  words: ProofWords,
): z.infer<typeof kpiProofSchema> {
  const { code, card } = kpi;
  const { value, reason, numerator, denominator, count } = writtenFigure(kpi, figure);
  return {
    node: 'kpi',
    by,
    reading,
    kpi: code,
    name: { fr: card.fr.name, en: card.en.name },
    value,
    reason,
    numerator,
    denominator,
    count,
    measures: measures.map((measure) => writtenMeasure(measure, words)),
  };
}

function writtenMeasure(
  { name, text, measure, by, sign, count, sum, days }: MeasureProof,
  { idOf }: ProofWords,
): z.infer<typeof measureProofSchema> {
  return {
    node: 'measure',
    by,
    id: idOf(text),
    name,
    sign,
    aggregation: measure.aggregation,
    types: [...measure.types],
    filters: measure.filters,
    count: formatScaled(count),
    sum: formatScaled(sum),
    days: days.map((one) => {
      return { day: one.day, count: formatScaled(one.count), sum: formatScaled(one.sum) };
    }),
  };
}
