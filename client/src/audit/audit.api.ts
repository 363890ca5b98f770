import type { AuditEntryView } from '@palmares/shared/audit/audit';
import { ask, askAll, withQuery } from '../http/http';

export type { AuditEntryView };

export interface AuditPage {
  items: AuditEntryView[];
  nextCursor: string | null;
}

export const readAudit = (filter: {
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  cursor?: string | undefined;
}): Promise<AuditPage> => ask(withQuery('/api/audit', { ...filter, limit: 200 }));

interface Named {
  id: string;
  name: string;
}

/** What people, teams and challenges are called, by id; whatever one may not read has no name. */
export async function readNames(): Promise<Map<string, string>> {
  const lists = [
    askAll<Named>('/api/members', {}, 1000),
    askAll<Named>('/api/teams', {}, 1000),
    askAll<Named>('/api/challenges'),
  ];
  const found = await Promise.all(lists.map((list) => list.catch((): Named[] => [])));
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}
