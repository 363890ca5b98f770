import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { Client } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let admin: Client;
let chief: Client;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['zoe', 'ali']);
  admin = await house.signIn('admin', { name: 'boss' });
  chief = await house.signIn('manager', { name: 'chief' });
  await house.team('Ouest', ['zoe'], { managers: [{ memberId: house.members['chief'] }] });
  await house.team('Est', ['ali']);
});

const verdict = async (by: Client, id: string, said: 'accepted' | 'rejected' = 'rejected') => {
  const { status, body } = await by.post<{ code?: string }>(`/api/activities/${id}/verdict`, {
    verdict: said,
  });
  return [status, body.code];
};
const revisions = async (by: Client, id: string) =>
  (await by.get(`/api/activities/${id}/revisions`)).status;
const sold = async (who: string, more: object = {}): Promise<string> => {
  const one = sale(who, 5, more);
  await house.record(one);
  return activityIdOf(one);
};
const shared = (...who: string[]) => ({
  member: undefined,
  shares: who.map((externalId) => ({ member: { externalId }, weight: String(1 / who.length) })),
});
const prize = { kind: 'rank', points: [100] };

describe('an activity', () => {
  it('is judged and read by who managed one of its sellers on its day, else it is not there', async () => {
    const [ours, theirs] = [await sold('zoe'), await sold('ali')];
    expect([await revisions(chief, ours), await revisions(chief, theirs)]).toEqual([200, 404]);
    expect(await verdict(chief, theirs)).toEqual([404, 'not-found']);
    expect((await verdict(chief, ours))[0]).toBe(204);
    expect([await revisions(admin, theirs), (await verdict(admin, theirs))[0]]).toEqual([200, 204]);
    expect((await verdict(house.admin, theirs))[0]).toBe(204);
    // The day of the sale decides, not that of the verdict.
    const late = await house.signIn('manager', { name: 'late' });
    const managers = [{ memberId: house.members['late'], from: '2026-03-12' }];
    await house.team('Sud', [], { managers });
    const teams = await house.admin.get<{ items: { id: string; name: string }[] }>('/api/teams');
    const teamId = teams.body.items.find(({ name }) => name === 'Sud')?.id;
    await house.move('ali', [{ teamId }]);
    expect(await revisions(late, theirs)).toBe(404);
    expect((await verdict(late, await sold('ali', { occurredAt: '2026-03-13' })))[0]).toBe(204);
  });

  it('is judged by a stand-in while they stand in, also of days before', async () => {
    const vice = await house.signIn('manager', { name: 'vice' });
    const gone = await house.signIn('manager', { name: 'gone' });
    const managers = [
      { memberId: house.members['vice'], standIn: true, from: '2026-03-14' },
      { memberId: house.members['gone'], standIn: true, from: '2026-03-01', to: '2026-03-14' },
    ];
    await house.team('Nord', [], { managers });
    const teams = await house.admin.get<{ items: { id: string; name: string }[] }>('/api/teams');
    const teamId = teams.body.items.find(({ name }) => name === 'Nord')?.id;
    await house.move('zoe', [{ teamId }]);
    const id = await sold('zoe');
    expect((await verdict(vice, id))[0]).toBe(204);
    expect(await verdict(gone, id)).toEqual([404, 'not-found']);
  });

  it('is judged by nobody who has a share in it: no admin, and no maker of a key', async () => {
    for (const [name, by] of [
      ['chief', chief],
      ['boss', admin],
    ] as const) {
      const own = await sold('', shared('zoe', name));
      expect(await verdict(by, own, 'accepted')).toEqual([403, 'own-activity']);
      expect(await revisions(by, own)).toBe(200);
    }
    const made = await admin.post<{ key: string }>('/api/keys', { name: 'x', scopes: ['admin'] });
    const key = server.client(made.body.key);
    const own = await sold('', shared('zoe', 'boss'));
    expect(await verdict(key, own, 'accepted')).toEqual([403, 'own-activity']);
    expect(await verdict(key, await sold('ali'))).toEqual([204, undefined]);
  });

  it('that other teams share in is judged by an admin', async () => {
    const id = await sold('', shared('zoe', 'ali'));
    expect(await verdict(chief, id)).toEqual([403, 'not-your-team']);
    expect((await verdict(admin, id))[0]).toBe(204);
  });

  it('that an admin has decided stays so for managers, even after that admin is none', async () => {
    const id = await sold('zoe');
    await verdict(chief, id, 'rejected');
    expect((await verdict(admin, id, 'accepted'))[0]).toBe(204);
    expect(await verdict(chief, id)).toEqual([403, 'decided-by-an-admin']);
    await house.admin.patch(`/api/members/${house.members['boss']}`, { roles: ['rep'] });
    expect(await verdict(chief, id)).toEqual([403, 'decided-by-an-admin']);
    expect((await verdict(house.admin, id))[0]).toBe(204);
  });

  it.each([
    ['pays and is not over', { payout: [prize] }, 'rival'],
    ['pays nothing', {}, 'free'],
    ['has another window', { payout: [prize], from: '2026-02-01', to: '2026-03-01' }, 'free'],
  ])(
    'is not judged by who competes with its seller in a challenge that %s',
    async (_why, more, said) => {
      for (const who of ['chief', 'boss']) {
        await house.admin.patch(`/api/members/${house.members[who]}`, {
          roles: who === 'chief' ? ['rep', 'manager'] : ['rep', 'admin'],
        });
      }
      const memberIds = ['zoe', 'chief', 'boss'].map((name) => house.members[name]);
      const challenge = await house.challenge({
        audience: { kind: 'members', memberIds },
        ...more,
      });
      const id = await sold('zoe');
      const refused = [403, 'competes-with-them'];
      const expected = said === 'rival' ? refused : [204, undefined];
      expect([await verdict(chief, id), await verdict(admin, id)]).toEqual(
        said === 'rival' ? [refused, refused] : [expected, expected],
      );
      expect((await verdict(house.admin, id))[0]).toBe(204);
      if (said !== 'rival') return;
      await house.admin.post(`/api/challenges/${challenge}/cancel`, { reason: 'over' });
      expect((await verdict(admin, id))[0]).toBe(204);
    },
  );
});

it('is not judged by who is in a competing team, nor is a report of a rival answered', async () => {
  const teams = await house.admin.get<{ items: { id: string; name: string }[] }>('/api/teams');
  const teamIds = teams.body.items.map(({ id }) => id);
  await house.move('chief', [{ teamId: teamIds[0] }]);
  const challengeId = await house.challenge({
    audience: { kind: 'teams', teamIds, by: 'sum' },
    payout: [{ ...prize }],
  });
  const zoe = await house.signIn('rep', { name: 'Zoë' });
  const west = teams.body.items.find(({ name }) => name === 'Ouest')?.id;
  await house.move('Zoë', [{ teamId: west }]);
  expect(await verdict(chief, await sold('Zoë'))).toEqual([403, 'competes-with-them']);
  // A team is paid by the days in it: who has left it gains by it all the same.
  await house.move('chief', [{ teamId: teamIds[0], to: '2026-03-05' }]);
  expect(await verdict(chief, await sold('Zoë'))).toEqual([403, 'competes-with-them']);
  const report = {
    challengeId,
    kind: 'missing',
    text: 'x',
    expected: { occurredOn: '2026-03-10' },
  };
  const opened = await zoe.post<{ id: string }>('/api/disputes', report);
  expect(opened.status).toBe(201);
  const answer = { outcome: 'accepted', answer: 'yes' };
  const path = `/api/disputes/${opened.body.id}`;
  expect((await chief.get<{ mayResolve: boolean }>(path)).body.mayResolve).toBe(false);
  expect(await chief.post(`${path}/resolve`, answer)).toMatchObject({
    status: 403,
    body: { code: 'competes-with-them' },
  });
  expect((await admin.post(`${path}/resolve`, answer)).status).toBe(200);
});
