import type { ChallengeStatus } from '@palmares/shared/challenge/challenge';
import type { Board } from '@palmares/shared/board/board';
import type { SignatureFault } from '@palmares/shared/challenge/signature';
import type { WaitsFor } from '@palmares/shared/challenge/signing';
import { ask } from '../http/http';
import { ProblemError } from '../http/problem';

export interface PlaceView {
  rank: number | null;
  score: string;
}

/** What late data has moved: since the window was over or, beside what is final, since the end. */
export interface Differences {
  since: string | null;
  items: {
    subject: { id: string; label: string };
    before: PlaceView | null;
    after: PlaceView | null;
  }[];
}

export interface AwardView {
  line: number;
  subjectId: string;
  label: string;
  rank: number | null;
  points: number;
  prize: string | null;
}

export interface Certification {
  status: ChallengeStatus;
  certifiesOn: string | null;
  waiting: number;
  disputes: { id: string; kind: string; reporterId: string; createdAt: string }[];
  awards: AwardView[];
  points: number;
  signatures: {
    signature: string;
    gains: boolean;
    why: SignatureFault | null;
    signedAt: string;
  }[];
  gains: boolean;
  paid: boolean;
  why: SignatureFault | null;
  waitsFor: WaitsFor;
  byTime: boolean;
  certifiedAt: string | null;
}

/** How far participants have taken note of the règlement. */
export interface Roll {
  version: number | null;
  acknowledged: number;
  missing: number;
}

const one = (id: string) => `/api/challenges/${encodeURIComponent(id)}`;

export const readCertification = (id: string): Promise<Certification> =>
  ask(`${one(id)}/certification`);
export const readDifferences = (id: string): Promise<Differences> => ask(`${one(id)}/differences`);
export const readRoll = (id: string): Promise<Roll> =>
  ask(`${one(id)}/terms/acknowledgements?limit=1`);
export const remind = (id: string): Promise<{ reminded: number }> =>
  ask(`${one(id)}/terms/remind`, { method: 'POST' });
export const certify = (id: string): Promise<{ certified: boolean }> =>
  ask(`${one(id)}/certify`, { method: 'POST' });

/** The whole ranking, page after page. */
export async function readRanking(id: string): Promise<Board> {
  const page = (offset: number): Promise<Board> =>
    ask(`${one(id)}/board?limit=1000&offset=${offset}`);
  const first = await page(0);
  const rows = [...first.rows];
  while (rows.length < first.total) {
    const next = await page(rows.length);
    if (next.rows.length === 0) break;
    rows.push(...next.rows);
  }
  return { ...first, rows };
}

/** What whoever signed is called; nothing where the reader may not know. */
export async function readSigner(memberId: string): Promise<string | undefined> {
  try {
    const { name }: { name: string } = await ask(`/api/members/${encodeURIComponent(memberId)}`);
    return name;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
