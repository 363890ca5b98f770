import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PresenceService } from '@palmares/server/people/presence.service';
import { Database } from '@palmares/server/platform/database';
import type { MemberSummary, MemberView } from '@palmares/shared/people/member';
import type { SettingsView } from '@palmares/shared/people/organisation-settings';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { linesOf, type Client } from '../support/client.js';
import { Watcher } from '../support/live.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['zoe', 'ben']);
});

interface Refused {
  code: string;
  errors?: { pointer: string }[];
}
const pathOf = (name: string) => `/api/members/${house.members[name]}`;
const member = async (name: string) => (await house.admin.get<MemberView>(pathOf(name))).body;
const list = async (query = '') =>
  (await house.admin.get<{ items: MemberSummary[] }>(`/api/members${query}`)).body.items;
const names = async (query = '') => (await list(query)).map(({ name }) => name);
const patch = async (name: string, body: object) => {
  const answer = await house.admin.patch<Refused>(pathOf(name), body);
  return [answer.status, answer.body.code, answer.body.errors?.[0]?.pointer];
};

describe('a member', () => {
  it('is made with teams and days, and read as made', async () => {
    const teamId = await house.team('Ouest');
    const { status, body } = await house.admin.post<MemberView>('/api/members', {
      externalId: 'E7',
      email: 'Eva.Roy@Example.com',
      name: 'Eva Roy',
      roles: ['rep', 'hr'],
      kind: 'partner',
      enteredOn: '2026-01-05',
      leftOn: '2026-09-01',
      teams: [{ teamId, from: '2026-01-05', to: null }],
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      externalId: 'E7',
      email: 'eva.roy@example.com',
      name: 'Eva Roy',
      roles: ['rep', 'hr'],
      kind: 'partner',
      status: 'active',
      enteredOn: '2026-01-05',
      leftOn: '2026-09-01',
      team: { id: teamId, name: 'Ouest' },
      hasAccess: false,
      teams: [{ teamId, name: 'Ouest', from: '2026-01-05', to: '2026-09-01' }],
      presence: { enteredOn: '2026-01-05', leftOn: '2026-09-01', workRates: [], absences: [] },
    });
    expect((await house.admin.get(`/api/members/${body.id.toUpperCase()}`)).body).toEqual(body);
  });

  it('changes in what is named only, and gives names back that are null', async () => {
    await house.admin.patch(pathOf('zoe'), { email: 'zoe@example.com', roles: ['admin'] });
    const before = await member('zoe');
    expect((await patch('zoe', { name: 'Zoé' }))[0]).toBe(200);
    expect(await member('zoe')).toEqual({ ...before, name: 'Zoé' });
    expect((await patch('zoe', { externalId: null }))[0]).toBe(200);
    expect(await patch('zoe', { email: null })).toEqual([422, 'invalid', undefined]);
    expect((await patch('ben', { externalId: 'zoe' }))[0]).toBe(200);
  });

  it.each([
    [{ email: 'ben@example.com' }, [409, 'email-taken', '/email']],
    [{ externalId: 'ben' }, [409, 'external-id-taken', '/externalId']],
    [{ enteredOn: '2026-03-02', leftOn: '2026-03-02' }, [422, 'invalid', '/leftOn']],
    [{ leftOn: '2025-01-01' }, [422, 'invalid', '/leftOn']],
    [{ name: '' }, [422, 'invalid', '/name']],
    [{ roles: [] }, [422, 'invalid', '/roles']],
    [{ id: randomUUID() }, [422, 'invalid', '/id']],
    [{ teams: [{ teamId: randomUUID() }] }, [422, 'team-unknown', '/teams/0/teamId']],
  ])('with %j is refused, and stays', async (change, answer) => {
    await patch('ben', { email: 'ben@example.com' });
    await patch('zoe', { enteredOn: '2025-01-01' });
    const before = await member('zoe');
    expect(await patch('zoe', change)).toEqual(answer);
    expect(await member('zoe')).toEqual(before);
  });

  it('is made an admin by admins only, and not by a key that writes people', async () => {
    const key = server.client(await house.key('people:write'));
    const roles = ['rep', 'admin'];
    const body = { externalId: 'boss', name: 'Boss', roles };
    expect((await key.post('/api/members', body)).status).toBe(403);
    expect((await key.patch(pathOf('zoe'), { roles })).status).toBe(403);
    expect((await key.patch(pathOf('zoe'), { roles: ['rep', 'hr'] })).status).toBe(403);
    expect((await member('zoe')).roles).toEqual(['rep']);
    const admin = await house.signIn('admin');
    expect((await admin.patch(pathOf('zoe'), { roles })).status).toBe(200);
    expect(await names('?search=boss')).toEqual([]);
  });

  it('is made once by a double click', async () => {
    const body = { externalId: 'new', name: 'New' };
    const clicks = Array.from({ length: 8 }, () => house.admin.post('/api/members', body));
    const statuses = (await Promise.all(clicks)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    expect(await names('?search=new')).toEqual(['New']);
  });

  it('who is renamed shows so at once on boards that are open', async () => {
    const challenge = await house.challenge({
      audience: { kind: 'members', memberIds: [house.members['zoe']] },
    });
    await house.record(sale('zoe', 5));
    const socket = server.socket({ key: await house.key('read') });
    const watcher = await Watcher.open(socket, () => house.admin.board(challenge));
    await patch('zoe', { name: 'Zoé Le Goff' });
    const { version } = await house.admin.board(challenge);
    expect(linesOf(await watcher.reach(version))).toEqual([[1, 'Zoé Le Goff', '5']]);
    expect(watcher.frames).toHaveLength(1);
  });

  it('who leaves stays on boards, and what they sold before still counts when it comes late', async () => {
    const challenge = await house.challenge();
    await house.record(sale('zoe', 5));
    await patch('zoe', { leftOn: '2026-03-12' });
    expect(await house.record(sale('zoe', 7))).toMatchObject({ recorded: 1, refused: [] });
    expect(linesOf(await house.admin.board(challenge))).toEqual([
      [1, 'zoe', '12'],
      [2, 'ben', '0'],
    ]);
    await patch('ben', { leftOn: '2026-02-01' });
    const next = await house.challenge();
    expect(linesOf(await house.admin.board(next))).toEqual([[1, 'zoe', '12']]);
  });

  it('who leaves is in no team from then on, and in the old one again when staying', async () => {
    const teamId = await house.team('Ouest', ['zoe']);
    await patch('zoe', { leftOn: '2026-03-12' });
    expect((await member('zoe')).teams).toMatchObject([{ teamId, to: '2026-03-12' }]);
    expect(await member('zoe')).toMatchObject({ status: 'left', team: null });
    await patch('zoe', { leftOn: null });
    expect(await member('zoe')).toMatchObject({ status: 'active', team: { id: teamId } });
  });
});

describe('the list of members', () => {
  beforeEach(async () => {
    const region = await house.team('Region', ['ben']);
    await house.team('Agency', ['zoe'], { parentId: region });
    await house.member('ali', { externalId: 'A-100%_b', roles: ['admin', 'manager'] });
    await house.member('old', { leftOn: '2026-03-15' });
    await house.member('ÉLISE');
  });

  it.each([
    ['', ['ali', 'ben', 'ÉLISE', 'old', 'zoe']],
    ['?search=Ë', ['ben', 'ÉLISE', 'zoe']],
    ['?search=elis', ['ÉLISE']],
    ['?search=100%25_', ['ali']],
    ['?search=%25', ['ali']],
    ['?search=%5C', []],
    ['?role=manager', ['ali']],
    ['?status=left', ['old']],
    ['?status=active&search=O', ['zoe']],
    ['?limit=2', ['ali', 'ben']],
  ])('is by name; with %s it is %j', async (query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it('of a team has those of the teams below', async () => {
    const [zoe, ben] = [await member('zoe'), await member('ben')];
    expect(await names(`?teamId=${ben.team?.id}`)).toEqual(['ben', 'zoe']);
    expect(await names(`?teamId=${zoe.team?.id}`)).toEqual(['zoe']);
    expect(await names(`?teamId=${randomUUID()}`)).toEqual([]);
  });

  it('is the same in pages of any size', async () => {
    await house.member('ben2', { name: 'ben' });
    const whole = await list();
    for (const limit of [1, 2, 3]) {
      const seen: MemberSummary[] = [];
      for (let cursor = ''; ;) {
        const path = `/api/members?limit=${limit}${cursor && `&cursor=${cursor}`}`;
        const { body } = await house.admin.get<{
          items: MemberSummary[];
          nextCursor: string | null;
        }>(path);
        seen.push(...body.items);
        if (body.nextCursor === null) break;
        cursor = body.nextCursor;
      }
      expect(seen).toEqual(whole);
    }
  });

  it.each([
    '?limit=0',
    '?limit=1001',
    '?role=king',
    '?status=x',
    '?teamId=x',
    '?sort=name',
    '?search=',
  ])('refuses %s', async (query) => {
    expect((await house.admin.get(`/api/members${query}`)).status).toBe(422);
  });
});

describe('presence', () => {
  const put = (body: object) =>
    house.admin.put<Refused & MemberView>(`${pathOf('zoe')}/presence`, body);
  const halfDays = async (from: string, to: string) => {
    const times = await server.app
      .get(Database)
      .read((tx) => server.app.get(PresenceService).workingTimes(tx, house.id, { from, to }));
    return ['zoe', 'ben'].map((name) => (times.get(house.members[name] ?? '') ?? -1) / 10_000);
  };

  it('is kept as sent, and replaced by the next', async () => {
    const presence = {
      enteredOn: '2026-01-05',
      leftOn: null,
      workRates: [
        { from: null, rate: '1' },
        { from: '2026-03-05', rate: '0.8' },
      ],
      absences: [{ from: '2026-03-09', fromHalf: 'pm', to: '2026-03-11', toHalf: 'am' }],
    };
    const { status, body } = await put(presence);
    expect([status, body.presence]).toEqual([200, presence]);
    expect((await put({})).body.presence).toEqual({
      enteredOn: null,
      leftOn: null,
      workRates: [],
      absences: [],
    });
  });

  it('says with the settings of the organisation how long somebody is at work', async () => {
    await house.admin.patch('/api/organisation', {
      workingWeek: [5, 1, 2, 3, 4, 6],
      holidays: [{ day: '2026-03-04', name: 'Fête' }],
    });
    await put({
      workRates: [{ from: '2026-03-06', rate: '0.5' }],
      absences: [{ from: '2026-03-03', fromHalf: 'pm', to: '2026-03-06' }],
    });
    // Monday to Sunday: 6 days less a holiday; zoe is there for 3 halves, then 4 at half time.
    expect(await halfDays('2026-03-02', '2026-03-09')).toEqual([5, 10]);
    expect(await halfDays('2026-03-04', '2026-03-05')).toEqual([0, 0]);
  });

  it.each([
    [{ absences: [{ from: '2026-03-02', to: '2026-03-01' }] }, '/absences/0/to'],
    [{ workRates: [{ rate: '-0.1' }] }, '/workRates/0/rate'],
    [{ enteredOn: '2026-13-01' }, '/enteredOn'],
  ])('%j is refused at %s', async (body, pointer) => {
    const answer = await put(body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is kept or refused, never broken, whatever days are sent', async () => {
    const day = fc.oneof(
      fc
        .date({ min: new Date('1890-01-01'), max: new Date('2210-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      fc.constantFrom('2026-02-29', '2024-02-29', '2026-00-10', '', '1900-01-01', '2199-12-31'),
      fc.constant(null),
    );
    const half = fc.constantFrom('am', 'pm', undefined, 'noon');
    const absences = fc.array(fc.record({ from: day, fromHalf: half, to: day, toHalf: half }), {
      maxLength: 3,
    });
    const body = fc.record({ enteredOn: day, leftOn: day, absences });
    await fc.assert(
      fc.asyncProperty(body, async (presence) => {
        const { status, body: answer } = await put(presence);
        expect([200, 422]).toContain(status);
        if (status !== 200) return;
        if (!answer.presence) throw new Error('an admin sees the presence');
        const { enteredOn, leftOn, absences: kept } = answer.presence;
        expect([enteredOn, leftOn]).toEqual([presence.enteredOn, presence.leftOn]);
        expect(kept).toHaveLength(presence.absences.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the last admin', () => {
  const demote = (client: Client, id: string) =>
    client.patch(`/api/members/${id}`, { roles: ['rep'] });
  const lastAdmin = { status: 409, body: { code: 'last-admin' } };
  const admins = async () => (await list('?role=admin')).map(({ name }) => name);

  it('stays one, and stays, whichever way somebody goes', async () => {
    const ada = await house.signIn('admin', { name: 'ada' });
    const path = pathOf('ada');
    expect(await demote(ada, house.members['ada'] ?? '')).toMatchObject(lastAdmin);
    expect(await ada.patch(path, { email: 'new@example.com' })).toMatchObject(lastAdmin);
    expect(await ada.patch(path, { leftOn: '2040-01-01' })).toMatchObject(lastAdmin);
    expect(await ada.put(`${path}/presence`, { leftOn: '2026-01-01' })).toMatchObject(lastAdmin);
    expect(await member('ada')).toMatchObject({ roles: ['admin'], leftOn: null });
    await house.signIn('admin', { name: 'bob' });
    expect((await demote(ada, house.members['ada'] ?? '')).status).toBe(200);
  });

  it('is one of two who withdraw each other’s role at once', async () => {
    const ada = await house.signIn('admin', { name: 'ada' });
    const bob = await house.signIn('admin', { name: 'bob' });
    const answers = await Promise.all([
      demote(ada, house.members['bob'] ?? ''),
      demote(bob, house.members['ada'] ?? ''),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await admins()).toHaveLength(1);
  });
});

describe('an organisation', () => {
  const settings = async () => (await house.admin.get<SettingsView>('/api/organisation')).body;

  it('changes what is named of itself, each for itself', async () => {
    const other = await server.organisation();
    expect(await settings()).toEqual({
      id: house.id,
      name: 'Maison',
      locale: 'fr',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
      workingWeek: [1, 2, 3, 4, 5],
      holidays: [],
      historyFrom: null,
      activityTypes: [],
      demo: false,
    });
    const holidays = [
      { day: '2026-12-25', name: 'Noël' },
      { day: '2026-05-01', name: 'Fête du Travail' },
    ];
    const { status } = await house.admin.patch('/api/organisation', { holidays, locale: 'en' });
    expect(status).toBe(200);
    await house.admin.patch('/api/organisation', { name: 'Maison 2', workingWeek: [6, 2] });
    expect(await settings()).toMatchObject({
      name: 'Maison 2',
      locale: 'en',
      workingWeek: [2, 6],
      holidays: holidays.toReversed(),
    });
    expect((await other.admin.get('/api/organisation')).body).toMatchObject({
      name: 'Maison',
      holidays: [],
    });
  });

  it.each([
    [{ timeZone: 'Europe/London' }, '/timeZone'],
    [{ currency: 'USD' }, '/currency'],
    [{ workingWeek: [] }, '/workingWeek'],
    [{ workingWeek: [1, 8] }, '/workingWeek/1'],
    [{ workingWeek: [1, 1] }, '/workingWeek'],
    [
      {
        holidays: [
          { day: '2026-05-01', name: 'a' },
          { day: '2026-05-01', name: 'b' },
        ],
      },
      '/holidays/1/day',
    ],
  ])('does not take %j', async (change, pointer) => {
    const { status, body } = await house.admin.patch<Refused>('/api/organisation', change);
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
