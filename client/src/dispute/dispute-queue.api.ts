import type { Dispute } from '@palmares/shared/dispute/dispute';
import { ask, askAll } from '../http/http';

export type { Dispute };

/** What is known of an activity, as it stands. */
export interface ActivityRevision {
  revision: number;
  supersededSeq: number | null;
  withheld: boolean;
  void: boolean;
  type: string;
  occurredOn: string;
  amount: string | null;
  quantity: string | null;
  customer: string | null;
  item: string | null;
}

export const readDisputes = (challengeId: string | undefined): Promise<Dispute[]> =>
  askAll('/api/disputes', { challengeId });

/** The revision that is current; the latest one where none counts any more. */
export async function readActivity(id: string): Promise<ActivityRevision | undefined> {
  const { items }: { items: ActivityRevision[] } = await ask(
    `/api/activities/${encodeURIComponent(id)}/revisions`,
  );
  return items.find(({ supersededSeq }) => supersededSeq === null) ?? items.at(-1);
}

export const resolve = (
  id: string,
  body: { outcome: 'accepted' | 'rejected'; answer: string },
): Promise<Dispute> =>
  ask(`/api/disputes/${encodeURIComponent(id)}/resolve`, { method: 'POST', body });
