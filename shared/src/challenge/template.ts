import type { Locale } from '../people/organisation.js';
import type { Day } from '../time/day.js';
import type { ChallengeDefinitionInput } from './challenge.js';

/** What a template is filled with: the days, the currency that amounts are in, the language. */
export interface TemplateSetting {
  from: Day;
  /** The day after the last one. */
  to: Day;
  currency: string;
  locale: Locale;
}

type Said = Record<Locale, string>;

/** A challenge of the trade, to begin from; everything of it can be changed afterwards. */
export interface Template {
  name: Said;
  /** What it is good for. */
  purpose: Said;
  make(
    worth: Worth,
    setting: TemplateSetting,
  ): Pick<ChallengeDefinitionInput, 'rules'> & Partial<ChallengeDefinitionInput>;
}

/** An amount of euros in the currency of the organisation, by its order of magnitude. */
type Worth = (euros: number) => string;

/** Currencies whose unit is worth about a cent. */
const SMALL = new Set(['CLP', 'DZD', 'HUF', 'ISK', 'JPY', 'KRW', 'LKR', 'XAF', 'XOF', 'XPF']);

const worthIn =
  (currency: string): Worth =>
  (euros) =>
    String(SMALL.has(currency) ? euros * 100 : euros);

const PODIUM = [1000, 600, 400];
/** Of whole teams, whose members share it. */
const TEAM_PODIUM = [5000, 3000, 2000];

/** The templates by their code, in the order in which they are offered. */
export const templates = {
  'revenue-sprint': {
    name: { fr: 'Sprint au chiffre d’affaires', en: 'Revenue sprint' },
    purpose: {
      fr: 'Un mois intense où chaque euro compte. Les trois premiers sont récompensés.',
      en: 'An intense month in which every euro counts. The first three are rewarded.',
    },
    make: (worth) => ({
      rules: [{ type: 'per-unit', kpi: 'revenue', score: '1', per: worth(1_000) }],
      payout: [{ kind: 'rank', points: PODIUM }],
    }),
  },
  'sales-race': {
    name: { fr: 'Nombre de ventes', en: 'Number of sales' },
    purpose: {
      fr: 'Relancer l’activité : toutes les ventes valent autant, les petites aussi.',
      en: 'Gets everybody moving: every sale is worth the same, small ones too.',
    },
    make: () => ({
      rules: [{ type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' }],
      payout: [{ kind: 'rank', points: PODIUM }],
    }),
  },
  milestones: {
    name: { fr: 'Course aux paliers', en: 'Race of thresholds' },
    purpose: {
      fr: 'Chacun gagne à chaque palier franchi, quel que soit son rang.',
      en: 'Everybody wins with each threshold they pass, whatever their rank.',
    },
    make: (worth) => ({
      rules: [
        {
          type: 'milestone',
          kpi: 'revenue',
          mode: 'cumulative',
          thresholds: [
            { at: worth(10_000), score: '100' },
            { at: worth(25_000), score: '200' },
            { at: worth(50_000), score: '400' },
          ],
        },
      ],
      payout: [{ kind: 'per-score', points: 1, per: '1' }],
    }),
  },
  attainment: {
    name: { fr: 'Atteinte de l’objectif', en: 'Target attainment' },
    purpose: {
      fr: 'Chacun face à son objectif : les petits secteurs ont leurs chances. Demande des objectifs.',
      en: 'Everybody against their own target: small sectors have their chance. Needs targets.',
    },
    make: () => ({
      rules: [
        {
          type: 'attainment',
          kpi: 'revenue',
          shape: 'line',
          steps: [
            { at: '0.8', score: '50' },
            { at: '1', score: '100' },
            { at: '1.2', score: '150' },
          ],
        },
      ],
      payout: [{ kind: 'threshold', score: '100', points: 500 }],
    }),
  },
  progress: {
    name: { fr: 'Progression personnelle', en: 'Personal progress' },
    purpose: {
      fr: 'Se dépasser soi-même : le score est la progression sur la période précédente.',
      en: 'Doing better than oneself: the score is the progress over the period before.',
    },
    make: () => ({
      rules: [{ type: 'improvement', kpi: 'revenue', score: '1', per: '0.01', cap: '100' }],
      payout: [{ kind: 'rank', points: PODIUM }],
    }),
  },
  'first-to': {
    name: { fr: 'Premier arrivé', en: 'First past the post' },
    purpose: {
      fr: 'Un départ rapide : les trois premiers à dix ventes se partagent la dotation.',
      en: 'A fast start: the first three to reach ten sales share the prizes.',
    },
    make: () => ({
      rules: [
        { type: 'first-to', kpi: 'sales-count', threshold: '10', scores: ['100', '60', '40'] },
      ],
      payout: [{ kind: 'rank', points: PODIUM }],
    }),
  },
  'best-sale': {
    name: { fr: 'La plus belle vente', en: 'The best sale' },
    purpose: {
      fr: 'Un seul dossier peut tout changer : la plus grosse vente du mois l’emporte.',
      en: 'One deal can change everything: the largest sale of the month wins.',
    },
    make: (_worth, { locale }) => ({
      rules: [{ type: 'best-single', kpi: 'revenue', scores: ['100', '60', '40'] }],
      payout: [
        {
          kind: 'prize',
          place: 1,
          prize: { fr: 'Un dîner pour deux', en: 'A dinner for two' }[locale],
        },
        { kind: 'rank', points: [500, 300] },
      ],
    }),
  },
  quality: {
    name: { fr: 'Volume et qualité', en: 'Volume and quality' },
    purpose: {
      fr: 'Des ventes, mais bien suivies : elles ne comptent que si le taux de transformation tient.',
      en: 'Sales, and well worked ones: they count only while the win rate holds.',
    },
    make: () => ({
      rules: [
        { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' },
        {
          type: 'quality-gate',
          kpi: 'win-rate',
          atLeast: '0.25',
          minimumDenominator: '5',
          rules: [0],
        },
      ],
      payout: [{ kind: 'rank', points: PODIUM }],
    }),
  },
  teams: {
    name: { fr: 'Le match des équipes', en: 'Team against team' },
    purpose: {
      fr: 'On gagne ensemble : le résultat par tête met petites et grandes équipes à égalité.',
      en: 'Winning together: the result per head puts small and large teams on a par.',
    },
    make: (worth, { locale }) => ({
      audience: { kind: 'teams', by: 'per-head' },
      rules: [{ type: 'per-unit', kpi: 'revenue', score: '1', per: worth(1_000) }],
      payout: [
        { kind: 'rank', points: TEAM_PODIUM },
        {
          kind: 'prize',
          place: 1,
          prize: { fr: 'Un déjeuner d’équipe', en: 'A lunch for the team' }[locale],
        },
      ],
    }),
  },
} as const satisfies Record<string, Template>;

export type TemplateCode = keyof typeof templates;
export const templateCodes = Object.keys(templates) as TemplateCode[];

/** A template as a definition that can be drafted, and launched as it stands. */
export function fromTemplate(
  code: TemplateCode,
  setting: TemplateSetting,
): ChallengeDefinitionInput {
  const template: Template = templates[code];
  const { from, to, currency, locale } = setting;
  const name = template.name[locale];
  return { name, from, to, ...template.make(worthIn(currency), setting) };
}
