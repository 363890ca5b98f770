import { expect } from '@jest/globals';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import type { TestOrganisation } from './organisation.js';
import type { TestServer } from './server.js';

/** Expects that the stored totals and scores equal those of a replay of all activities. */
export async function expectReplayed(server: TestServer, house: TestOrganisation): Promise<void> {
  const { first } = await server.app.get(RebuildService).check(house.id);
  expect(first).toEqual([]);
}
