import type { KpiDefinition } from '../kpi.js';
import { customersOf } from './operand.js';

const NAMELESS = {
  fr: 'Les ventes sans client nommé.',
  en: 'Sales that name no customer.',
};
const FIRST = {
  fr: 'Dans la toute première période, sans historique, il n’y a pas de valeur.',
  en: 'In the very first period, without history, there is no value.',
};

export const newCustomers: KpiDefinition = {
  code: 'new-customers',
  family: 'volume',
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
      why: 'Une clientèle qui ne se renouvelle pas diminue.',
      formula: 'nombre de premières ventes',
      leftOut: `Les clients qui avaient déjà acheté, à qui que ce soit. ${FIRST.fr}`,
      one: 'nouveau client',
    },
    en: {
      name: 'New customers',
      measures: 'Customers whose very first sale in the organisation this is.',
      why: 'Customers who are not renewed become fewer.',
      formula: 'number of first sales',
      leftOut: `Customers who bought before, from anybody. ${FIRST.en}`,
      one: 'new customer',
    },
  },
};

export const activeCustomers: KpiDefinition = {
  code: 'active-customers',
  family: 'engagement',
  unit: 'count',
  scale: 0,
  direction: 'higher',
  measures: { customers: customersOf() },
  formula: 'customers',
  card: {
    fr: {
      name: 'Clients actifs',
      measures: 'Les clients différents qui ont acheté au moins une fois dans la période.',
      why: 'C’est la clientèle qui fait vivre l’activité.',
      formula: 'nombre de clients différents, au niveau montré',
      leftOut: NAMELESS.fr,
      one: 'client actif',
    },
    en: {
      name: 'Active customers',
      measures: 'Different customers who bought at least once in the period.',
      why: 'They are the customers who keep the work going.',
      formula: 'number of different customers, at the level shown',
      leftOut: NAMELESS.en,
      one: 'active customer',
    },
  },
};

export const repeatRate: KpiDefinition = {
  code: 'repeat-rate',
  family: 'engagement',
  unit: 'rate',
  scale: 1,
  direction: 'higher',
  measures: {
    again: { aggregation: 'repeat-customers', types: ['deal.won'], filters: {} },
    customers: customersOf(),
  },
  formula: 'again / customers',
  card: {
    fr: {
      name: 'Taux de réachat',
      measures: 'La part des clients actifs qui ont acheté deux fois ou plus dans la période.',
      why: 'Revenir, c’est être content.',
      formula: 'clients avec deux ventes ou plus ÷ clients actifs',
      leftOut: NAMELESS.fr,
    },
    en: {
      name: 'Repeat rate',
      measures: 'The share of active customers who bought twice or more in the period.',
      why: 'Who comes back was content.',
      formula: 'customers with two sales or more ÷ active customers',
      leftOut: NAMELESS.en,
    },
  },
};

const both = {
  retained: { aggregation: 'retained-customers', types: ['deal.won'], filters: {} },
  before: customersOf({ at: 'previous' }),
} as const;

export const retention: KpiDefinition = {
  code: 'retention',
  family: 'engagement',
  unit: 'rate',
  scale: 1,
  direction: 'higher',
  measures: both,
  formula: 'retained / before',
  card: {
    fr: {
      name: 'Fidélisation',
      measures: 'La part des clients de la période précédente qui ont acheté dans celle-ci.',
      why: 'Garder un client coûte moins que d’en trouver un.',
      formula: 'clients revenus ÷ clients de la période précédente',
      leftOut: `Les nouveaux clients. ${FIRST.fr}`,
    },
    en: {
      name: 'Retention',
      measures: 'The share of the previous period’s customers who bought in this one.',
      why: 'Keeping a customer costs less than finding one.',
      formula: 'customers who came back ÷ customers of the previous period',
      leftOut: `New customers. ${FIRST.en}`,
    },
  },
};

export const churn: KpiDefinition = {
  ...retention,
  code: 'churn',
  direction: 'lower',
  formula: '(before - retained) / before',
  card: {
    fr: {
      name: 'Attrition',
      measures: 'La part des clients de la période précédente qui n’ont pas acheté dans celle-ci.',
      why: 'Elle prévient avant que le chiffre d’affaires ne baisse.',
      formula: 'clients non revenus ÷ clients de la période précédente',
      leftOut: retention.card.fr.leftOut,
    },
    en: {
      name: 'Churn',
      measures: 'The share of the previous period’s customers who did not buy in this one.',
      why: 'It warns before revenue falls.',
      formula: 'customers who did not come back ÷ customers of the previous period',
      leftOut: retention.card.en.leftOut,
    },
  },
};
