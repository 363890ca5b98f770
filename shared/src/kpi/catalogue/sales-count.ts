import type { KpiDefinition } from '../kpi.js';

export const salesCount: KpiDefinition = {
  code: 'sales-count',
  unit: 'count',
  scale: 0,
  direction: 'higher',
  measures: {
    sales: { aggregation: 'count', types: ['deal.won'], filters: {} },
  },
  formula: 'sales',
  card: {
    fr: {
      name: 'Ventes',
      measures:
        'Le nombre de ventes signées ; une vente partagée compte pour chacun selon sa part.',
      formula: 'nombre de ventes',
      leftOut: 'Les ventes annulées.',
      one: 'vente',
    },
    en: {
      name: 'Sales',
      measures: 'The number of sales won; a shared sale counts for each by weight.',
      formula: 'number of sales',
      leftOut: 'Sales that were voided.',
      one: 'sale',
    },
  },
};
