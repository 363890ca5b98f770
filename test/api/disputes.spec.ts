import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntryView } from '@palmares/shared/audit/audit';
import { activityIdOf } from '@palmares/shared/activity/activity-id';
import type { Dispute } from '@palmares/shared/dispute/dispute';
import type { Notification } from '@palmares/shared/notification/notification';
import type { Answer, Client } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

type Reported = Answer<Dispute & { code: string }>;

let server: TestServer;
let house: TestOrganisation;
let challenge: string;
let ana: Client;
let ben: Client;
let chief: Client;
let deputy: Client;
let admin: Client;
let stranger: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation();
  ana = await house.signIn('rep', { name: 'ana' });
  ben = await house.signIn('rep', { name: 'ben' });
  chief = await house.signIn('manager', { name: 'chief' });
  deputy = await house.signIn('manager', { name: 'deputy' });
  stranger = await house.signIn('manager', { name: 'stranger' });
  admin = await house.signIn('admin', { name: 'admin' });
  const managers = [
    { memberId: house.members['chief'] },
    { memberId: house.members['deputy'], standIn: true },
  ];
  await house.team('Nord', ['ana', 'chief'], { managers });
  await house.team('Sud', ['ben'], { managers: [{ memberId: house.members['stranger'] }] });
  const memberIds = ['ana', 'ben', 'chief'].map((name) => house.members[name]);
  challenge = await house.challenge({ audience: { kind: 'members', memberIds } });
});
afterAll(() => server.close());

let reports = 0;
const missing = (by: Client, more: object = {}): Promise<Reported> =>
  by.post('/api/disputes', {
    challengeId: challenge,
    kind: 'missing',
    text: `The sale of Tuesday, ${(reports += 1)}`,
    ...more,
  });
const wrong = (by: Client, activityId: string, text = 'Twice as much'): Promise<Reported> =>
  by.post('/api/disputes', { challengeId: challenge, kind: 'wrong', activityId, text });
const resolve = (
  by: Client,
  id: string,
  outcome = 'accepted',
  answer = 'Put right',
): Promise<Reported> => by.post(`/api/disputes/${id}/resolve`, { outcome, answer });
const queue = async (by: Client, query = '') =>
  (await by.get<{ items: Dispute[] }>(`/api/disputes?${query}`)).body.items;
const told = async (by: Client) =>
  (await by.get<{ items: Notification[] }>('/api/notifications')).body.items
    .map(({ about }) => about)
    .filter((about) => 'disputeId' in about);

describe('a report', () => {
  it('of one’s own activity goes to the managers of the reporter’s team', async () => {
    const known = sale('ana', 50);
    await house.record(known);
    const { status, body } = await wrong(ana, activityIdOf(known));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      challenge: { id: challenge, name: 'Sprint' },
      kind: 'wrong',
      activityId: activityIdOf(known),
      reporter: { name: 'ana' },
      status: 'open',
      mayResolve: false,
    });
    for (const manager of [chief, deputy, admin]) {
      const [newest] = await queue(manager, 'status=open');
      expect([newest?.id, newest?.mayResolve]).toEqual([body.id, true]);
    }
    expect(await queue(stranger)).toEqual([]);
    expect(await queue(ben)).toEqual([]);
    expect((await ben.get(`/api/disputes/${body.id}`)).status).toBe(404);
    expect((await told(chief))[0]).toMatchObject({ kind: 'dispute.opened', disputeId: body.id });
    expect(await told(stranger)).toEqual([]);
  });

  it('is one however often it is sent', async () => {
    const text = 'The sale of Monday';
    const expected = { occurredOn: '2026-03-09', amount: '12.50', reference: 'R7' };
    const clicks = await Promise.all(
      Array.from({ length: 6 }, () => missing(ana, { text, expected })),
    );
    expect(new Set(clicks.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(clicks.map(({ body }) => body.id)).size).toBe(1);
    expect(clicks[0]?.body.expected).toEqual(expected);
    const mine = await queue(ana, 'mine=true');
    expect(mine.filter((one) => one.text === text)).toHaveLength(1);
    const opened = (await told(chief)).filter((one) => one.disputeId === mine[0]?.id);
    expect(opened).toHaveLength(1);
  });

  it('is not of a colleague’s activity, nor of one that does not exist', async () => {
    const theirs = sale('ben', 50);
    await house.record(theirs);
    expect((await wrong(ana, activityIdOf(theirs))).status).toBe(404);
    expect((await wrong(ana, 'test~nothing')).status).toBe(404);
    expect((await wrong(ana, 'nonsense')).status).toBe(404);
  });

  it('is of a participant, of a challenge that is not over', async () => {
    const outside = await missing(deputy);
    expect([outside.status, outside.body.code]).toEqual([403, 'not-a-participant']);
    const eve = await (await server.organisation()).signIn('rep');
    expect((await missing(eve)).status).toBe(404);
    const over = await house.challenge();
    await house.admin.post(`/api/challenges/${over}/cancel`, { reason: 'x' });
    const late = await missing(ana, { challengeId: over });
    expect([late.status, late.body.code]).toEqual([409, 'challenge-cancelled']);
    for (const fault of [{ text: '' }, { kind: 'other' }, { activityId: 'test~1' }]) {
      expect((await missing(ana, fault)).status).toBe(422);
    }
  });
});

describe('an answer', () => {
  it('is seen by everyone concerned', async () => {
    const halves = ['ana', 'ben'].map((externalId) => ({ member: { externalId }, weight: '0.5' }));
    const shared = sale('ana', 50, { member: undefined, shares: halves });
    await house.record(shared);
    const { id } = (await wrong(ana, activityIdOf(shared), 'It was mine alone')).body;
    expect((await resolve(chief, id, 'rejected', 'You were two')).status).toBe(200);
    for (const one of [ana, ben, chief, deputy, admin]) {
      const { body } = await one.get<Dispute>(`/api/disputes/${id}`);
      expect(body).toMatchObject({
        status: 'rejected',
        answer: 'You were two',
        resolvedBy: { name: 'chief' },
        mayResolve: false,
      });
    }
    for (const one of [ana, ben, deputy]) {
      expect((await told(one))[0]).toMatchObject({ disputeId: id, outcome: 'rejected' });
    }
  });

  it('is given once, however many give one at the same moment', async () => {
    const { id } = (await missing(ana)).body;
    const answers = await Promise.all([
      resolve(chief, id, 'accepted', 'A'),
      resolve(chief, id, 'accepted', 'A'),
      resolve(deputy, id, 'rejected', 'B'),
      resolve(admin, id, 'accepted', 'C'),
    ]);
    const [mine, again, ...others] = answers.map(({ status }) => status);
    const { body } = await ana.get<Dispute>(`/api/disputes/${id}`);
    expect(mine).toBe(again);
    expect([mine, ...others].toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([200, 409, 409]);
    const winner = { chief: 0, deputy: 2, admin: 3 }[body.resolvedBy?.name ?? ''];
    expect(answers[winner ?? -1]?.status).toBe(200);
    expect((await told(ana)).filter((one) => one.disputeId === id)).toHaveLength(1);
  });

  it('is of nobody to their own report, nor of a manager of others', async () => {
    const { id } = (await missing(chief)).body;
    const own = await resolve(chief, id);
    expect([own.status, own.body.code]).toEqual([403, 'own-dispute']);
    expect((await resolve(stranger, id)).status).toBe(404);
    expect((await resolve(deputy, id)).status).toBe(200);
    const entry = `/api/audit?subject=dispute:${id}`;
    const { items } = (await admin.get<{ items: AuditEntryView[] }>(entry)).body;
    expect(items.map(({ action, actor, behalf }) => [action, actor.name, behalf])).toEqual([
      ['dispute.resolve', 'deputy', null],
      ['dispute.open', 'chief', null],
    ]);
  });

  it('of a stand-in is on behalf of whoever manages the team', async () => {
    const { id } = (await missing(ana)).body;
    expect((await resolve(deputy, id)).status).toBe(200);
    const entry = `/api/audit?subject=dispute:${id}&action=dispute.resolve`;
    const { items } = (await admin.get<{ items: AuditEntryView[] }>(entry)).body;
    expect(items[0]).toMatchObject({
      actor: { name: 'deputy' },
      behalf: `member:${house.members['chief']}`,
      before: { status: 'open' },
      after: { status: 'accepted' },
    });
  });

  it('of somebody in another organisation finds nothing', async () => {
    const { id } = (await missing(ana)).body;
    const other = await server.organisation();
    const theirs = await other.signIn('admin');
    expect((await resolve(theirs, id)).status).toBe(404);
    expect((await theirs.get(`/api/disputes/${id}`)).status).toBe(404);
    expect(await queue(theirs)).toEqual([]);
    expect(await queue(other.admin, `challengeId=${challenge}`)).toEqual([]);
  });
});

describe('what is open', () => {
  it('is listed before a certification', async () => {
    const open = await queue(house.admin, `status=open&challengeId=${challenge}&limit=200`);
    const path = `/api/challenges/${challenge}/certification`;
    const { body } = await house.admin.get<{ disputes: { id: string }[] }>(path);
    expect(open.length).toBeGreaterThan(0);
    expect(body.disputes.map(({ id }) => id)).toEqual(open.map(({ id }) => id).toReversed());
  });
});
