import type { KpiDefinition } from '../kpi.js';

export const activeCustomers: KpiDefinition = {
  code: 'active-customers',
  unit: 'count',
  scale: 0,
  direction: 'higher',
  measures: {
    customers: { aggregation: 'distinct', distinct: 'customer', types: ['deal.won'], filters: {} },
  },
  formula: 'customers',
  card: {
    fr: {
      name: 'Clients actifs',
      measures: 'Les clients différents qui ont acheté au moins une fois dans la période.',
      formula: 'nombre de clients différents',
      leftOut: 'Les ventes sans client nommé.',
      one: 'client actif',
    },
    en: {
      name: 'Active customers',
      measures: 'Different customers who bought at least once in the period.',
      formula: 'number of different customers',
      leftOut: 'Sales that name no customer.',
      one: 'active customer',
    },
  },
};
