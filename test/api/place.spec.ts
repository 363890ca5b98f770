import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Place } from '@palmares/shared/board/position';
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
