import type { Board } from '@palmares/shared/board/board';
import type { ChallengeStatus } from '@palmares/shared/challenge/challenge';
import type { Locale } from '../format/locale';
import { getJson } from '../http/http';

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

export const readBoardLink = (token: string): Promise<BoardLink> =>
  getJson('/api/board-link', token);

export const readBoard = (challengeId: string, token: string): Promise<Board> =>
  getJson(`/api/challenges/${encodeURIComponent(challengeId)}/board?limit=1000&offset=0`, token);
