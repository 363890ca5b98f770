import type { KpiDefinition } from '../kpi.js';
import { countOf, refunds, sales, sumOf } from './operand.js';

const REFUND = {
  fr: 'Un remboursement compte à sa propre date.',
  en: 'A refund counts on its own date.',
};

export const revenue: KpiDefinition = {
  code: 'revenue',
  family: 'revenue',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: { sales, refunds },
  formula: 'sales - refunds',
  card: {
    fr: {
      name: 'Chiffre d’affaires net',
      measures: 'Le montant hors taxes des ventes signées, remises et remboursements déduits.',
      why: 'C’est ce que l’activité rapporte vraiment.',
      formula: 'ventes − remboursements',
      leftOut: `Les affaires ouvertes ou perdues. ${REFUND.fr}`,
    },
    en: {
      name: 'Net revenue',
      measures: 'The amount of the sales won, before tax, after discounts and refunds.',
      why: 'It is what the work really brings in.',
      formula: 'sales − refunds',
      leftOut: `Deals that are open or lost. ${REFUND.en}`,
    },
  },
};

export const revenueGrowth: KpiDefinition = {
  code: 'revenue-growth',
  family: 'revenue',
  unit: 'rate',
  scale: 1,
  direction: 'higher',
  measures: {
    sales,
    refunds,
    salesBefore: { ...sales, at: 'previous' },
    refundsBefore: { ...refunds, at: 'previous' },
  },
  formula: '(sales - refunds - (salesBefore - refundsBefore)) / (salesBefore - refundsBefore)',
  base: true,
  card: {
    fr: {
      name: 'Croissance du chiffre d’affaires',
      measures: 'L’évolution du chiffre d’affaires net par rapport à la période précédente.',
      why: 'Elle dit si l’on avance, quelle que soit la taille.',
      formula: '(période − période précédente) ÷ période précédente',
      leftOut: 'Sans chiffre d’affaires avant, ou s’il était négatif, il n’y a pas de taux.',
    },
    en: {
      name: 'Revenue growth',
      measures: 'How net revenue has moved since the previous period.',
      why: 'It says whether we get ahead, whatever the size.',
      formula: '(period − previous period) ÷ previous period',
      leftOut: 'There is no rate where there was no revenue before, or less than none.',
    },
  },
};

export const grossSales: KpiDefinition = {
  code: 'gross-sales',
  family: 'revenue',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: { sales },
  formula: 'sales',
  card: {
    fr: {
      name: 'Valeur totale des ventes',
      measures: 'Le montant hors taxes des ventes signées, avant tout remboursement.',
      why: 'Elle montre l’effort de vente, avant ce qui revient.',
      formula: 'somme des ventes',
      leftOut: 'Les remboursements.',
    },
    en: {
      name: 'Gross sales',
      measures: 'The amount of the sales won, before tax and before any refund.',
      why: 'It shows the selling, before what comes back.',
      formula: 'sum of sales',
      leftOut: 'Refunds.',
    },
  },
};

const margins = {
  sales,
  refunds,
  costs: sumOf('cost', 'deal.won'),
  costsBack: sumOf('cost', 'sale.refunded'),
};
const MARGIN = 'sales - refunds - (costs - costsBack)';

export const margin: KpiDefinition = {
  code: 'margin',
  family: 'revenue',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: margins,
  formula: MARGIN,
  card: {
    fr: {
      name: 'Marge brute',
      measures: 'Ce qui reste du chiffre d’affaires net une fois payé le coût des ventes.',
      why: 'Vendre beaucoup ne sert à rien si cela coûte autant.',
      formula: 'chiffre d’affaires − coût des ventes',
      leftOut:
        'Une vente sans coût connu compte pour un coût nul. Le coût repris par un ' +
        'remboursement est rendu.',
    },
    en: {
      name: 'Gross margin',
      measures: 'What is left of net revenue once the cost of the sales is paid.',
      why: 'Selling much is worth little if it costs as much.',
      formula: 'revenue − cost of sales',
      leftOut:
        'A sale without a known cost counts as costing nothing. The cost that a refund ' +
        'takes back is given back.',
    },
  },
};

export const marginRate: KpiDefinition = {
  ...margin,
  code: 'margin-rate',
  unit: 'rate',
  scale: 1,
  formula: `(${MARGIN}) / (sales - refunds)`,
  card: {
    fr: {
      ...margin.card.fr,
      name: 'Taux de marge brute',
      measures: 'La part du chiffre d’affaires net qui reste une fois payé le coût des ventes.',
      formula: 'marge brute ÷ chiffre d’affaires',
    },
    en: {
      ...margin.card.en,
      name: 'Gross margin rate',
      measures: 'The share of net revenue that is left once the cost of the sales is paid.',
      formula: 'gross margin ÷ revenue',
    },
  },
};

export const averageSale: KpiDefinition = {
  code: 'average-sale',
  family: 'revenue',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: { sales, refunds, won: countOf('deal.won') },
  formula: '(sales - refunds) / won',
  card: {
    fr: {
      name: 'Vente moyenne',
      measures: 'Ce que rapporte une vente, en moyenne : le panier moyen.',
      why: 'Augmenter la vente moyenne fait plus avec autant de clients.',
      formula: 'chiffre d’affaires net ÷ nombre de ventes',
      leftOut: `Sans vente, il n’y a pas de moyenne. ${REFUND.fr}`,
    },
    en: {
      name: 'Average sale',
      measures: 'What one sale brings in on average: the average basket.',
      why: 'A higher average sale does more with as many customers.',
      formula: 'net revenue ÷ number of sales',
      leftOut: `There is no average without a sale. ${REFUND.en}`,
    },
  },
};

export const averagePrice: KpiDefinition = {
  code: 'average-price',
  family: 'revenue',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: {
    amounts: sumOf('amount', 'deal.won', { priced: true }),
    units: sumOf('quantity', 'deal.won', { priced: true }),
  },
  formula: 'amounts / units',
  card: {
    fr: {
      name: 'Prix moyen',
      measures: 'Le prix moyen d’un produit vendu, et non d’une vente.',
      why: 'Il montre les remises accordées et le choix des produits.',
      formula: 'montant des lignes ÷ unités',
      leftOut: 'Les lignes sans quantité ou sans montant.',
    },
    en: {
      name: 'Average price',
      measures: 'The average price of one unit sold, not of one sale.',
      why: 'It shows the discounts given and the products chosen.',
      formula: 'amount of the lines ÷ units',
      leftOut: 'Lines without a quantity or without an amount.',
    },
  },
};

export const salesByChannel: KpiDefinition = {
  code: 'sales-by-channel',
  family: 'revenue',
  unit: 'rate',
  scale: 1,
  direction: 'higher',
  measures: { sales, all: { ...sales, whole: true } },
  formula: 'sales / all',
  card: {
    fr: {
      name: 'Ventes par canal',
      measures: 'La part de chaque canal dans le montant des ventes.',
      why: 'Elle dit où sont les clients, et où porter l’effort.',
      formula: 'ventes du canal ÷ toutes les ventes',
      leftOut: 'Les remboursements. Un canal inconnu est un canal.',
    },
    en: {
      name: 'Sales by channel',
      measures: 'The share of each channel in the amount of the sales.',
      why: 'It says where the customers are, and where effort belongs.',
      formula: 'sales of the channel ÷ all sales',
      leftOut: 'Refunds. An unknown channel is a channel.',
    },
  },
};
