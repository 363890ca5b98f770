import type { AuditEntryView } from '@palmares/shared/audit/audit';
import { ask, askAll, withQuery } from '../http/http';

export type { AuditEntryView };

export interface AuditPage {
  items: AuditEntryView[];
  nextCursor: string | null;
  /** what the teams of these entries are called */
  teams: Named[];
}

export const readAudit = (filter: {
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
}): Promise<AuditPage> => ask(withQuery('/api/audit', { ...filter, limit: 200 }));

export interface Named {
  id: string;
  name: string;
}

/** What people and challenges are called, by id. */
export async function readNames(): Promise<Map<string, string>> {
  const lists = [askAll<Named>('/api/members', {}, 1000), askAll<Named>('/api/challenges')];
  const found = await Promise.all(lists.map((list) => list.catch((): Named[] => [])));
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}
