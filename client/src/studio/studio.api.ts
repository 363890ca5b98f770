import type { Differences, PlaceView } from '../close/close.api';
import type { Audience } from '@palmares/shared/challenge/audience';
import type {
  ChallengeDefinitionInput,
  ChallengeStatus,
} from '@palmares/shared/challenge/challenge';
import type { BoardLinkView } from '@palmares/shared/auth/board-link';
import type { TermsView, WrittenClauses } from '@palmares/shared/challenge/terms';
import { ask, askAll, withQuery } from '../http/http';
import type { Locale } from '../format/locale';

export type { Differences, PlaceView };

/** A challenge as its managers see it. */
export interface ChallengeView extends ChallengeDefinitionInput {
  id: string;
  status: ChallengeStatus;
  version: number | null;
  createdAt: string;
  launchedAt: string | null;
  certifiedAt: string | null;
  cancelledAt: string | null;
  cancelReason: string | null;
  /** the reader may change, launch, certify and cancel it */
  maySteer: boolean;
}

export interface Cost {
  subjects: number;
  /** null where nothing limits it */
  points: number | null;
  /** the lines of the payout that need a cap */
  unbounded: number[];
}

export interface Amended {
  version: number;
  items: Differences['items'];
  entering: { id: string; label: string | null }[];
  cost: { before: Cost; after: Cost };
}

export interface BoardLink {
  id: string;
  token: string;
  path: string;
}

const one = (id: string) => `/api/challenges/${encodeURIComponent(id)}`;

export const readChallenges = async (): Promise<ChallengeView[]> => askAll('/api/challenges');
export const readChallenge = (id: string): Promise<ChallengeView> => ask(one(id));
export const readCost = (id: string): Promise<Cost> => ask(`${one(id)}/cost`);

export const createDraft = (body: unknown): Promise<ChallengeView> =>
  ask('/api/challenges', { method: 'POST', body });
export const redraft = (id: string, body: unknown): Promise<ChallengeView> =>
  ask(one(id), { method: 'PATCH', body });
export const launch = (id: string): Promise<ChallengeView> =>
  ask(`${one(id)}/launch`, { method: 'POST' });
/** A copy, for whom the original was or for others. */
export const duplicate = (id: string, audience?: Audience): Promise<ChallengeView> =>
  ask(`${one(id)}/duplicate`, { method: 'POST', body: audience ? { audience } : {} });
export const cancelChallenge = (id: string, reason: string): Promise<ChallengeView> =>
  ask(`${one(id)}/cancel`, { method: 'POST', body: { reason } });

/** Changes a launched challenge, or only says what that would do. */
export const amend = (id: string, definition: unknown, preview: boolean): Promise<Amended> =>
  ask(`${one(id)}/amend`, { method: 'POST', body: { definition, preview } });

export const readTerms = (id: string, locale: Locale): Promise<TermsView> =>
  ask(withQuery(`${one(id)}/terms`, { locale }));
export const writeTerms = (id: string, clauses: WrittenClauses): Promise<TermsView> =>
  ask(`${one(id)}/terms`, { method: 'PUT', body: { clauses } });

export const makeLink = (id: string): Promise<BoardLink> =>
  ask(`${one(id)}/board-links`, { method: 'POST' });
/** The latest first. */
export const readLinks = async (id: string): Promise<BoardLinkView[]> =>
  (await ask<{ items: BoardLinkView[] }>(`${one(id)}/board-links`)).items;
export const revokeLink = (id: string): Promise<void> =>
  ask(`/api/board-links/${encodeURIComponent(id)}`, { method: 'DELETE' });
