import { aggregations } from './aggregations/registry.js';
import { isAdditive, namesIn, parseFormula, type Formula, type Name } from './formula.js';
import { typesOf, type Measure } from './measure.js';
import { fits, type Unit } from './unit.js';

/** What a reader is told about a KPI, in one language. */
export interface Card {
  name: string;
  measures: string;
  /** Why it matters. */
  why: string;
  formula: string;
  leftOut: string;
  /** What one unit is called, where the KPI counts something. */
  one?: string;
}

export const families = ['volume', 'revenue', 'efficiency', 'engagement'] as const;
export type Family = (typeof families)[number];

/** A measure as a formula reads it: in the period before, or of everybody where one is shown. */
export interface Operand extends Measure {
  at?: 'previous';
  whole?: true;
}

/** What is computed from the results of another KPI, and not by a formula. */
export type Derivation = 'attainment' | 'landing';

/** A KPI is data: named measures and a formula over them. */
export interface KpiDefinition {
  code: string;
  family: Family;
  unit: Unit;
  /** Decimals shown. */
  scale: number;
  direction: 'higher' | 'lower';
  measures: Record<string, Operand>;
  /** None where the KPI is derived from another one. */
  formula: string;
  /** The denominator is what is compared with: without it there is no history. */
  base?: true;
  /** The facts of one measure that another could not count are left out, and said. */
  leftOut?: { of: string; counted: string };
  /** Fewer than this many facts have no value. */
  atLeast?: number;
  derives?: Derivation;
  card: { fr: Card; en: Card };
}

/** A definition whose formula has been read. */
export interface Kpi extends Omit<KpiDefinition, 'formula'> {
  formula: Formula;
  /** The formula as it was written. */
  written: string;
  names: ReadonlyMap<string, Name>;
}

const unitOfMeasure = ({ aggregation, of = 'amount' }: Measure): Unit => {
  if (aggregation === 'duration') return 'days';
  const reads = ['sum', 'mean', 'min', 'max', 'latest', 'open'].includes(aggregation);
  return reads && (of === 'amount' || of === 'cost') ? 'money' : 'count';
};

/** What each measure means in a formula. */
export const namesOf = (measures: Readonly<Record<string, Measure>>): Map<string, Name> =>
  new Map(
    Object.entries(measures).map(([name, measure]) => {
      const { reads } = aggregations[measure.aggregation];
      return [name, { reads, unit: unitOfMeasure(measure) }];
    }),
  );

/** A definition made ready, or what is wrong with it, and where in the formula. */
export type Compiled =
  { ok: true; kpi: Kpi } | { ok: false; field: 'formula' | 'unit'; at: number; detail: string };

export function tryCompile(definition: KpiDefinition): Compiled {
  const names = namesOf(definition.measures);
  const formula = parseFormula(definition.formula, names);
  if (!formula.ok) return { field: 'formula', ...formula };
  if (!definition.derives && !fits(definition.unit, formula.unit)) {
    const detail = `the formula gives ${formula.unit}, not ${definition.unit}`;
    return { ok: false, field: 'unit', at: 0, detail };
  }
  return {
    ok: true,
    kpi: { ...definition, formula: formula.formula, written: definition.formula, names },
  };
}

/** @throws Error when the formula of a built-in definition cannot be read */
export function compileKpi(definition: KpiDefinition): Kpi {
  const compiled = tryCompile(definition);
  if (!compiled.ok) throw new Error(`${definition.code}: ${compiled.detail}`);
  return compiled.kpi;
}

/** True when the days of a window are all that the KPI needs; retention needs other customers’. */
export function mayBeScored(kpi: Kpi): boolean {
  if (kpi.derives) return false;
  return [...namesIn(kpi.formula)].every((name) => {
    const operand = kpi.measures[name];
    if (!operand || operand.at || operand.whole) return false;
    return !aggregations[operand.aggregation].stock && operand.aggregation !== 'retained-customers';
  });
}

/** True when days add up to the KPI's value, which is what most rules score. */
export function addsUp(kpi: Kpi): boolean {
  const names = [...namesIn(kpi.formula)];
  return (
    mayBeScored(kpi) &&
    isAdditive(kpi.formula) &&
    names.every((name) => {
      const { aggregation } = kpi.measures[name] ?? { aggregation: 'sum' };
      return aggregations[aggregation].combine === 'sum';
    })
  );
}

/** True when each activity gives it an amount or a quantity, of which whole steps may be counted. */
export const hasSteps = (kpi: Kpi): boolean =>
  addsUp(kpi) &&
  [...namesIn(kpi.formula)].every((name) => {
    const measure = kpi.measures[name];
    return measure?.aggregation === 'sum' && measure.of !== 'cost';
  });

/** True when what came before a period decides what its own activities mean. */
export const needsHistory = ({ measures }: Pick<Kpi, 'measures'>): boolean =>
  Object.values(measures).some(({ aggregation }) =>
    ['new-customers', 'retained-customers'].includes(aggregation),
  );

/** The longest time that a conversion of the KPI may take, in days. */
export function ripensAfter({ measures }: Pick<Kpi, 'measures'>): number | undefined {
  const days = Object.values(measures).flatMap(({ withinDays }) => withinDays ?? []);
  return days.length === 0 ? undefined : Math.max(...days);
}

/** The types of activity without which the KPI says nothing. */
export const needsOf = ({ measures }: Pick<Kpi, 'measures'>): string[] => [
  ...new Set(Object.values(measures).flatMap(typesOf)),
];
