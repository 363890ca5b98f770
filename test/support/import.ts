import type { Import } from '@palmares/shared/import/import';
import type { Answer, Client } from './client.js';
import { eventually } from './eventually.js';

export interface Brought {
  /** Of the file. */
  name?: string;
  kind?: string;
  sheet?: string;
  mappingId?: string;
  mapping?: object;
}

/** Brings a file as a browser does; the fields before it. */
export function bring(
  client: Client,
  content: string | Uint8Array,
  { name = 'rows.csv', mapping, ...fields }: Brought = {},
  path = '/api/imports',
): Promise<Answer<Import>> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  if (mapping) form.set('mapping', JSON.stringify(mapping));
  form.set('file', new Blob([content as string]), name);
  return client.raw<Import>(path, { method: 'POST', body: form });
}

/** A draft of a file that can be read. */
export async function draftOf(
  client: Client,
  content: string | Uint8Array,
  brought?: Brought,
): Promise<Import> {
  const { status, body } = await bring(client, content, brought);
  if (status !== 201) throw new Error(`import: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** An import once nothing is left to do. */
export async function ended(client: Client, id: string, patienceMs?: number): Promise<Import> {
  const over = ['done', 'failed', 'undone'];
  const view = async () => (await client.get<Import>(`/api/imports/${id}`)).body;
  return eventually(view, ({ status }) => over.includes(status), patienceMs);
}

/** Brings a file, has it recorded and waits for the end. */
export async function imported(
  client: Client,
  content: string | Uint8Array,
  brought?: Brought,
): Promise<Import> {
  const { id } = await draftOf(client, content, brought);
  await client.post(`/api/imports/${id}/commit`);
  return ended(client, id);
}
