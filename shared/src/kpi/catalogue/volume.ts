import type { KpiDefinition } from '../kpi.js';
import { VISITS, countOf, sumOf } from './operand.js';

const volume = {
  family: 'volume',
  unit: 'count',
  scale: 0,
  direction: 'higher',
} as const;

export const salesCount: KpiDefinition = {
  ...volume,
  code: 'sales-count',
  measures: { sales: countOf('deal.won') },
  formula: 'sales',
  card: {
    fr: {
      name: 'Ventes',
      measures:
        'Le nombre de ventes signées ; une vente partagée compte pour chacun selon sa part.',
      why: 'C’est le rythme de l’équipe.',
      formula: 'nombre de ventes',
      leftOut: 'Les ventes annulées.',
      one: 'vente',
    },
    en: {
      name: 'Sales',
      measures: 'The number of sales won; a shared sale counts for each by weight.',
      why: 'It is the pace of the team.',
      formula: 'number of sales',
      leftOut: 'Sales that were voided.',
      one: 'sale',
    },
  },
};

export const unitsSold: KpiDefinition = {
  ...volume,
  code: 'units-sold',
  measures: { units: sumOf('quantity', 'deal.won') },
  formula: 'units',
  card: {
    fr: {
      name: 'Produits vendus',
      measures: 'Les quantités des ventes signées.',
      why: 'Elles montrent ce qui sort, quel qu’en soit le prix.',
      formula: 'somme des quantités',
      leftOut: 'Les ventes sans quantité, et les retours.',
      one: 'produit vendu',
    },
    en: {
      name: 'Units sold',
      measures: 'The quantities of the sales won.',
      why: 'They show what goes out, whatever its price.',
      formula: 'sum of quantities',
      leftOut: 'Sales without a quantity, and returns.',
      one: 'unit sold',
    },
  },
};

export const productsPerSale: KpiDefinition = {
  ...volume,
  code: 'products-per-sale',
  unit: 'number',
  scale: 2,
  measures: { products: sumOf('products', 'deal.won'), sales: countOf('deal.won') },
  formula: 'products / sales',
  card: {
    fr: {
      name: 'Produits par vente',
      measures: 'Combien de produits différents une vente réunit, en moyenne.',
      why: 'Vendre un ensemble, c’est mieux répondre au client.',
      formula: 'produits différents de chaque vente ÷ ventes',
      leftOut: 'Les quantités : deux fois le même produit n’en font qu’un.',
    },
    en: {
      name: 'Products per sale',
      measures: 'How many different products one sale brings together on average.',
      why: 'Whoever sells a set has listened to the customer.',
      formula: 'different products of each sale ÷ sales',
      leftOut: 'Quantities: twice the same product is one.',
    },
  },
};

export const newLeads: KpiDefinition = {
  ...volume,
  code: 'new-leads',
  measures: { leads: countOf('lead.created') },
  formula: 'leads',
  card: {
    fr: {
      name: 'Nouveaux leads',
      measures: 'Les contacts commerciaux créés dans la période.',
      why: 'Les ventes de demain commencent là.',
      formula: 'nombre de leads créés',
      leftOut: 'Les contacts créés avant la période.',
      one: 'lead',
    },
    en: {
      name: 'New leads',
      measures: 'Leads created in the period.',
      why: 'The sales of tomorrow begin here.',
      formula: 'number of leads created',
      leftOut: 'Leads created before the period.',
      one: 'lead',
    },
  },
};

export const visits: KpiDefinition = {
  ...volume,
  code: 'visits',
  measures: { visits: countOf(VISITS) },
  formula: 'visits',
  card: {
    fr: {
      name: 'Visites',
      measures: 'Les visites faites à des clients ou à des prospects.',
      why: 'Être présent précède la vente.',
      formula: 'nombre de visites',
      leftOut: 'Les appels et les réunions.',
      one: 'visite',
    },
    en: {
      name: 'Visits',
      measures: 'Visits to customers or prospects.',
      why: 'Being there comes before selling.',
      formula: 'number of visits',
      leftOut: 'Calls and meetings.',
      one: 'visit',
    },
  },
};

export const offers: KpiDefinition = {
  ...volume,
  code: 'offers',
  measures: { offers: countOf('offer.sent') },
  formula: 'offers',
  card: {
    fr: {
      name: 'Devis',
      measures: 'Les devis envoyés dans la période.',
      why: 'Sans devis, pas de vente.',
      formula: 'nombre de devis envoyés',
      leftOut: 'Les relances.',
      one: 'devis',
    },
    en: {
      name: 'Offers',
      measures: 'Offers sent in the period.',
      why: 'Without an offer there is no sale.',
      formula: 'number of offers sent',
      leftOut: 'Follow-ups.',
      one: 'offer',
    },
  },
};

export const openPipeline: KpiDefinition = {
  ...volume,
  code: 'open-pipeline',
  unit: 'money',
  scale: 2,
  measures: {
    open: {
      aggregation: 'open',
      of: 'amount',
      types: ['deal.opened'],
      to: ['deal.won', 'deal.lost'],
      filters: {},
    },
  },
  formula: 'open',
  card: {
    fr: {
      name: 'Affaires en cours',
      measures: 'Le montant des affaires ouvertes à la fin de la période.',
      why: 'C’est la réserve des ventes à venir.',
      formula: 'somme des montants des affaires ouvertes et non closes',
      leftOut: 'Les affaires sans identifiant, que rien ne pourrait clore.',
    },
    en: {
      name: 'Open pipeline',
      measures: 'The amount of the deals that are open at the end of the period.',
      why: 'It is the reserve of sales to come.',
      formula: 'sum of the amounts of deals opened and not closed',
      leftOut: 'Deals without an item, which nothing could close.',
    },
  },
};
