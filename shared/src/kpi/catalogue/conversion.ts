import type { Card, KpiDefinition } from '../kpi.js';
import { FOLLOW_UP_DAYS, STEP_DAYS, VISITS, WAY_DAYS, countOf, reachedOf } from './operand.js';

const rate = { family: 'efficiency', unit: 'rate', scale: 1, direction: 'higher' } as const;

/** A step that is read by cohort: who entered in the period, and reached the next stage in time. */
function step(
  code: string,
  stages: [types: string | readonly string[], to: string | readonly string[]],
  days: number,
  words: Record<'fr' | 'en', Pick<Card, 'name' | 'measures' | 'why' | 'formula'>>,
): KpiDefinition {
  return {
    ...rate,
    code,
    measures: { reached: reachedOf(...stages, days) },
    formula: 'reached',
    card: {
      fr: {
        ...words.fr,
        leftOut:
          `Ce qui arrive après ${days} jours, et ce qui n’a pas d’identifiant d’affaire. ` +
          'Compté à la date et au membre de l’entrée.',
      },
      en: {
        ...words.en,
        leftOut:
          `What happens after ${days} days, and what names no deal. ` +
          'Counted on the day and for the member of the entry.',
      },
    },
  };
}

export const leadToVisit = step('lead-to-visit', ['lead.created', VISITS], STEP_DAYS, {
  fr: {
    name: 'Du lead à la visite',
    measures: 'La part des leads de la période qui ont été visités.',
    why: 'Un lead que personne ne rencontre est perdu.',
    formula: 'leads visités ÷ leads créés',
  },
  en: {
    name: 'Lead to visit',
    measures: 'The share of the period’s leads that were visited.',
    why: 'A lead whom nobody meets is lost.',
    formula: 'leads visited ÷ leads created',
  },
});

export const visitToOffer = step('visit-to-offer', [VISITS, 'offer.sent'], STEP_DAYS, {
  fr: {
    name: 'De la visite au devis',
    measures: 'La part des affaires visitées dans la période qui ont reçu un devis.',
    why: 'Elle dit si les visites font naître un besoin.',
    formula: 'affaires avec devis ÷ affaires visitées',
  },
  en: {
    name: 'Visit to offer',
    measures: 'The share of the deals visited in the period that got an offer.',
    why: 'It says whether visits find a need.',
    formula: 'deals with an offer ÷ deals visited',
  },
});

export const offerToSale = step('offer-to-sale', ['offer.sent', 'deal.won'], STEP_DAYS, {
  fr: {
    name: 'Du devis à la vente',
    measures: 'La part des devis de la période qui sont devenus des ventes.',
    why: 'Elle dit si les devis sont justes.',
    formula: 'devis signés ÷ devis envoyés',
  },
  en: {
    name: 'Offer to sale',
    measures: 'The share of the period’s offers that became sales.',
    why: 'It says whether the offers are right.',
    formula: 'offers won ÷ offers sent',
  },
});

export const leadToSale = step('lead-to-sale', ['lead.created', 'deal.won'], WAY_DAYS, {
  fr: {
    name: 'Du lead à la vente',
    measures: 'La part des leads de la période qui sont devenus des ventes.',
    why: 'C’est tout le chemin en un chiffre.',
    formula: 'leads vendus ÷ leads créés',
  },
  en: {
    name: 'Lead to sale',
    measures: 'The share of the period’s leads that became sales.',
    why: 'It is the whole way in one figure.',
    formula: 'leads sold ÷ leads created',
  },
});

export const acquisitionRate = step('acquisition-rate', ['deal.opened', 'deal.won'], WAY_DAYS, {
  fr: {
    name: 'Taux d’acquisition clients',
    measures: 'La part des opportunités ouvertes dans la période qui sont devenues des ventes.',
    why: 'Il dit ce que valent les opportunités ouvertes.',
    formula: 'opportunités vendues ÷ opportunités ouvertes',
  },
  en: {
    name: 'Acquisition rate',
    measures: 'The share of the opportunities opened in the period that became sales.',
    why: 'It says what the opportunities are worth.',
    formula: 'opportunities sold ÷ opportunities opened',
  },
});

export const qualificationRate = step(
  'qualification-rate',
  ['lead.created', 'lead.qualified'],
  STEP_DAYS,
  {
    fr: {
      name: 'Taux de qualification',
      measures: 'La part des leads de la période qui ont été qualifiés.',
      why: 'Il garde de compter des leads ou des visites pour le nombre.',
      formula: 'leads qualifiés ÷ leads créés',
    },
    en: {
      name: 'Qualification rate',
      measures: 'The share of the period’s leads that were qualified.',
      why: 'It guards against leads and visits made up for the number.',
      formula: 'leads qualified ÷ leads created',
    },
  },
);

export const qualifiedToCustomer = step(
  'qualified-to-customer',
  ['lead.qualified', 'deal.won'],
  WAY_DAYS,
  {
    fr: {
      name: 'Qualifiés devenus clients',
      measures: 'La part des leads qualifiés dans la période qui sont devenus des ventes.',
      why: 'Il dit si la qualification elle-même est bonne.',
      formula: 'leads qualifiés et vendus ÷ leads qualifiés',
    },
    en: {
      name: 'Qualified to customer',
      measures: 'The share of the leads qualified in the period that became sales.',
      why: 'It says whether qualification itself works.',
      formula: 'qualified leads sold ÷ leads qualified',
    },
  },
);

export const followUpRate = step(
  'follow-up-rate',
  ['offer.sent', 'offer.followed-up'],
  FOLLOW_UP_DAYS,
  {
    fr: {
      name: 'Taux de relance',
      measures: 'La part des devis de la période qui ont été relancés à temps.',
      why: 'Un devis relancé se signe plus souvent.',
      formula: 'devis relancés ÷ devis envoyés',
    },
    en: {
      name: 'Follow-up rate',
      measures: 'The share of the period’s offers that were followed up in time.',
      why: 'An offer that is followed up is signed more often.',
      formula: 'offers followed up ÷ offers sent',
    },
  },
);

const won = countOf('deal.won');

export const winRate: KpiDefinition = {
  ...rate,
  code: 'win-rate',
  measures: { won, lost: countOf('deal.lost') },
  formula: 'won / (won + lost)',
  card: {
    fr: {
      name: 'Taux de transformation',
      measures: 'La part des affaires gagnées parmi celles qui ont été closes dans la période.',
      why: 'Il dit si l’on choisit bien ses affaires et si l’on sait conclure.',
      formula: 'gagnées ÷ (gagnées + perdues)',
      leftOut: 'Les affaires encore ouvertes.',
    },
    en: {
      name: 'Win rate',
      measures: 'The share of won deals among those closed in the period.',
      why: 'It says whether deals are well chosen and well closed.',
      formula: 'won ÷ (won + lost)',
      leftOut: 'Deals that are still open.',
    },
  },
};

export const winRateCreated: KpiDefinition = {
  ...rate,
  code: 'win-rate-created',
  measures: { won, opened: countOf('deal.opened') },
  formula: 'won / opened',
  card: {
    fr: {
      name: 'Gagnées sur créées',
      measures:
        'Les affaires gagnées dans la période, par rapport à celles qui y ont été ouvertes.',
      why: 'Il se lit tout de suite, sans attendre que les affaires soient closes.',
      formula: 'gagnées ÷ ouvertes dans la même période',
      leftOut:
        'Le lien entre les deux : ce ne sont pas les mêmes affaires, et le taux peut ' +
        'dépasser 100 %.',
    },
    en: {
      name: 'Won over created',
      measures: 'Deals won in the period, against those opened in it.',
      why: 'It can be read at once, before the deals are closed.',
      formula: 'won ÷ opened in the same period',
      leftOut:
        'How the two belong together: they are not the same deals, and the rate may ' +
        'exceed 100 %.',
    },
  },
};
