import { z } from 'zod';
import { typeNameSchema } from '../activity/own-type.js';
import type { ActivityTypes } from '../activity/type.js';
import { decimalSchema } from '../quantity/decimal.js';
import { emptyOrTextSchema, formSchema, textSchema } from '../quantity/text.js';
import { catalogue } from './catalogue/registry.js';
import { families, namesOf, tryCompile } from './kpi.js';
import type { Card, Kpi, KpiDefinition } from './kpi.js';
import { parseFormula } from './formula.js';
import { aggregationNames, filtersSchema, type AggregationName } from './measure.js';
import { units } from './unit.js';

type Setting = 'of' | 'priced' | 'distinct' | 'to' | 'link' | 'withinDays' | 'since' | 'band';
type Need = 'must' | 'may';

/** Which settings an aggregation knows, and which it cannot do without. */
export const settings: Record<AggregationName, Partial<Record<Setting, Need>>> = {
  count: {},
  sum: { of: 'must', priced: 'may' },
  mean: { of: 'must', priced: 'may' },
  min: { of: 'must' },
  max: { of: 'must' },
  latest: { of: 'must' },
  distinct: { distinct: 'must' },
  'latest-per-respondent': { band: 'must' },
  'new-customers': {},
  'retained-customers': {},
  'repeat-customers': {},
  'cohort-conversion': { to: 'must', withinDays: 'must', link: 'may' },
  duration: { since: 'may' },
  open: { of: 'must', to: 'must' },
};

/** Which of them the organisation has, the server knows. */
const typesSchema = z.array(typeNameSchema).min(1).max(20);

const measureSchema = z
  .strictObject({
    aggregation: z.enum(aggregationNames),
    types: typesSchema,
    filters: filtersSchema.default({}),
    of: z.enum(['amount', 'quantity', 'cost', 'products']).optional(),
    priced: z.literal(true).optional(),
    distinct: z.enum(['customer', 'item']).optional(),
    to: typesSchema.optional(),
    link: z.enum(['item', 'customer']).optional(),
    withinDays: z.int().min(0).max(3_660).optional(),
    since: typesSchema.optional(),
    band: z
      .strictObject({ atLeast: decimalSchema(0).optional(), atMost: decimalSchema(0).optional() })
      .optional(),
    at: z.literal('previous').optional(),
    whole: z.literal(true).optional(),
  })
  .superRefine((measure, context) => {
    const known = settings[measure.aggregation];
    for (const setting of Object.keys(measureSchema.shape) as (keyof typeof measure)[]) {
      if (['aggregation', 'types', 'filters', 'at', 'whole'].includes(setting)) continue;
      const need = known[setting as Setting];
      const said = measure[setting] !== undefined;
      if (said === (need !== undefined) || (need === 'may' && !said)) continue;
      const message = said ? `${measure.aggregation} knows no ${setting}` : 'is needed';
      context.addIssue({ code: 'custom', path: [setting], message });
    }
  })
  .meta({ id: 'Measure', description: 'One aggregation over activities of some types' });

const wordsSchema = z.strictObject({
  name: textSchema(120),
  measures: emptyOrTextSchema(500).default(''),
  why: emptyOrTextSchema(500).default(''),
  formula: emptyOrTextSchema(500).default(''),
  leftOut: emptyOrTextSchema(500).default(''),
  one: textSchema(60).optional(),
});

/** What a KPI of one's own is made of; the unit is what the formula gives unless it is said. */
const fields = {
  family: z.enum(families).default('volume'),
  unit: z.enum(units).optional(),
  scale: z.int().min(0).max(4).default(2),
  direction: z.enum(['higher', 'lower']).default('higher'),
  measures: z
    .record(formSchema(40, /^[a-zA-Z]\w{0,39}$/, 'a name of letters'), measureSchema)
    .refine((measures) => Object.keys(measures).length > 0, { error: 'at least one measure' })
    .refine((measures) => Object.keys(measures).length <= 10, { error: 'at most 10 measures' }),
  formula: z.string().min(1).max(300, { abort: true }),
  base: z.literal(true).optional().meta({ description: 'without a base there is no history' }),
  atLeast: z.int().min(1).max(1_000_000).optional().meta({ description: 'fewer facts: no value' }),
};

interface Made {
  unit?: KpiDefinition['unit'] | undefined;
  measures: Record<string, z.output<typeof measureSchema>>;
  formula: string;
}

/** The formula is read and its units are checked; what is wrong says where in the text. */
function checkFormula({ unit, measures, formula }: Made, context: z.RefinementCtx): void {
  const parsed = tryCompile(definitionOf({ unit, measures, formula }));
  if (parsed.ok) return;
  const { field, at, detail } = parsed;
  const message = field === 'formula' ? `at character ${at}: ${detail}` : detail;
  context.addIssue({ code: 'custom', path: [field], message, params: { at } });
}

const blank = { name: '', measures: '', why: '', formula: '', leftOut: '' };

function definitionOf(made: Made & Partial<OwnKpi>): KpiDefinition {
  const measures = made.measures as KpiDefinition['measures'];
  const parsed = parseFormula(made.formula, namesOf(measures));
  const { card, base, atLeast } = made;
  return {
    code: made.code ?? '',
    family: made.family ?? 'volume',
    unit: made.unit ?? (parsed.ok ? parsed.unit : 'number'),
    scale: made.scale ?? 2,
    direction: made.direction ?? 'higher',
    measures,
    formula: made.formula,
    ...(base && { base }),
    ...(atLeast !== undefined && { atLeast }),
    card: {
      fr: { ...blank, ...(card?.fr ?? card?.en) } as Card,
      en: { ...blank, ...(card?.en ?? card?.fr) } as Card,
    },
  };
}

export const kpiPreviewSchema = z
  .strictObject(fields)
  .superRefine(checkFormula)
  .meta({ id: 'KpiPreview' });
export type KpiPreview = z.output<typeof kpiPreviewSchema>;

export const ownKpiSchema = z
  .strictObject({
    code: formSchema(
      60,
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'small letters, digits and hyphens',
    ).refine((code) => !catalogue.has(code), { error: 'a built-in KPI has this code' }),
    ...fields,
    card: z
      .strictObject({ fr: wordsSchema.optional(), en: wordsSchema.optional() })
      .refine(({ fr, en }) => fr || en, { error: 'in French or in English' }),
  })
  .superRefine(checkFormula)
  .meta({ id: 'OwnKpi', description: 'A KPI of the organisation: measures and a formula' });
/** Some fields of a KPI of one's own; the whole is checked once they are put together. */
const anything = z.unknown().optional();
export const ownKpiChangeSchema = z
  .strictObject(
    Object.fromEntries(
      [...Object.keys(fields), 'card'].map((field) => [field, anything]),
    ) as Record<keyof typeof fields | 'card', typeof anything>,
  )
  .meta({ id: 'OwnKpiChange' });

export type OwnKpi = z.output<typeof ownKpiSchema>;
export type OwnKpiInput = z.input<typeof ownKpiSchema>;

/** Where the measures read types of activity that an organisation does not have. */
export function strangeTypes(
  { measures }: Pick<OwnKpi, 'measures'>,
  known: ActivityTypes,
): (string | number)[][] {
  return Object.entries(measures).flatMap(([name, measure]) =>
    (['types', 'to', 'since'] as const).flatMap((field) =>
      (measure[field] ?? []).flatMap((type, at) =>
        known.has(type) ? [] : [['measures', name, field, at]],
      ),
    ),
  );
}

/** A definition of one's own made ready, in the terms of the built-in ones. */
export function compileOwn(own: OwnKpi | KpiPreview): Kpi {
  const compiled = tryCompile(definitionOf(own));
  if (!compiled.ok) throw new Error(compiled.detail);
  return compiled.kpi;
}
