import type { KpiDefinition } from '../kpi.js';

export const revenue: KpiDefinition = {
  code: 'revenue',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: {
    sales: { aggregation: 'sum', of: 'amount', types: ['deal.won'], filters: {} },
    refunds: { aggregation: 'sum', of: 'amount', types: ['sale.refunded'], filters: {} },
  },
  formula: 'sales - refunds',
  card: {
    fr: {
      name: 'Chiffre d’affaires net',
      measures: 'Le montant hors taxes des ventes signées, remises déduites.',
      formula: 'ventes − remboursements',
      leftOut: 'Les affaires ouvertes ou perdues. Un remboursement compte à sa propre date.',
    },
    en: {
      name: 'Net revenue',
      measures: 'The amount of the sales won, before tax and after discounts.',
      formula: 'sales − refunds',
      leftOut: 'Deals that are open or lost. A refund counts on its own date.',
    },
  },
};
