import type { TargetsAnswer } from '@palmares/shared/target/target';
import { ask, withQuery } from '../http/http';

export type { TargetsAnswer };
export type TargetItem = TargetsAnswer['items'][number];

/** Everybody's target for a KPI and a period, page after page. */
export async function readTargets(kpi: string, period: string, by: string): Promise<TargetsAnswer> {
  const path = (cursor?: string) => withQuery('/api/targets', { kpi, period, by, cursor });
  const first: TargetsAnswer = await ask(path());
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null;) {
    const next: TargetsAnswer = await ask(path(cursor));
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return { ...first, items, nextCursor: null };
}

export interface TargetSent {
  kpi: string;
  period: string;
  subject: { type: 'member' | 'team'; id: string };
  /** null removes the target */
  value: string | null;
}

export const saveTargets = (items: TargetSent[]): Promise<void> =>
  ask('/api/targets', { method: 'PUT', body: { items } });
