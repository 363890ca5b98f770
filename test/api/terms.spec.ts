import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TermsView } from '@palmares/shared/challenge/terms';
import { notificationSchema, type Notification } from '@palmares/shared/notification/notification';
import type { Client } from '../support/client.js';
import { connect, subscribe } from '../support/live.js';
import { march, plainRule, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

interface Roll {
  version: number | null;
  acknowledged: number;
  missing: number;
  items: { member: { name: string }; hasAccess: boolean; acknowledgedAt: string | null }[];
  nextCursor: string | null;
}
interface Inbox {
  items: Notification[];
  unread: number;
}

let server: TestServer;
let house: TestOrganisation;
let ana: Client;
let chief: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['ben', 'zoe']);
  ana = await house.signIn('rep', { name: 'ana' });
  chief = await house.signIn('manager', { name: 'chief' });
  const managers = [{ memberId: house.members['chief'] }];
  await house.team('Nord', ['ana', 'ben'], { managers });
});
afterAll(() => server.close());

const termsOf = async (id: string, query = '', by: Client = ana): Promise<TermsView> =>
  (await by.get<TermsView>(`/api/challenges/${id}/terms${query}`)).body;
const write = (id: string, clauses: object, by = house.admin) =>
  by.put<TermsView>(`/api/challenges/${id}/terms`, { clauses });
const acknowledge = (id: string, version: number, by: Client = ana) =>
  by.post<{ acknowledgedAt: string; code: string }>(`/api/challenges/${id}/terms/acknowledge`, {
    version,
  });
const roll = async (id: string, by: Client = house.admin, query = '') =>
  (await by.get<Roll>(`/api/challenges/${id}/terms/acknowledgements${query}`)).body;
const remind = async (id: string, by: Client = house.admin) =>
  (await by.post<{ reminded: number }>(`/api/challenges/${id}/terms/remind`)).body.reminded;
const inbox = async (by: Client = ana) => (await by.get<Inbox>('/api/notifications')).body;
const textOf = ({ document }: TermsView, key: string) =>
  document.sections.find((one) => one.key === key)?.paragraphs.join(' ');

describe('the règlement of a challenge', () => {
  it('follows a draft, and is frozen with its launch', async () => {
    const id = await house.draft({ name: 'Printemps' });
    const drafted = await termsOf(id, '', chief);
    expect(drafted).toMatchObject({ version: null, current: null, versions: [] });
    const path = `/api/challenges/${id}`;
    const rules = [{ ...plainRule, filters: { product: ['GTX'] } }];
    await house.admin.patch(path, { ...march, name: 'Printemps', rules });
    const claims = { fr: 'Écrire à la direction.', en: 'Write to the head office.' };
    expect((await write(id, { claims })).status).toBe(200);
    const before = await termsOf(id, '', chief);
    expect(textOf(before, 'rules')).toContain('GTX');
    expect((await house.admin.post(`${path}/launch`)).status).toBe(200);
    const after = await termsOf(id);
    expect(after).toMatchObject({ version: 1, current: 1, clauses: { claims } });
    expect(after.document).toEqual(before.document);
    expect(after.versions).toEqual([
      { version: 1, challengeVersion: 1, publishedAt: expect.any(String) },
    ]);
    expect(textOf(await termsOf(id, '?locale=en'), 'claims')).toBe('Write to the head office.');
  });

  it('gets a new version when it is written upon, and none when nothing changes', async () => {
    const id = await house.challenge();
    const data = { fr: 'Les données de la caisse font foi.' };
    const saved = await Promise.all(Array.from({ length: 4 }, () => write(id, { data })));
    expect(saved.map(({ body }) => body.version)).toEqual([2, 2, 2, 2]);
    const present = await termsOf(id);
    expect(present.versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(textOf(present, 'data')).toBe(data.fr);
    expect(textOf(await termsOf(id, '?version=1'), 'data')).not.toBe(data.fr);
    expect((await ana.get(`/api/challenges/${id}/terms?version=3`)).status).toBe(404);
  });

  it('gets a new version with an amendment, and none with its preview', async () => {
    const id = await house.challenge();
    const definition = { ...march, rules: [{ ...plainRule, score: '2' }] };
    const amend = (preview: boolean) =>
      house.admin.post(`/api/challenges/${id}/amend`, { definition, preview });
    expect((await amend(true)).status).toBe(200);
    expect((await termsOf(id)).current).toBe(1);
    expect((await amend(false)).status).toBe(200);
    const { versions } = await termsOf(id);
    expect(versions.map((one) => [one.version, one.challengeVersion])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('refuses an unknown clause, one without French, and any once all is over', async () => {
    const id = await house.challenge();
    for (const clauses of [{ other: { fr: 'x' } }, { ties: { en: 'x' } }, { ties: { fr: '' } }]) {
      expect((await write(id, clauses)).status).toBe(422);
    }
    await house.admin.post(`/api/challenges/${id}/cancel`, { reason: 'fewer sales' });
    const { status, body } = await write(id, { ties: { fr: 'x' } });
    expect([status, (body as unknown as { code: string }).code]).toEqual([
      409,
      'challenge-cancelled',
    ]);
  });
});

describe('a participant', () => {
  it('takes note of the present version, once and for each version', async () => {
    const id = await house.challenge();
    const answers = await Promise.all(Array.from({ length: 5 }, () => acknowledge(id, 1)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.acknowledgedAt)).size).toBe(1);
    expect((await termsOf(id)).acknowledgedAt).toBe(answers[0]?.body.acknowledgedAt);
    await write(id, { ties: { fr: 'Autrement.' } });
    expect((await termsOf(id)).acknowledgedAt).toBeNull();
    const late = await acknowledge(id, 1);
    expect([late.status, late.body.code]).toEqual([409, 'terms-superseded']);
    expect((await acknowledge(id, 2)).status).toBe(200);
  });

  it('takes note of the version in force where none is named', async () => {
    const path = `/api/challenges/${await house.challenge()}/terms/acknowledge`;
    const taken = await ana.post(path);
    expect([taken.status, taken.body]).toMatchObject([200, { version: 1 }]);
    expect((await ana.post(path, {})).body).toEqual(taken.body);
  });

  it('has read what told them to, once they have taken note', async () => {
    const id = await house.challenge({ name: 'À lire' });
    await remind(id);
    const before = await inbox();
    const told = ({ items }: Inbox) => items.filter(({ about }) => about.challengeId === id);
    expect(told(before).map(({ about, readAt }) => [about.kind, readAt])).toEqual([
      ['terms.reminder', null],
      ['terms.published', null],
    ]);
    await acknowledge(id, 1);
    const after = await inbox();
    expect(told(after).every(({ readAt }) => readAt !== null)).toBe(true);
    expect(after.unread).toBe(before.unread - 2);
  });

  it('is whoever competes, alone or in a team, and nobody else', async () => {
    const id = await house.challenge({
      audience: { kind: 'teams', by: 'sum' },
      observers: [house.members['ben']],
    });
    const names = (await roll(id)).items.map(({ member }) => member.name);
    expect(names).toEqual(['ana']);
    expect((await acknowledge(id, 1)).status).toBe(200);
    const other = await acknowledge(id, 1, chief);
    expect([other.status, other.body.code]).toEqual([403, 'not-a-participant']);
    const eve = await (await server.organisation()).signIn('rep');
    expect((await acknowledge(id, 1, eve)).status).toBe(404);
    expect((await acknowledge(await house.draft(), 1)).status).toBe(403);
  });
});

describe('whoever launched it', () => {
  it('sees who has taken note: a manager their own people', async () => {
    const id = await house.challenge();
    await acknowledge(id, 1);
    expect(await roll(id)).toMatchObject({ version: 1, acknowledged: 1, missing: 2 });
    const own = await roll(id, chief);
    expect(own.items).toEqual([
      { member: expect.anything(), hasAccess: true, acknowledgedAt: expect.any(String) },
      { member: expect.anything(), hasAccess: false, acknowledgedAt: null },
    ]);
    expect(own.items.map(({ member }) => member.name)).toEqual(['ana', 'ben']);
    const first = await roll(id, house.admin, '?limit=1&status=missing');
    const second = await roll(
      id,
      house.admin,
      `?limit=1&status=missing&cursor=${first.nextCursor}`,
    );
    const missing = [...first.items, ...second.items].map(({ member }) => member.name);
    expect([missing, second.nextCursor]).toEqual([['ben', 'zoe'], null]);
  });

  it('reminds those who have not, once a day', async () => {
    const id = await house.challenge({ name: 'Rappel' });
    const clicks = await Promise.all([remind(id, chief), remind(id, chief), remind(id, chief)]);
    expect(clicks.toSorted((a, b) => a - b)).toEqual([0, 0, 2]);
    expect(await remind(id)).toBe(1);
    const [newest] = (await inbox()).items;
    expect(newest?.about).toEqual({
      kind: 'terms.reminder',
      challengeId: id,
      challengeName: 'Rappel',
      version: 1,
    });
    await acknowledge(id, 1);
    server.clock.travelTo(new Date('2026-03-16T12:00:00Z'));
    expect(await remind(id)).toBe(2);
    expect((await inbox()).items[0]?.id).toBe(newest?.id);
  });
});

describe('a notification', () => {
  it('arrives on the socket of its member, and is read once', async () => {
    const socket = server.socket({}, { cookie: ana.browser?.cookie ?? '' });
    const stranger = server.socket({}, { cookie: chief.browser?.cookie ?? '' });
    const overheard: unknown[] = [];
    stranger.on('notification.created', (frame) => overheard.push(frame));
    for (const one of [socket, stranger]) {
      expect(await connect(one)).toBeUndefined();
      expect(await subscribe(one, 'me')).toMatchObject({ ok: true });
    }
    const arrival = once(socket as never, 'notification.created') as Promise<[unknown]>;
    const id = await house.challenge({ name: 'Annonce' });
    const told = notificationSchema.parse((await arrival)[0]);
    expect(told.about).toMatchObject({ kind: 'terms.published', challengeId: id, version: 1 });
    const before = await inbox();
    expect(before.items[0]).toEqual(told);
    const path = `/api/notifications/${told.id}/read`;
    expect((await chief.post(path)).status).toBe(404);
    expect((await ana.post(path)).status).toBe(204);
    const { items, unread } = await inbox();
    expect([unread, items[0]?.readAt]).toEqual([before.unread - 1, expect.any(String)]);
    expect((await ana.post(path)).status).toBe(204);
    expect((await inbox()).items[0]).toEqual(items[0]);
    expect((await ana.get<Inbox>('/api/notifications?unread=true')).body.items).toHaveLength(
      unread,
    );
    expect(overheard).toEqual([]);
  });
});
