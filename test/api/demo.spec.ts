import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionView } from '@palmares/shared/auth/session';
import { roles } from '@palmares/shared/people/member';
import { Demo } from '@palmares/server/demo/demo.service';
import { startServer, type TestServer } from '../support/server.js';

interface SignIn {
  role: string;
  name: string;
  email: string;
  password: string;
}

let server: TestServer;
let signIns: SignIn[];

beforeAll(async () => {
  server = await startServer({ DEMO: 'on' });
  await server.app.get(Demo).begin(false);
  signIns = (await server.client().get<{ signIns: SignIn[] }>('/api/demo')).body.signIns;
});
afterAll(() => server.close());

const enter = async ({ email, password }: SignIn) =>
  server.client().post<SessionView>('/api/session', { email, password });

describe('the demo', () => {
  it('lets anybody look around as somebody of each role', async () => {
    expect(signIns.map(({ role }) => role)).toEqual([...roles]);
    for (const one of signIns) {
      const { body } = await enter(one);
      expect(body.current).toMatchObject({
        organisation: { demo: true },
        member: { name: one.name, roles: [one.role] },
      });
    }
  });

  it('keeps its passwords, and nobody is invited to it', async () => {
    for (const one of signIns) {
      const client = server.client().signedIn(await enter(one));
      const change = { current: one.password, password: 'mine from now on' };
      expect((await client.post('/api/session/password', change)).status).toBe(403);
    }
    const admin = signIns.find(({ role }) => role === 'admin') as SignIn;
    const answer = await enter(admin);
    const member = answer.body.current?.member.id;
    const client = server.client().signedIn(answer);
    expect((await client.post(`/api/members/${member}/invitation`)).status).toBe(403);
  });

  it('is the same when it begins again', async () => {
    const members = () => server.sql('select id, email, person_id from member order by id');
    const before = await members();
    await server.app.get(Demo).begin(false);
    expect(await members()).toEqual(before);
  });
});
