import type { ApiKeyInput, ApiKeyView } from '@palmares/shared/auth/api-key';
import { ask, askAll } from '../http/http';

export const readKeys = (): Promise<ApiKeyView[]> => askAll('/api/keys');

export const createKey = (body: ApiKeyInput): Promise<{ id: string; key: string }> =>
  ask('/api/keys', { method: 'POST', body });

export const revokeKey = (id: string): Promise<void> =>
  ask(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
