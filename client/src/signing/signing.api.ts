import type { Ceilings } from '@palmares/shared/challenge/ceiling';
import type { Countersign, OperatorSignature } from '@palmares/shared/challenge/signing';
import { ask, askAll } from '../http/http';

const one = (id: string) => `/api/challenges/${encodeURIComponent(id)}/countersign`;

export const readCountersigns = (): Promise<Countersign[]> => askAll('/api/countersigns');

/** Signs what was shown, and nothing that has been put in its place meanwhile. */
export const countersign = ({ challengeId, points, askedAt }: Countersign): Promise<unknown> => {
  const expect = { askedAt, ...(points === null ? {} : { points }) };
  return ask(one(challengeId), { method: 'POST', body: { expect } });
};
export const withdraw = (id: string): Promise<unknown> => ask(one(id), { method: 'DELETE' });

export const readCeilings = (): Promise<Ceilings> => ask('/api/ceilings');
export const saveCeilings = (body: Ceilings): Promise<Ceilings> =>
  ask('/api/ceilings', { method: 'PUT', body });

/** Launches and certifications, of all organisations, that only an operator can sign. */
export const readSignatures = (): Promise<OperatorSignature[]> => askAll('/api/signatures');
export const signAsOperator = (id: string): Promise<{ certified: boolean }> =>
  ask(`/api/signatures/${encodeURIComponent(id)}`, { method: 'POST', body: {} });

export interface OverChallenge {
  id: string;
  name: string;
  from: string;
  to: string;
  payout: unknown[];
}

/** What is over, pays, and waits for a signature. */
export const readOver = async (): Promise<OverChallenge[]> => {
  const all: OverChallenge[] = await askAll('/api/challenges', {
    status: 'provisional',
  });
  return all.filter(({ payout }) => payout.length > 0);
};
