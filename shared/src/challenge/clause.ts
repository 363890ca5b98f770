import type { Locale } from '../people/organisation.js';
import { formatScaled } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import { lastDay, type ChallengeDefinition } from './challenge.js';
import type { Visibility } from './visibility.js';

/** The parts of a règlement that people may write anew, in their order around the rules. */
export const clauseKeys = [
  'object',
  'period',
  'participants',
  'counting',
  'ties',
  'joiners',
  'cancellations',
  'data',
  'claims',
  'prizes',
  'personal-data',
  'language',
] as const;
export type ClauseKey = (typeof clauseKeys)[number];

/** What a règlement is made from. */
export interface TermsSource {
  definition: ChallengeDefinition;
  organisation: { name: string; currency: string; timeZone: string };
  /** Names of teams by their id; without them the teams are counted. */
  teams?: ReadonlyMap<string, string> | undefined;
}

/** Whose names are shown on the board, and to whom. */
const shownNames: Record<Visibility, Said> = {
  audience: {
    fr: 'Le classement montre les noms à tous les participants et à ceux qui animent le challenge.',
    en: 'The ranking shows the names to all participants and to those who run the challenge.',
  },
  'top-and-neighbours': {
    fr: 'Le classement nomme les dix premiers et, pour chaque participant, ceux qui le précèdent et le suivent de près ; les autres y figurent sans leur nom.',
    en: 'The ranking names the first ten and, for each participant, those just before and after them; the others are in it without their names.',
  },
  'own-only': {
    fr: 'Chaque participant ne voit que son propre nom au classement ; les autres y figurent sans leur nom.',
    en: 'Every participant sees only their own name in the ranking; the others are in it without their names.',
  },
  'teams-only': {
    fr: 'Le classement ne nomme que les équipes ; une personne n’y voit que son propre nom.',
    en: 'The ranking names teams only; a person sees no other name than their own in it.',
  },
};

type Said = Record<Locale, string>;
/** The paragraphs of a clause; none where there is nothing to say. */
type Clause = { title: Said; paragraphs: (source: TermsSource) => Said[] };

/** `1er mars 2026`, `1 March 2026`. */
function dayIn(locale: Locale, day: Day): string {
  const language = locale === 'fr' ? 'fr' : 'en-GB';
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const text = format.format(new Date(`${day}T00:00:00Z`));
  return locale === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** The named teams with the word for them: `de l’équipe Brest`, `the teams Brest and Rennes`. */
function teamsSaid(ids: readonly string[], names: TermsSource['teams']): Said {
  const known = ids.map((id) => names?.get(id)).filter((name) => name !== undefined);
  if (known.length < ids.length) {
    return {
      fr: `des équipes désignées (${ids.length})`,
      en: `of the teams named (${ids.length})`,
    };
  }
  const list = (language: string) => new Intl.ListFormat(language).format(known.toSorted());
  return {
    fr: `${known.length > 1 ? 'des équipes' : 'de l’équipe'} ${list('fr')}`,
    en: `of the team${known.length > 1 ? 's' : ''} ${list('en-GB')}`,
  };
}

function participants({ definition, teams }: TermsSource): Said[] {
  const { audience, observers, minimum } = definition;
  const said: Said[] = [];
  if (audience.kind === 'everyone') {
    said.push({
      fr: 'Participent tous les commerciaux de l’organisation présents au moins un jour de la période.',
      en: 'All salespeople of the organisation who are there on at least one day of the period take part.',
    });
  } else if (audience.kind === 'members') {
    const count = new Set(audience.memberIds).size;
    said.push({
      fr: `Participent les commerciaux désignés (${count}).`,
      en: `The salespeople named take part (${count}).`,
    });
  } else if (audience.kind === 'team-members') {
    const whose = teamsSaid([...new Set(audience.teamIds)], teams);
    said.push({
      fr: `Participent, chacun pour soi, les commerciaux ${whose.fr}, équipes rattachées comprises. Compte ce que chacun réalise les jours de la période où il en fait partie.`,
      en: `The salespeople ${whose.en}, and of the teams below, take part, each for themselves. What counts is what each does on the days of the period on which they belong.`,
    });
  } else {
    const perHead = audience.by === 'per-head';
    said.push({
      fr: `Les équipes concourent entre elles, ${perHead ? 'par le résultat par tête : la somme des membres, divisée par l’effectif moyen de la période' : 'par la somme des résultats de leurs membres'}.`,
      en: `Teams compete with each other, ${perHead ? 'by the result per head: the sum of the members, divided by the average number of people over the period' : 'by the sum of what their members do'}.`,
    });
  }
  if (observers.length > 0) {
    said.push({
      fr: 'Les observateurs désignés voient le challenge sans concourir.',
      en: 'The observers named see the challenge and do not compete.',
    });
  }
  if (minimum != null) {
    const least = formatScaled(minimum);
    said.push({
      fr: `Un score d’au moins ${least.replace('.', ',')} est nécessaire pour être classé.`,
      en: `A score of at least ${least} is needed to be ranked.`,
    });
  }
  return said;
}

/** Of a challenge of the reps of some teams. */
function teamJoiners({ joiners: join, leavers }: ChallengeDefinition): Said[] {
  return [
    join === 'enter'
      ? {
          fr: 'Qui rejoint ces équipes pendant le challenge y entre, avec ce qu’il réalise à partir de ce jour.',
          en: 'Whoever joins these teams during the challenge enters it, with what they do from that day on.',
        }
      : {
          fr: 'Qui rejoint ces équipes après le lancement n’entre pas au classement.',
          en: 'Whoever joins these teams after the launch does not enter the ranking.',
        },
    leavers === 'stay'
      ? {
          fr: 'Qui quitte ces équipes reste au classement avec ce qu’il y a réalisé.',
          en: 'Whoever leaves these teams stays in the ranking with what they did in them.',
        }
      : {
          fr: 'Qui quitte ces équipes, ou l’organisation, quitte le classement ce jour-là.',
          en: 'Whoever leaves these teams, or the organisation, leaves the ranking on that day.',
        },
  ];
}

function joiners(definition: ChallengeDefinition): Said[] {
  const { audience, joiners: join, leavers } = definition;
  if (audience.kind === 'team-members') return teamJoiners(definition);
  const named = audience.kind === 'members' || (audience.kind === 'teams' && audience.teamIds);
  const enter = !named && join === 'enter';
  return [
    enter
      ? {
          fr: 'Qui arrive pendant le challenge y entre avec ce qu’il réalise dans la période.',
          en: 'Whoever arrives during the challenge enters it with what they do in the period.',
        }
      : {
          fr: 'Qui arrive après le lancement n’entre pas au classement.',
          en: 'Whoever arrives after the launch does not enter the ranking.',
        },
    leavers === 'stay'
      ? {
          fr: 'Qui quitte l’organisation reste au classement avec ce qu’il a réalisé.',
          en: 'Whoever leaves the organisation stays in the ranking with what they did.',
        }
      : {
          fr: 'Qui quitte l’organisation quitte le classement ce jour-là.',
          en: 'Whoever leaves the organisation leaves the ranking on that day.',
        },
    ...(audience.kind === 'teams'
      ? [
          {
            fr: 'En cas de changement d’équipe, chaque résultat compte pour l’équipe du jour où il survient.',
            en: 'When somebody changes teams, each result counts for the team of the day on which it happens.',
          },
        ]
      : []),
  ];
}

/** Where something is paid. */
const INDEPENDENT: Said = {
  fr: 'Si un auteur du challenge peut y gagner, le délai ne suffit pas : une personne qui n’y gagne rien doit signer.',
  en: 'Where an author of the challenge may gain by it, time alone is not enough: somebody who gains nothing has to sign.',
};

/** The usual text of each clause, which follows from the definition. */
export const clauses: Record<ClauseKey, Clause> = {
  object: {
    title: { fr: 'Objet', en: 'Purpose' },
    paragraphs: ({ definition, organisation }) => [
      {
        fr: `${organisation.name} organise le challenge « ${definition.name} », dont le présent règlement fixe les règles.`,
        en: `${organisation.name} runs the challenge “${definition.name}”, by the rules of this document.`,
      },
    ],
  },
  period: {
    title: { fr: 'Période', en: 'Period' },
    paragraphs: ({ definition, organisation }) => [
      {
        fr: `Le challenge se déroule du ${dayIn('fr', definition.from)} au ${dayIn('fr', lastDay(definition))} inclus (fuseau horaire ${organisation.timeZone}).`,
        en: `The challenge runs from ${dayIn('en', definition.from)} to ${dayIn('en', lastDay(definition))} inclusive (time zone ${organisation.timeZone}).`,
      },
    ],
  },
  participants: {
    title: { fr: 'Participants', en: 'Participants' },
    paragraphs: participants,
  },
  counting: {
    title: { fr: 'Décompte', en: 'Counting' },
    paragraphs: () => [
      {
        fr: 'Chaque activité compte au jour où elle survient, quelle que soit la date de sa saisie. Une activité partagée compte pour chacun selon sa part.',
        en: 'Each activity counts on the day on which it happens, whenever it is recorded. A shared activity counts for each by their share.',
      },
      {
        fr: 'Les scores des mécaniques s’additionnent. Sauf mention contraire, les unités se comptent sur le total de la période, non sur chaque vente. Une même activité peut compter dans plusieurs challenges.',
        en: 'The scores of the rules add up. Unless said otherwise, units are counted on the total of the period and not on each sale. One activity may count in several challenges.',
      },
    ],
  },
  ties: {
    title: { fr: 'Classement et ex æquo', en: 'Ranking and ties' },
    paragraphs: ({ definition }) => [
      definition.ties === 'earliest'
        ? {
            fr: 'À score égal, est mieux classé qui a atteint ce score le premier, au jour près ; à défaut, le rang est partagé.',
            en: 'Between equal scores whoever reached the score on an earlier day ranks higher; otherwise the rank is shared.',
          }
        : {
            fr: 'À score égal, le rang est partagé.',
            en: 'Equal scores share the rank.',
          },
      shownNames[definition.visibility],
    ],
  },
  joiners: {
    title: { fr: 'Arrivées et départs', en: 'Joining and leaving' },
    paragraphs: ({ definition }) => joiners(definition),
  },
  cancellations: {
    title: { fr: 'Annulations', en: 'Cancellations' },
    paragraphs: () => [
      {
        fr: 'Une vente annulée ou corrigée modifie les scores jusqu’à la certification du classement, même après la fin de la période. Ensuite, le classement est définitif.',
        en: 'A sale that is cancelled or corrected changes the scores until the ranking is certified, also after the end of the period. From then on the ranking is final.',
      },
    ],
  },
  data: {
    title: { fr: 'Données et certification', en: 'Data and certification' },
    paragraphs: ({ definition: { graceDays, payout } }) => [
      {
        fr: 'Seules font foi les données enregistrées dans Palmarès. Jusqu’à la certification, le classement est provisoire.',
        en: 'Only what is recorded in Palmarès counts. Until it is certified the ranking is provisional.',
      },
      {
        fr: `Le classement est certifié par une personne habilitée ou, à défaut, de lui-même ${graceDays === 0 ? 'dès la fin de la période' : `${graceDays} jour${graceDays === 1 ? '' : 's'} après la fin de la période`} (ou après le lancement s’il est plus tardif).`,
        en: `The ranking is certified by somebody entitled to or else by itself ${graceDays === 0 ? 'at the end of the period' : `${graceDays} day${graceDays === 1 ? '' : 's'} after the end of the period`} (or after the launch where that is later).`,
      },
      ...(payout.length > 0 ? [INDEPENDENT] : []),
    ],
  },
  claims: {
    title: { fr: 'Réclamations', en: 'Claims' },
    paragraphs: () => [
      {
        fr: 'Chaque participant peut signaler dans Palmarès une erreur ou une vente manquante avant la certification. Un responsable lui répond, et nul ne tranche sa propre réclamation.',
        en: 'Every participant may report an error or a missing sale in Palmarès before the certification. A manager answers, and nobody decides their own claim.',
      },
    ],
  },
  prizes: {
    title: { fr: 'Dotation', en: 'Prizes' },
    paragraphs: () => [],
  },
  'personal-data': {
    title: { fr: 'Données personnelles', en: 'Personal data' },
    paragraphs: ({ organisation }) => [
      {
        fr: `${organisation.name} traite le nom, les activités commerciales et les scores des participants pour le déroulement du challenge et l’attribution des gains. Chacun peut demander à ${organisation.name} l’accès à ses données et leur rectification.`,
        en: `${organisation.name} processes the names, sales activities and scores of the participants to run the challenge and to give out what is won. Everybody may ask ${organisation.name} to see their data and to put them right.`,
      },
    ],
  },
  language: {
    title: { fr: 'Langue', en: 'Language' },
    paragraphs: () => [
      {
        fr: 'La version française du présent règlement fait foi.',
        en: 'The French version of this document is the one that counts; this is a translation.',
      },
    ],
  },
};
