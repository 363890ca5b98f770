import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { IssuedInvitation, SessionView } from '@palmares/shared/auth/session';
import type { Answer } from '../support/client.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { cli, endOfCli } from '../support/process.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let nord: TestOrganisation;
let sud: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  nord = await server.organisation([], { name: 'Nord' });
  sud = await server.organisation([], { name: 'Sud' });
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.travelTo(NOON);
  await server.sql('delete from throttle');
});

const signIn = (email: string, password: string) =>
  server.client().post<SessionView>('/api/session', { email, password });
const namesIn = ({ body }: Answer<SessionView>) => body.organisations.map(({ name }) => name);
const env = () => ({ DATABASE_URL: server.databaseUrl });
const adminOfSud = (email: string, password: string) => {
  const who = ['--email', email, '--name', 'Boss', '--roles', 'admin', '--password', password];
  return endOfCli(env(), 'member:create', '--organisation', sud.id, ...who, '--json');
};

describe('an e-mail that another organisation has taken first', () => {
  const email = 'boss@example.com';
  const squatted = 'chosen by the squatter';
  const own = 'the phrase of its owner';

  beforeAll(async () => {
    const id = await nord.member('squatted', { email });
    await nord.enter(id, squatted);
  });

  it('gets in nowhere by a command that gives it a password', async () => {
    const { code, stderr } = await adminOfSud(email, own);
    expect([code, stderr]).toEqual([1, expect.stringContaining('has a password already')]);
    expect(stderr).not.toContain(own);
    expect(namesIn(await signIn(email, squatted))).toEqual(['Nord']);
    expect(await server.sql('select 1 from member where organisation_id = $1', [sud.id])).toEqual(
      [],
    );
  });

  it('is its owner’s again once the operator says so, however quick the squatter is', async () => {
    const squatter = server.client().signedIn(await signIn(email, squatted));
    const words = ['--email', email, '--password', own, '--alone'];
    await cli(env(), 'person:password', ...words);
    expect((await squatter.get('/api/session')).status).toBe(401);
    expect((await signIn(email, squatted)).status).toBe(401);
    // The admin of Nord invites the e-mail again, but cannot choose the password any more.
    const link = await nord.admin.post<IssuedInvitation>(
      `/api/members/${nord.members['squatted']}/invitation`,
    );
    expect(link.body.kind).toBe('invitation');
    expect((await adminOfSud(email, own)).code).toBe(0);
    expect(namesIn(await signIn(email, own))).toEqual(['Sud']);
    expect((await signIn(email, squatted)).status).toBe(401);
  });
});

it('a command adds somebody of two organisations by the one password that they have', async () => {
  await nord.enter(await nord.member('both', { email: 'both@example.com' }));
  expect((await adminOfSud('both@example.com', PASSWORD)).code).toBe(0);
  expect(namesIn(await signIn('both@example.com', PASSWORD))).toEqual(['Nord', 'Sud']);
});
