import type { Board } from '@palmares/shared/board/board';
import type { ChallengeStatus } from '@palmares/shared/challenge/challenge';
import { WHOLE } from '@palmares/shared/board/gathering';
import type { Locale } from '../format/locale';
import { getJson, withQuery } from '../http/http';

/** What a board link opens: one challenge of one organisation. */
export interface BoardLink {
  organisation: { name: string; locale: Locale; timeZone: string; currency: string };
  challenge: {
    id: string;
    name: string;
    from: string;
    /** exclusive */
    to: string;
    status: ChallengeStatus;
    /** each rule as a sentence */
    rules: Record<Locale, string>[];
  };
}

/** A way to a board: a link, or a challenge of whoever is signed in. */
export interface BoardDoor {
  /** the token of a link; without one the cookie says who asks */
  token?: string;
  /** the subject that is whoever asks, as far as the board does not say it */
  me?: string;
  open(): Promise<BoardLink>;
}

export const linkDoor = (token: string): BoardDoor => ({
  token,
  open: () => getJson('/api/board-link', token),
});

const boardOf = (challengeId: string, query: Record<string, string | number>) =>
  withQuery(`/api/challenges/${encodeURIComponent(challengeId)}/board`, query);

export const readBoard = (challengeId: string, token?: string): Promise<Board> =>
  getJson(boardOf(challengeId, { limit: WHOLE, offset: 0 }), token);

/** A thousand rows from one on. */
export const readPage = (challengeId: string, offset: number, token?: string): Promise<Board> =>
  getJson(boardOf(challengeId, { limit: 1000, offset }), token);

/** The rows around whoever is signed in. */
export const readAround = (challengeId: string, limit: number): Promise<Board> =>
  getJson(boardOf(challengeId, { around: 'me', limit }));

/** The board as it was served at an instant. */
export const readBoardAsOf = (challengeId: string, asOf: string): Promise<Board> =>
  getJson(boardOf(challengeId, { limit: 1000, offset: 0, asOf }));
