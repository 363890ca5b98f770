import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BoardLinkView } from '@palmares/shared/auth/board-link';
import type { Client } from '../support/client.js';
import type { TestOrganisation } from '../support/organisation.js';
import { NOON, startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let challenge: string;
let manager: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['Léa']);
  manager = await house.signIn('manager', { name: 'Claire Aubry' });
  const managers = [{ memberId: house.members['Claire Aubry'] }];
  const team = await house.team('Brest', ['Léa'], { managers });
  challenge = await house.challenge({ audience: { kind: 'team-members', teamIds: [team] } });
});
afterAll(() => server.close());

const path = () => `/api/challenges/${challenge}/board-links`;
const on = (day: string) => expect.stringMatching(`^${day}T`);
const listed = async () => (await manager.get<{ items: BoardLinkView[] }>(path())).body.items;

describe('the links to a board', () => {
  it('are listed, the latest first, with who made them, and never with their token', async () => {
    expect(await listed()).toEqual([]);
    const byKey = await house.boardLink(challenge);
    const { body: byHand } = await manager.post<{ id: string }>(path());
    const standing = { createdAt: on('2026-03-15'), lastUsedAt: null, revokedAt: null };
    const claire = { id: house.members['Claire Aubry'], name: 'Claire Aubry' };
    expect(await listed()).toEqual([
      { id: byHand.id, createdBy: claire, ...standing },
      { id: byKey.id, createdBy: null, ...standing },
    ]);
    const other = await house.challenge({ name: 'Autre' });
    const none = await manager.get(`/api/challenges/${other}/board-links`);
    expect(none.body).toEqual({ items: [], nextCursor: null });
  });

  it('say when somebody last came by them, and when they were revoked', async () => {
    const { id, token } = await house.boardLink(challenge);
    const one = async () => (await listed()).find((link) => link.id === id);
    expect((await server.client(token).get('/api/board-link')).status).toBe(200);
    expect(await one()).toMatchObject({ lastUsedAt: on('2026-03-15'), revokedAt: null });
    // Made yesterday, revoked today, by somebody who has never seen its token.
    server.clock.travelTo(new Date(NOON.getTime() + 86_400_000));
    expect((await manager.delete(`/api/board-links/${id}`)).status).toBe(204);
    expect(await one()).toMatchObject({ revokedAt: on('2026-03-16') });
    expect((await server.client(token).get('/api/board-link')).status).toBe(401);
  });

  it('are those of an organisation: nobody else has such a challenge', async () => {
    const stranger = await server.organisation();
    expect((await stranger.admin.get(path())).status).toBe(404);
  });
});
