import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IssuedInvitation } from '@palmares/shared/auth/session';
import type { Problem } from '@palmares/shared/problem/catalogue';
import { SetupService } from '@palmares/server/auth/setup.service';
import { eventually } from '../support/eventually.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const EMAIL = 'zoe.fontaine@example.com';
const weak: [string, string][] = [
  ['password', 'common'],
  ['12345678', 'common'],
  ['Azertyuiop', 'common'],
  ['I love you', 'common'],
  ['aaaaaaaa', 'repeats'],
  ['        ', 'repeats'],
  [EMAIL, 'about'],
  ['Zoe.Fontaine', 'about'],
  ['Zoé Fontaine!', 'about'],
  ['fontaine2026', 'about'],
  ['Toits de Bretagne', 'about'],
];
const good = ['correct horse battery staple', 'trois petits chats', 'Fontaine, je ne boirai pas'];

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(() => server.sql('delete from throttle'));

const faultOf = ({ body }: { body: unknown }) => {
  const { errors = [] } = body as Problem;
  return errors.map(({ pointer, code }) => [pointer, code]);
};

describe('a password that is easy to guess', () => {
  it('is refused where an installation begins', async () => {
    const token = (await server.app.get(SetupService).offer()) ?? '';
    const make = (password: string) =>
      server.client().post('/api/setup', {
        token,
        name: 'Toits de Bretagne',
        admin: { name: 'Zoé Fontaine', email: EMAIL, password },
      });
    for (const [password, code] of weak) {
      const answer = await make(password);
      expect([password, faultOf(answer)]).toEqual([
        password,
        [['/admin/password', `password-${code}`]],
      ]);
    }
    expect((await make(PASSWORD)).status).toBe(201);
  });

  it('is refused by an invitation, which stays good, and by a change', async () => {
    house = await server.organisation([], { name: 'Toits de Bretagne' });
    const email = 'zoe.fontaine@example.org';
    const id = await house.member('zoe', { email, name: 'Zoé Fontaine' });
    const { body } = await house.admin.post<IssuedInvitation>(`/api/members/${id}/invitation`);
    const redeem = (password: string) =>
      server.client().post<never>('/api/invitations', { token: body.token, password });
    const mine = weak.map(([password, code]) => [password === EMAIL ? email : password, code]);
    for (const [password = '', code] of mine) {
      expect([password, faultOf(await redeem(password))]).toEqual([
        password,
        [['/password', `password-${code}`]],
      ]);
    }
    let zoe = server.client().signedIn(await redeem(PASSWORD));
    for (const [password = '', code] of mine) {
      const answer = await zoe.post('/api/session/password', { current: PASSWORD, password });
      expect([password, faultOf(answer)]).toEqual([password, [['/password', `password-${code}`]]]);
    }
    let current = PASSWORD;
    for (const password of good.slice(1)) {
      expect((await zoe.post('/api/session/password', { current, password })).status).toBe(204);
      const given = { email, password };
      zoe = server.client().signedIn(await server.client().post('/api/session', given));
      current = password;
    }
  });
});

it('a wrong password for somebody who is known is in the journal of their organisation', async () => {
  const email = 'max@example.com';
  await house.signIn('rep', { name: 'max', email });
  for (const one of [email, 'nobody@example.com']) {
    await server.client().post('/api/session', { email: one, password: 'wrong' });
  }
  const entries = () =>
    server.sql<object>(
      `select subject, actor, address from audit_entry where action = 'session.refuse'`,
    );
  await eventually(entries, (rows) => rows.length > 0);
  const subject = `member:${house.members['max']}`;
  expect(await entries()).toEqual([{ subject, actor: 'nobody', address: '127.0.0.1' }]);
});
