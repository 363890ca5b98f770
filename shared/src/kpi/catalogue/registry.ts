import { compileKpi, type Kpi } from '../kpi.js';
import * as conversion from './conversion.js';
import * as customers from './customers.js';
import * as efficiency from './efficiency.js';
import * as revenue from './revenue.js';
import * as volume from './volume.js';

const definitions = [revenue, volume, customers, conversion, efficiency].flatMap((family) =>
  Object.values(family),
);

/** The built-in KPIs by code. */
export const catalogue: ReadonlyMap<string, Kpi> = new Map(
  definitions.map((definition) => [definition.code, compileKpi(definition)]),
);
