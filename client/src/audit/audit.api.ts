import type { AuditEntryView } from '@palmares/shared/audit/audit';
import { ask, withQuery } from '../http/http';

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
