import {
  challengeDefinitionSchema,
  type ChallengeDefinition,
  type ChallengeDefinitionInput,
} from '@palmares/shared/challenge/challenge';
import { addDays, type Day } from '@palmares/shared/time/day';
import { addMonths, mondayOf, quarterOf } from './demo-calendar.js';
import type { DemoPlan } from './demo-roster.js';
import { heatPump, solar, windows } from './demo-trade.js';

/** A challenge of the demo, and how far its story goes. */
export interface DemoChallenge {
  definition: ChallengeDefinition;
  /** When it was launched; null stays a draft. */
  launchedOn: Day | null;
  /** When somebody signed it; null where nobody has yet. */
  certifiedOn: Day | null;
  /** Participants reported something, once it was over. */
  disputed?: true;
  /** Of the reps of the manager’s agencies; the manager runs it. Else an admin runs it for everyone. */
  ofManager?: true;
}

const define = (input: ChallengeDefinitionInput) => challengeDefinitionSchema.parse(input);
const places = (...points: number[]) => ({ kind: 'rank' as const, points });

const SEASONS = ['d’hiver', 'de printemps', 'd’été', 'd’automne'] as const;
const seasonName = (day: Day) => SEASONS[Math.floor((Number(day.slice(5, 7)) % 12) / 3)] ?? '';

/** The sprint of four weeks that everybody runs and that the public board shows. */
export function sprintOf(from: Day): ChallengeDefinition {
  return define({
    name: `Sprint ${seasonName(from)}\u00a0: rénovation énergétique`,
    from,
    to: addDays(from, 28),
    rules: [
      { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' },
      {
        type: 'milestone',
        kpi: 'sales-count',
        thresholds: [
          { at: '3', score: '5' },
          { at: '6', score: '12' },
          { at: '10', score: '25' },
        ],
      },
    ],
    payout: [
      places(3_000, 2_000, 1_500, 1_000, 800, 600, 500, 400, 300, 200),
      { kind: 'threshold', score: '40', points: 250, when: 'live' },
      { kind: 'threshold', score: '80', points: 500, when: 'live' },
      { kind: 'prize', place: 1, prize: 'Un week-end à Belle-Île' },
    ],
  });
}

function liveOnes(monday: Day): DemoChallenge[] {
  const agencies = define({
    name: 'Coupe des agences',
    from: addDays(monday, -28),
    to: addDays(monday, 28),
    audience: { kind: 'teams', by: 'per-head' },
    rules: [
      { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' },
      { type: 'per-unit', kpi: 'new-customers', score: '5', per: '1' },
    ],
    payout: [places(3_600, 2_400, 1_200), { kind: 'prize', place: 1, prize: 'Un dîner d’équipe' }],
  });
  const offers = define({
    name: 'La route des devis',
    from: addDays(monday, -7),
    to: addDays(monday, 21),
    rules: [
      { type: 'per-unit', kpi: 'offers', score: '4', per: '1', dailyCap: '20' },
      { type: 'per-unit', kpi: 'visits', score: '2', per: '1', dailyCap: '10' },
      { type: 'quality-gate', kpi: 'win-rate', atLeast: '0.3', whenUnknown: 'pass', rules: [0] },
    ],
    payout: [
      places(1_200, 800, 500),
      { kind: 'per-score', points: 1, per: '2', cap: 150 },
      { kind: 'prize', place: 1, prize: 'Une journée au volant' },
    ],
  });
  const running = (definition: ChallengeDefinition) => {
    return { definition, launchedOn: addDays(definition.from, -3), certifiedOn: null };
  };
  const sprint = sprintOf(addDays(monday, -14));
  return [running(agencies), { ...running(offers), ofManager: true }, running(sprint)];
}

/** What is over: signed some days after its end. */
function past(definition: ChallengeDefinition): DemoChallenge {
  const launchedOn = addDays(definition.from, -3);
  return { definition, launchedOn, certifiedOn: addDays(definition.to, 4) };
}

/** By the targets of a quarter. */
function quarterly(from: Day): ChallengeDefinition {
  return define({
    name: 'Cap sur l’objectif',
    from,
    to: addMonths(from, 3),
    rules: [
      {
        type: 'attainment',
        kpi: 'revenue',
        steps: [
          { at: '0.8', score: '40' },
          { at: '1', score: '100' },
          { at: '1.2', score: '150' },
        ],
      },
    ],
    payout: [
      { kind: 'threshold', score: '40', points: 400 },
      { kind: 'threshold', score: '100', points: 800 },
      { kind: 'threshold', score: '150', points: 600 },
    ],
  });
}

function pastOnes(monday: Day, day: Day): DemoChallenge[] {
  const quarter = addMonths(quarterOf(addDays(day, -12)), -3);
  const weeks = (from: number, to: number) => {
    return { from: addDays(monday, -7 * from), to: addDays(monday, -7 * to) };
  };
  return [
    past(
      define({
        name: 'Défi pompe à chaleur',
        ...weeks(46, 41),
        rules: [
          {
            type: 'per-unit',
            kpi: 'units-sold',
            score: '10',
            per: '1',
            filters: { product: [heatPump] },
          },
        ],
        payout: [places(1_500, 1_000, 700, 500, 300), { kind: 'per-score', points: 2, cap: 200 }],
      }),
    ),
    past(
      define({
        name: 'Nouveaux clients de printemps',
        ...weeks(33, 27),
        rules: [
          { type: 'per-unit', kpi: 'new-customers', score: '10', per: '1' },
          { type: 'best-single', kpi: 'revenue', scores: ['30', '20', '10'] },
        ],
        payout: [places(2_000, 1_200, 800, 500), { kind: 'threshold', score: '60', points: 300 }],
      }),
    ),
    past(quarterly(quarter)),
    past(
      define({
        name: 'Rallye des visites',
        ...weeks(12, 9),
        rules: [{ type: 'per-unit', kpi: 'visits', score: '5', per: '1', dailyCap: '15' }],
        payout: [places(900, 600, 400, 200), { kind: 'prize', place: 1, prize: 'Un vélo pliant' }],
      }),
    ),
  ];
}

/** Every challenge of the demo, by the day of its launch; drafts last. */
export function challengesOf({ day, weeks }: DemoPlan): DemoChallenge[] {
  const monday = mondayOf(day);
  const month = define({
    name: 'Fenêtres et isolation',
    from: addDays(day, -31),
    to: addDays(day, -3),
    graceDays: 14,
    rules: [
      {
        type: 'per-unit',
        kpi: 'revenue',
        score: '1',
        per: '500',
        filters: { product: [windows, 'Isolation des combles'] },
      },
    ],
    payout: [places(1_500, 1_000, 700, 400, 200), { kind: 'prize', place: 1, prize: 'Un dîner' }],
  });
  const winter = define({
    name: 'Grand prix du solaire',
    from: addDays(monday, 14),
    to: addDays(monday, 42),
    rules: [
      { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1', filters: { product: solar } },
      { type: 'first-to', kpi: 'revenue', threshold: '50000', scores: ['50', '30', '15'] },
    ],
    payout: [places(2_500, 1_500, 1_000, 500)],
  });
  const idea = define({
    name: 'Faire mieux que le mois dernier',
    from: addDays(monday, 28),
    to: addDays(monday, 56),
    rules: [{ type: 'improvement', kpi: 'revenue', score: '10', per: '0.1', cap: '60' }],
    payout: [{ kind: 'per-score', points: 10, cap: 500 }],
  });
  const first = addDays(monday, -7 * weeks);
  const all: DemoChallenge[] = [
    ...pastOnes(monday, day),
    {
      definition: month,
      launchedOn: addDays(month.from, -3),
      certifiedOn: null,
      disputed: true,
      ofManager: true,
    },
    ...liveOnes(monday),
    { definition: winter, launchedOn: day, certifiedOn: null },
    { definition: idea, launchedOn: null, certifiedOn: null, ofManager: true },
  ];
  return all
    .filter(({ definition }) => definition.from > first)
    .toSorted((a, b) => ((a.launchedOn ?? '9') < (b.launchedOn ?? '9') ? -1 : 1));
}
