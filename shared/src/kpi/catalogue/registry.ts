import { compileKpi, type Kpi } from '../kpi.js';
import { activeCustomers } from './active-customers.js';
import { newCustomers } from './new-customers.js';
import { revenue } from './revenue.js';
import { salesCount } from './sales-count.js';

const definitions = [revenue, salesCount, newCustomers, activeCustomers];

/** The built-in KPIs by code. */
export const catalogue: ReadonlyMap<string, Kpi> = new Map(
  definitions.map((definition) => [definition.code, compileKpi(definition)]),
);
