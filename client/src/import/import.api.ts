import type {
  Import,
  ImportSummary,
  ImportUndo,
  SavedMapping,
  SavedMappingInput,
} from '@palmares/shared/import/import';
import type { Mapping } from '@palmares/shared/import/mapping';
import { ask, askAll } from '../http/http';
import { upload } from '../http/upload';

const one = (id: string) => `/api/imports/${encodeURIComponent(id)}`;
const saved = (id: string) => `/api/import-mappings/${encodeURIComponent(id)}`;

/** Sends a file; what is not said about it is guessed. */
export function sendFile(
  file: File,
  kind: string,
  onProgress: (part: number) => void,
): Promise<Import> {
  const form = new FormData();
  if (kind) form.append('kind', kind);
  form.append('file', file);
  return upload('/api/imports', form, onProgress);
}

export const readImports = (): Promise<ImportSummary[]> => askAll('/api/imports');
export const readImport = (id: string): Promise<Import> => ask(one(id));

export const changeMapping = (id: string, mapping: Mapping): Promise<Import> =>
  ask(one(id), { method: 'PATCH', body: { mapping } });

export const commitImport = (id: string, version?: number): Promise<Import> =>
  ask(`${one(id)}/commit`, { method: 'POST', ifMatch: version });

export const previewUndo = (id: string): Promise<ImportUndo> => ask(`${one(id)}/undo`);
export const undoImport = (id: string): Promise<Import> =>
  ask(`${one(id)}/undo`, { method: 'POST' });

export const refusedPath = (id: string): string => `${one(id)}/refused.csv`;

export const readMappings = (): Promise<SavedMapping[]> => askAll('/api/import-mappings');
export const saveMapping = (body: SavedMappingInput): Promise<SavedMapping> =>
  ask('/api/import-mappings', { method: 'POST', body });
export const deleteMapping = (id: string): Promise<void> => ask(saved(id), { method: 'DELETE' });
