import { aggregations } from './aggregations/registry.js';
import { parseFormula, type Formula } from './formula.js';
import type { Measure } from './measure.js';

/** What a reader is told about a KPI, in one language. */
export interface Card {
  name: string;
  measures: string;
  formula: string;
  leftOut: string;
  /** What one unit is called, where the KPI counts something. */
  one?: string;
}

/** A KPI is data: named measures and a formula over them. */
export interface KpiDefinition {
  code: string;
  unit: 'money' | 'count';
  /** Decimals shown. */
  scale: number;
  direction: 'higher' | 'lower';
  measures: Record<string, Measure>;
  formula: string;
  card: { fr: Card; en: Card };
}

/** A definition whose formula has been read. */
export interface Kpi extends Omit<KpiDefinition, 'formula'> {
  formula: Formula;
}

/** @throws Error when the formula of a built-in definition cannot be read */
export function compileKpi(definition: KpiDefinition): Kpi {
  const parsed = parseFormula(definition.formula, Object.keys(definition.measures));
  if (!parsed.ok) throw new Error(`${definition.code}: ${parsed.detail}`);
  return { ...definition, formula: parsed.formula };
}

/** True when days add up to the KPI's value, which is what a rule may score. */
export function addsUp(kpi: Kpi): boolean {
  return Object.values(kpi.measures).every(
    ({ aggregation }) => aggregations[aggregation].combine === 'sum',
  );
}
