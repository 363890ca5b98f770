import type { Client } from './client.js';

export interface ResultRow {
  subject: { type: string; id: string | null; label: string | null };
  value: string | number | null;
  reason: string | null;
  numerator: string | number | null;
  denominator: string | number | null;
  count: number;
  rank: number | null;
  compare: { value: string | number | null; change: { value: number | null } } | null;
}
export interface Result {
  mature: boolean | null;
  rows: ResultRow[];
  total: Record<string, unknown>;
  nextCursor: string | null;
}

/** The results of a KPI; anything but an answer throws. */
export async function ask(client: Client, code: string, query: string): Promise<Result> {
  const { status, body } = await client.get<Result>(`/api/kpis/${code}/results?${query}`);
  if (status !== 200) throw new Error(`${code} ${query}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The problem with which a question is refused. */
export async function refusalOf(client: Client, code: string, query: string) {
  const { body } = await client.get<{ code?: string }>(`/api/kpis/${code}/results?${query}`);
  return body.code;
}
