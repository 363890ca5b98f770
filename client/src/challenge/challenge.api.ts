import type {
  ChallengeDefinitionInput,
  ChallengeStatus,
} from '@palmares/shared/challenge/challenge';
import type { LeafView, WithoutView } from '@palmares/shared/challenge/leaf-view';
import type { OwnPlace, Place } from '@palmares/shared/board/position';
import type { ProofView } from '@palmares/shared/challenge/proof-view';
import type { TermsView } from '@palmares/shared/challenge/terms';
import type { Locale } from '../format/locale';
import { ask, askAll, withQuery } from '../http/http';
import type { Winnings } from './prize';

export type { LeafView, ProofView, TermsView, WithoutView };
export type RuleView = ProofView['rules'][number];
export type KpiView = RuleView['kpis'][number];
export type MeasureView = KpiView['measures'][number];

/** A challenge as its readers see it. */
export interface ChallengeView extends ChallengeDefinitionInput {
  id: string;
  status: ChallengeStatus;
  version: number | null;
  createdAt: string;
  launchedAt: string | null;
  certifiedAt: string | null;
  cancelledAt: string | null;
  cancelReason: string | null;
}

/** How the best and the caller stood at the end of days. */
export interface RaceView {
  challengeId: string;
  days: string[];
  lines: {
    subject: { type: 'member' | 'team'; id: string; label: string | null };
    me: boolean;
    ranks: (number | null)[];
    scores: (string | null)[];
  }[];
}

const one = (id: string) => `/api/challenges/${encodeURIComponent(id)}`;
const score = (id: string, subjectId: string) =>
  `${one(id)}/scores/${encodeURIComponent(subjectId)}`;

/** Challenges that the caller may see, or only those in which they take part. */
export const readChallenges = (mine: boolean): Promise<ChallengeView[]> =>
  askAll('/api/challenges', mine ? { mine: 'true' } : {});

export const readChallenge = (id: string): Promise<ChallengeView> => ask(one(id));

export const readProof = (id: string, subjectId: string): Promise<ProofView> =>
  ask(score(id, subjectId));

export interface LeafPage {
  items: LeafView[];
  nextCursor: string | null;
}

export const readLeaves = (
  id: string,
  subjectId: string,
  measure: string,
  cursor?: string,
): Promise<LeafPage> =>
  ask(withQuery(`${score(id, subjectId)}/activities`, { measure, limit: 20, cursor }));

export const readWithout = (
  id: string,
  subjectId: string,
  activityId: string,
): Promise<WithoutView> => ask(`${score(id, subjectId)}/without/${encodeURIComponent(activityId)}`);

export const readTerms = (id: string, locale: Locale): Promise<TermsView> =>
  ask(withQuery(`${one(id)}/terms`, { locale }));

export const acknowledge = (id: string, version: number): Promise<{ acknowledgedAt: string }> =>
  ask(`${one(id)}/terms/acknowledge`, { method: 'POST', body: { version } });

export const readRace = (id: string, top: number): Promise<RaceView> =>
  ask(withQuery(`${one(id)}/race`, { top }));

/** Where I stand, and what lies between me and the next; null where I take no part. */
export const readOwnPlace = (id: string): Promise<OwnPlace> => ask(`${one(id)}/place`);
export const readPlace = async (id: string): Promise<Place | null> =>
  (await readOwnPlace(id)).place;

/** What it gave me, or would give as it stands; null where I take no part. */
export const readWinnings = async (id: string): Promise<Winnings | null> =>
  (await ask<{ winnings: Winnings | null }>(`${one(id)}/winnings`)).winnings;
