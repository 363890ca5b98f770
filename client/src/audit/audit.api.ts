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

/** What people, challenges and, for who may read them, teams are called, by id. */
export async function readNames(teams: boolean): Promise<Map<string, string>> {
  const lists = [
    askAll<Named>('/api/members', {}, 1000),
    teams ? askAll<Named>('/api/teams', {}, 1000) : Promise.resolve([]),
    askAll<Named>('/api/challenges'),
  ];
  const found = await Promise.all(lists.map((list) => list.catch((): Named[] => [])));
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}
