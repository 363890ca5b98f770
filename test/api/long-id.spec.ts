import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FactPage } from '@palmares/shared/kpi/answer';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe']);
});
afterAll(() => server.close());

describe('an activity whose names are as long as they may be', () => {
  it.each(['a', 'é', '%', '日'])('is found and judged by its id: %s', async (letter) => {
    const source = letter.repeat(60);
    await house.record(sale('zoe', 5, { source, externalId: letter.repeat(200) }));
    const query = `source=${encodeURIComponent(source)}`;
    const { body } = await house.admin.get<FactPage>(`/api/activities?${query}`);
    const [{ id } = { id: '' }] = body.items;
    const path = `/api/activities/${encodeURIComponent(id)}`;
    const read = await house.admin.get<{ items: unknown[] }>(`${path}/revisions`);
    expect([read.status, read.body.items?.length]).toEqual([200, 1]);
    const judged = await house.admin.post(`${path}/verdict`, { verdict: 'rejected' });
    expect(judged.status).toBe(204);
  });
});
