import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OwnPlace, Place } from '@palmares/shared/board/position';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['ana', 'ben', 'cyd']);
});
afterAll(() => server.close());

it('says what lies between somebody and the next, in what they can do, and only to them', async () => {
  const rules = [{ type: 'per-unit', kpi: 'sales-count', score: '12', per: '1' }];
  const id = await house.challenge({ rules });
  await house.record(sale('ana', 1), sale('ana', 1), sale('ana', 1), sale('ben', 1));
  const member = house.members['ben'] ?? '';
  await house.admin.patch(`/api/members/${member}`, { email: `ben-${house.id}@example.com` });
  const ben = await house.enter(member);
  const placeFor = async (who = ben) =>
    (await who.get<{ place: Place | null }>(`/api/challenges/${id}/place`)).body.place;
  expect(await placeFor()).toMatchObject({
    rank: 2,
    score: '12',
    total: 3,
    above: { name: 'ana', rank: 1, gap: '24', way: { kpi: 'sales-count', amount: 30_000 } },
    below: { name: 'cyd', rank: 3, gap: '12' },
  });
  expect(await placeFor(house.admin)).toBeNull();
});

it('takes the threshold into account that is near', async () => {
  const rules = [
    { type: 'per-unit', kpi: 'sales-count', score: '1', per: '1' },
    { type: 'milestone', kpi: 'sales-count', thresholds: [{ at: '3', score: '10' }] },
  ];
  const other = await server.organisation(['ana']);
  const dan = await other.signIn('rep', { name: 'dan' });
  await other.admin.patch(`/api/members/${other.members['dan']}`, { externalId: 'dan' });
  const id = await other.challenge({ rules });
  await other.record(...[1, 1, 1].map((amount) => sale('ana', amount)));
  await other.record(sale('dan', 1), sale('dan', 1));
  const { body } = await dan.get<OwnPlace>(`/api/challenges/${id}/place`);
  // 11 are missing, and a little: one sale brings 1 and 10, another 1 more.
  expect(body.place?.above).toMatchObject({ gap: '11', way: { amount: 20_000 } });
  expect(body.haves).toEqual(rules.map(() => ({ total: 20_000, frozen: null })));
});
