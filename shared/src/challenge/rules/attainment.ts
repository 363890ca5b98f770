import { z } from 'zod';
import { addExact, compareExact, shownExact, timesOver } from '../../quantity/exact.js';
import type { Exact } from '../../quantity/exact.js';
import { formatScaled, SCALE } from '../../quantity/scaled.js';
import { filtersField, kpiField, lower, stepsField } from './parameter.js';
import { gained, type Gain, type RuleType, type RuleWords } from './rule-type.js';

export const attainmentSchema = z
  .strictObject({
    type: z.literal('attainment'),
    kpi: kpiField,
    filters: filtersField,
    steps: stepsField.meta({ description: '`at` is a fraction of the own target: 0.8 is 80 %' }),
    shape: z.enum(['steps', 'line']).default('steps').meta({
      description: 'the highest step that is reached, or in between in proportion',
    }),
  })
  .meta({ id: 'AttainmentRule' });
type Attainment = z.output<typeof attainmentSchema>;

/**
 * What steps give for a fraction of the target: nothing below the first one, and never more than
 * the last. A step is reached by the fraction as it is shown. On a line the score between two steps
 * rises in proportion to the exact fraction, so that a steeper stretch is an accelerator.
 */
function alongSteps({ steps, shape }: Pick<Attainment, 'steps' | 'shape'>, value: Exact): Exact {
  const shown = shownExact(value);
  const [first] = steps;
  if (!first || shown < first.at) return 0;
  if (shape === 'steps') return steps.findLast(({ at }) => shown >= at)?.score ?? 0;
  const index = steps.findLastIndex(({ at }) => compareExact(value, at) >= 0);
  const [below, above] = [steps[index], steps[index + 1]];
  if (!below) return first.score;
  if (!above) return below.score;
  const past = addExact(value, -below.at);
  return addExact(below.score, timesOver(past, above.score - below.score, above.at - below.at));
}

const said = ({ steps }: Attainment, words: RuleWords, at: string) =>
  words.list(
    steps.map((step) =>
      at
        .replace('%score', words.number(formatScaled(step.score)))
        .replace('%at', words.percent(formatScaled(step.at))),
    ),
  );

/** How much of their own target somebody reaches, along steps or a line. */
export const attainment: RuleType<Attainment, z.input<typeof attainmentSchema>> = {
  schema: attainmentSchema,
  wants: 'sums',
  freezes: 'target',
  reads: ({ kpi, filters }) => ({ all: { kpi, filters } }),
  score: (rule, have): Gain => {
    const { frozen: target } = have;
    if (target === null) return { score: 0, reason: 'no-target' };
    if (target <= 0) return { score: 0, reason: 'no-denominator' };
    return gained(alongSteps(rule, timesOver(have.total('all'), SCALE, target)));
  },
  most: ({ steps }) => ({ each: Math.max(...steps.map(({ score }) => score)), once: 0 }),
  describe: {
    fr: (rule, words) => {
      const between = rule.shape === 'line' ? ', en proportion entre deux paliers' : '';
      const list = said(rule, words, '%score à %at');
      return `${words.kpi} par rapport à votre objectif : ${list}${between}`;
    },
    en: (rule, words) => {
      const between = rule.shape === 'line' ? ', in proportion in between' : '';
      const list = said(rule, words, '%score at %at');
      return `Your ${lower(words.kpi)} against your target: ${list}${between}`;
    },
  },
  examples: [
    {
      rule: {
        type: 'attainment',
        kpi: 'revenue',
        steps: [
          { at: '0.8', score: '50' },
          { at: '1', score: '100' },
        ],
      },
      days: { '2026-03-02': '45000' },
      frozen: '50000',
      score: '50',
    },
    {
      rule: {
        type: 'attainment',
        kpi: 'revenue',
        shape: 'line',
        steps: [
          { at: '0.5', score: '0' },
          { at: '1', score: '100' },
          { at: '1.5', score: '300' },
        ],
      },
      days: { '2026-03-02': '60000' },
      frozen: '50000',
      score: '180',
    },
    {
      rule: { type: 'attainment', kpi: 'revenue', steps: [{ at: '1', score: '100' }] },
      days: { '2026-03-02': '60000' },
      frozen: '0',
      score: '0',
    },
  ],
};
