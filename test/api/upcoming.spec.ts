import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1', cap: '5000' }];
const podium = { kind: 'rank', points: [1000, 500, 200] };
const bike = { kind: 'prize', place: 1, prize: 'Un vélo' };
const each = { kind: 'per-score', points: 1, per: '10', cap: 50 };

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const enter = async (name: string): Promise<Client> => {
  const id = house.members[name] ?? '';
  await house.admin.send('PATCH', `/api/members/${id}`, { email: `${name}@${house.id}.example` });
  return house.enter(id);
};
const winnings = async (client: Client, id: string) =>
  (await client.get<{ winnings: object }>(`/api/challenges/${id}/winnings`)).body.winnings;
const upcoming = async (client: Client) =>
  (await client.get<{ items: object[] }>('/api/wallet/upcoming')).body.items;

describe('what is to come', () => {
  it('is what the final ranks would give: equals share, and only those who take part', async () => {
    house = await server.organisation(['ana', 'ben', 'eva', 'zoe']);
    const id = await house.challenge({ rules, ties: 'shared', payout: [podium, bike, each] });
    await house.record(sale('ana', 100), sale('ben', 100), sale('eva', 40));
    const own = { challengeId: id, name: 'Sprint' };
    const [ana, eva, zoe] = [await enter('ana'), await enter('eva'), await enter('zoe')];
    expect(await upcoming(ana)).toEqual([
      { ...own, rank: 1, points: 750 + 10, prizes: ['Un vélo'] },
    ]);
    expect(await upcoming(eva)).toEqual([{ ...own, rank: 3, points: 204, prizes: [] }]);
    expect(await upcoming(zoe)).toEqual([{ ...own, rank: 4, points: 0, prizes: [] }]);
    await house.record(sale('eva', 61));
    expect(await upcoming(ana)).toMatchObject([{ rank: 2, points: 350 + 10, prizes: [] }]);
    expect(await upcoming(await house.signIn('manager'))).toEqual([]);
  });

  it('is a part of what a team would get', async () => {
    house = await server.organisation(['ana', 'ben', 'eva']);
    const teamIds = [await house.team('Nord', ['ana', 'ben']), await house.team('Sud', ['eva'])];
    const audience = { kind: 'teams', by: 'sum', teamIds };
    const id = await house.challenge({ rules, audience, payout: [podium, bike] });
    await house.record(sale('ana', 100), sale('eva', 10));
    const own = { challengeId: id, name: 'Sprint' };
    expect(await upcoming(await enter('ben'))).toEqual([
      { ...own, rank: 1, points: 500, prizes: ['Un vélo'] },
    ]);
    expect(await upcoming(await enter('eva'))).toEqual([
      { ...own, rank: 2, points: 500, prizes: [] },
    ]);
  });
});

describe('what a challenge gives to the caller', () => {
  const shared = { rules, ties: 'shared', payout: [podium, bike, each] };

  it('is known as it stands, and nothing where they take no part', async () => {
    house = await server.organisation(['ana', 'ben', 'eva']);
    const id = await house.challenge(shared);
    await house.record(sale('ana', 100), sale('ben', 100));
    expect(await winnings(await enter('ben'), id)).toEqual({
      points: 750 + 10,
      prizes: ['Un vélo'],
    });
    expect(await winnings(await enter('eva'), id)).toEqual({ points: 0, prizes: [] });
    expect(await winnings(await house.signIn('manager'), id)).toBeNull();
    expect(await winnings(house.admin, id)).toBeNull();
  });

  it('is their own part of what their team wins, before and after it is certified', async () => {
    house = await server.organisation(['ana', 'ben', 'eva']);
    const teamIds = [await house.team('Nord', ['ana', 'ben']), await house.team('Sud', ['eva'])];
    const audience = { kind: 'teams', by: 'sum', teamIds };
    const id = await house.challenge({ rules, audience, payout: [podium, bike] });
    await house.record(sale('ana', 100), sale('eva', 10));
    const half = { points: 500, prizes: ['Un vélo'] };
    expect(await winnings(await enter('ben'), id)).toEqual(half);
    server.clock.travelTo(new Date('2026-04-02T12:00:00Z'));
    const { body } = await house.certify(id);
    expect(body).toEqual({ certified: true });
    const [ben, eva] = [await enter('ben'), await enter('eva')];
    expect(await winnings(ben, id)).toEqual(half);
    expect(await winnings(eva, id)).toEqual({ points: 500, prizes: [] });
    expect(await upcoming(ben)).toEqual([]);
  });

  it('is nothing once it is cancelled', async () => {
    house = await server.organisation(['ana', 'ben']);
    const id = await house.challenge(shared);
    await house.record(sale('ana', 100));
    await house.admin.post(`/api/challenges/${id}/cancel`, { reason: 'Une erreur' });
    expect(await winnings(await enter('ana'), id)).toEqual({ points: 0, prizes: [] });
  });
});
