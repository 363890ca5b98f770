import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionView } from '@palmares/shared/auth/session';
import { SetupService } from '@palmares/server/auth/setup.service';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const offer = async () => (await server.app.get(SetupService).offer()) ?? '';
const first = {
  name: 'Toits de Bretagne',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  locale: 'fr',
  admin: { name: 'Eva Morel', email: 'eva@example.com', password: 'une phrase assez longue' },
};
const view = (token: string) => server.client().post('/api/setup/look', { token });
const make = (token: string, body: object = first) =>
  server.client().post<SessionView>('/api/setup', { ...body, token });

describe('an installation without an organisation', () => {
  it('keeps no token, and lets a newer link take the place of an older one', async () => {
    const [before, now] = [await offer(), await offer()];
    const rows = await server.sql<{ hash: string }>(
      `select encode(token_hash, 'escape') as hash from setup_link`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.hash).not.toContain(now);
    expect((await view(before)).status).toBe(404);
    expect((await make(before)).status).toBe(404);
    expect((await view(now)).status).toBe(200);
  });

  it('refuses a link that is too old', async () => {
    const token = await offer();
    await server.sql(`update setup_link set expires_at = now() - interval '1 year'`);
    expect((await view(token)).status).toBe(404);
    expect((await make(token)).status).toBe(404);
  });

  it('says which field is wrong, and the link stays good', async () => {
    const token = await offer();
    const admin = { ...first.admin, password: 'short' };
    const { status, body } = await make(token, { ...first, admin });
    expect([status, JSON.stringify(body)]).toEqual([
      422,
      expect.stringContaining('/admin/password'),
    ]);
    expect((await view(token)).status).toBe(200);
  });

  it('leaves nothing half made, and the link good, when something fails on the way', async () => {
    const token = await offer();
    const counts = () =>
      server.sql(
        `select (select count(*) from organisation)::int as organisations,
           (select count(*) from person)::int as persons, (select count(*) from member)::int
             as members, (select count(*) from audit_entry)::int as entries`,
      );
    // The last step of all: signing in.
    await server.sql('alter table session add constraint broken check (csrf is null) not valid');
    expect((await make(token)).status).toBe(500);
    await server.sql('alter table session drop constraint broken');
    expect(await counts()).toEqual([{ organisations: 0, persons: 0, members: 0, entries: 0 }]);
    expect((await view(token)).status).toBe(200);
  });

  it('is set up once, even by two at a time: with an admin who runs it, and is in', async () => {
    const token = await offer();
    const answers = await Promise.all([make(token), make(token)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 404]);
    const made = answers.find(({ status }) => status === 201);
    expect(made?.body).toMatchObject({
      person: { email: 'eva@example.com', operator: true },
      current: { organisation: { name: first.name, demo: false }, member: { roles: ['admin'] } },
    });
    const { email, password } = first.admin;
    expect((await server.client().post('/api/session', { email, password })).status).toBe(200);
    expect((await make(token)).status).toBe(404);
    expect(await server.app.get(SetupService).offer()).toBeUndefined();
  });
});
