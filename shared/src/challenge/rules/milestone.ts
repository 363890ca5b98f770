import { z } from 'zod';
import { shownExact } from '../../quantity/exact.js';
import { formatScaled } from '../../quantity/scaled.js';
import { filtersField, kpiField, stepsField } from './parameter.js';
import { gained, type RuleType, type RuleWords } from './rule-type.js';

export const milestoneSchema = z
  .strictObject({
    type: z.literal('milestone'),
    kpi: kpiField,
    filters: filtersField,
    thresholds: stepsField,
    mode: z.enum(['cumulative', 'highest']).default('highest').meta({
      description: 'all thresholds that are passed add up, or only the highest counts',
    }),
  })
  .meta({ id: 'MilestoneRule' });
type Milestone = z.output<typeof milestoneSchema>;

const sumOf = (steps: Milestone['thresholds']) => steps.reduce((sum, { score }) => sum + score, 0);
const highestOf = (steps: Milestone['thresholds']) =>
  Math.max(0, ...steps.map(({ score }) => score));

const said = ({ thresholds }: Milestone, words: RuleWords, at: string) =>
  words.list(
    thresholds.map((step) =>
      at
        .replace('%score', words.number(formatScaled(step.score)))
        .replace('%at', words.amount(formatScaled(step.at))),
    ),
  );

/** A bonus when the running total passes thresholds; a total that falls back loses it again.
 * The total of a team by head passes a threshold as it is shown. */
export const milestone: RuleType<Milestone, z.input<typeof milestoneSchema>> = {
  schema: milestoneSchema,
  wants: 'sums',
  reads: ({ kpi, filters }) => ({ all: { kpi, filters } }),
  score: ({ thresholds, mode }, have) => {
    const total = shownExact(have.total('all'));
    const passed = thresholds.filter(({ at }) => total >= at);
    return gained(mode === 'cumulative' ? sumOf(passed) : (passed.at(-1)?.score ?? 0));
  },
  most: ({ thresholds, mode }) => ({
    each: mode === 'cumulative' ? sumOf(thresholds) : highestOf(thresholds),
    once: 0,
  }),
  describe: {
    fr: (rule, words) => {
      const how = rule.mode === 'cumulative' ? 'paliers cumulables' : 'le plus haut palier seul';
      return `${words.kpi} : ${said(rule, words, '%score à partir de %at')} (${how})`;
    },
    en: (rule, words) => {
      const how = rule.mode === 'cumulative' ? 'thresholds add up' : 'only the highest counts';
      return `${words.kpi}: ${said(rule, words, '%score from %at')} (${how})`;
    },
  },
  examples: [
    {
      rule: {
        type: 'milestone',
        kpi: 'revenue',
        thresholds: [
          { at: '1000', score: '10' },
          { at: '5000', score: '30' },
        ],
      },
      days: { '2026-03-02': '4000', '2026-03-03': '1000' },
      score: '30',
    },
    {
      rule: {
        type: 'milestone',
        kpi: 'revenue',
        mode: 'cumulative',
        thresholds: [
          { at: '1000', score: '10' },
          { at: '5000', score: '30' },
        ],
      },
      days: { '2026-03-02': '5000' },
      score: '40',
    },
    {
      rule: { type: 'milestone', kpi: 'revenue', thresholds: [{ at: '1000', score: '10' }] },
      days: { '2026-03-02': '1500', '2026-03-09': '-500.01' },
      score: '0',
    },
  ],
};
