import type { KpiDefinition } from '../kpi.js';

export const newCustomers: KpiDefinition = {
  code: 'new-customers',
  unit: 'count',
  scale: 0,
  direction: 'higher',
  measures: {
    first: { aggregation: 'new-customers', types: ['deal.won'], filters: {} },
  },
  formula: 'first',
  card: {
    fr: {
      name: 'Nouveaux clients',
      measures: 'Les clients dont c’est la toute première vente dans l’organisation.',
      formula: 'nombre de premières ventes',
      leftOut: 'Les clients qui avaient déjà acheté, à qui que ce soit.',
      one: 'nouveau client',
    },
    en: {
      name: 'New customers',
      measures: 'Customers whose very first sale in the organisation this is.',
      formula: 'number of first sales',
      leftOut: 'Customers who bought before, from anybody.',
      one: 'new customer',
    },
  },
};
