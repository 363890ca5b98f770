import { compileKpi, type Kpi } from '../kpi.js';
import { revenue } from './revenue.js';

const definitions = [revenue];

/** The built-in KPIs by code. */
export const catalogue: ReadonlyMap<string, Kpi> = new Map(
  definitions.map((definition) => [definition.code, compileKpi(definition)]),
);
