import type { KpiDefinition } from '../kpi.js';
import { countOf, customersOf, refunds, sales, sumOf } from './operand.js';

const won = countOf('deal.won');
const cycle = { aggregation: 'duration', types: ['deal.won'], filters: {} } as const;
const costs = sumOf('amount', 'cost.recorded');

export const salesCycle: KpiDefinition = {
  code: 'sales-cycle',
  family: 'efficiency',
  unit: 'days',
  scale: 1,
  direction: 'lower',
  measures: { cycle, won },
  formula: 'cycle',
  leftOut: { of: 'won', counted: 'cycle' },
  card: {
    fr: {
      name: 'Durée du cycle de vente',
      measures:
        'Combien de jours il faut, en moyenne, de l’ouverture d’une affaire à sa signature.',
      why: 'Ce qui se signe plus vite se signe plus souvent.',
      formula: 'jours de l’ouverture à la signature ÷ affaires gagnées',
      leftOut: 'Les affaires sans date d’ouverture ; leur nombre est donné.',
    },
    en: {
      name: 'Sales cycle',
      measures: 'How many days it takes on average from opening a deal to winning it.',
      why: 'What is signed sooner is signed more often.',
      formula: 'days from opening to winning ÷ deals won',
      leftOut: 'Deals without an opening date; their number is given.',
    },
  },
};

export const salesVelocity: KpiDefinition = {
  code: 'sales-velocity',
  family: 'efficiency',
  unit: 'money-per-day',
  scale: 2,
  direction: 'higher',
  measures: {
    opened: countOf('deal.opened'),
    sales,
    refunds,
    won,
    lost: countOf('deal.lost'),
    cycle,
  },
  formula: 'opened * ((sales - refunds) / won) * (won / (won + lost)) / cycle',
  card: {
    fr: {
      name: 'Vélocité commerciale',
      measures: 'Ce que les affaires ouvertes rapportent par jour au rythme actuel.',
      why: 'Elle réunit le nombre, la valeur, la réussite et la durée.',
      formula: 'opportunités × vente moyenne × taux de transformation ÷ durée du cycle',
      leftOut: 'Sans affaire close, sans vente ou sans durée, il n’y a pas de valeur.',
    },
    en: {
      name: 'Sales velocity',
      measures: 'What the deals opened bring in per day at the present pace.',
      why: 'It joins number, value, success and time.',
      formula: 'opportunities × average sale × win rate ÷ sales cycle',
      leftOut: 'Without a closed deal, a sale or a duration there is no value.',
    },
  },
};

export const targetAttainment: KpiDefinition = {
  code: 'target-attainment',
  family: 'efficiency',
  unit: 'rate',
  scale: 1,
  direction: 'higher',
  measures: { sales, refunds },
  formula: 'sales - refunds',
  derives: 'attainment',
  card: {
    fr: {
      name: 'Atteinte de l’objectif',
      measures: 'Le réalisé par rapport à l’objectif de la période.',
      why: 'Elle rend comparables des objectifs différents.',
      formula: 'somme du réalisé ÷ somme des objectifs',
      leftOut: 'Ceux qui n’ont pas d’objectif sur toute la période, ou dont l’objectif est zéro.',
    },
    en: {
      name: 'Target attainment',
      measures: 'What was done against the target of the period.',
      why: 'It makes different targets comparable.',
      formula: 'sum of actuals ÷ sum of targets',
      leftOut: 'Who has no target for the whole period, or a target of zero.',
    },
  },
};

export const projectedLanding: KpiDefinition = {
  code: 'projected-landing',
  family: 'efficiency',
  unit: 'money',
  scale: 2,
  direction: 'higher',
  measures: { sales, refunds },
  formula: 'sales - refunds',
  derives: 'landing',
  card: {
    fr: {
      name: 'Atterrissage',
      measures:
        'Où la période finira si chacun garde son rythme sur ses jours de travail restants.',
      why: 'Il est encore temps d’agir quand on le sait.',
      formula: 'réalisé + rythme par jour travaillé × jours de travail restants',
      leftOut:
        'Les absences et les fermetures. En début de période, le rythme est peu sûr, et ' +
        'c’est dit.',
    },
    en: {
      name: 'Projected landing',
      measures: 'Where the period will end if everybody keeps the pace on the working days left.',
      why: 'There is still time to act when it is known.',
      formula: 'actual + pace per day worked × working days left',
      leftOut: 'Absences and holidays. Early in a period the pace is uncertain, and it says so.',
    },
  },
};

export const costPerSale: KpiDefinition = {
  code: 'cost-per-sale',
  family: 'efficiency',
  unit: 'money',
  scale: 2,
  direction: 'lower',
  measures: { costs, won },
  formula: 'costs / won',
  card: {
    fr: {
      name: 'Coût par vente',
      measures: 'Ce que coûte une vente, en moyenne.',
      why: 'Une vente doit rapporter plus qu’elle ne coûte.',
      formula: 'coûts enregistrés ÷ ventes',
      leftOut: 'Les coûts qui n’ont pas été enregistrés. Un coût sans membre compte dans le total.',
    },
    en: {
      name: 'Cost per sale',
      measures: 'What one sale costs on average.',
      why: 'A sale must bring in more than it costs.',
      formula: 'costs recorded ÷ sales',
      leftOut: 'Costs that were not recorded. A cost without a member counts in the total.',
    },
  },
};

export const costPerCustomer: KpiDefinition = {
  ...costPerSale,
  code: 'cost-per-customer',
  measures: { costs, customers: customersOf() },
  formula: 'costs / customers',
  card: {
    fr: {
      name: 'Coût par client',
      measures: 'Ce que coûte un client actif, en moyenne.',
      why: 'Il dit ce que l’on dépense pour la clientèle que l’on a.',
      formula: 'coûts enregistrés ÷ clients actifs',
      leftOut: costPerSale.card.fr.leftOut,
    },
    en: {
      name: 'Cost per customer',
      measures: 'What one active customer costs on average.',
      why: 'It says what is spent on the customers one has.',
      formula: 'costs recorded ÷ active customers',
      leftOut: costPerSale.card.en.leftOut,
    },
  },
};
