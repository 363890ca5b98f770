import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FactPage, ResultAnswer, TrendAnswer } from '@palmares/shared/kpi/answer';
import type { Client } from '../support/client.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let manager: Client;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali', 'eve']);
  manager = await house.signIn('manager', { name: 'mia' });
  const managers = [{ memberId: house.members['mia'] }];
  await house.team('west', ['zoe', 'ali'], { managers });
  const shares = ['zoe', 'eve'].map((externalId) => ({ member: { externalId }, weight: '0.5' }));
  await house.record(
    sale('zoe', 100, { channel: 'web', occurredAt: '2026-03-02' }),
    sale('ali', 30, { channel: 'shop', occurredAt: '2026-03-09', product: 'PAC' }),
    sale('eve', 500, { channel: 'web', occurredAt: '2026-03-10' }),
    sale('x', 9, { member: null, shares, occurredAt: '2026-03-11' }),
    sale('zoe', 40, { occurredAt: '2026-02-20' }),
    sale('zoe', 7, { type: 'lead.created', occurredAt: '2026-03-05' }),
    sale('zoe', 1, { void: true, occurredAt: '2026-03-06' }),
  );
});
afterAll(() => server.close());

const factsOf = async (client: Client, query: string) => {
  const { body } = await client.get<FactPage>(`/api/activities?period=2026-03&${query}`);
  return body;
};
const shown = ({ items }: FactPage) =>
  items.map(({ amount, members }) => [amount, ...members.map(({ name }) => name)]);

describe('the activities behind a figure', () => {
  it('are those that count, of the types that it reads, the latest first', async () => {
    expect(shown(await factsOf(house.admin, 'kpi=revenue'))).toEqual([
      ['9', 'zoe', 'eve'],
      ['500', 'eve'],
      ['30', 'ali'],
      ['100', 'zoe'],
    ]);
  });

  it('are narrowed as the figure is', async () => {
    expect(shown(await factsOf(house.admin, 'kpi=revenue&channel=web'))).toEqual([
      ['500', 'eve'],
      ['100', 'zoe'],
    ]);
    expect(shown(await factsOf(house.admin, 'product=PAC'))).toEqual([['30', 'ali']]);
    const ali = `kpi=revenue&member=${house.members['ali']}`;
    expect(shown(await factsOf(house.admin, ali))).toEqual([['30', 'ali']]);
  });

  it('are of their own people for a manager, also where one of them has a part', async () => {
    const seen = [
      ['9', 'zoe', 'eve'],
      ['30', 'ali'],
      ['100', 'zoe'],
    ];
    expect(shown(await factsOf(manager, 'kpi=revenue'))).toEqual(seen);
  });

  it('say what each gives, and add up to the figure above them, whoever looks', async () => {
    const more = { type: 'sale.refunded', occurredAt: '2026-03-12', channel: 'web' };
    const refund = sale('zoe', '12.5', more);
    await house.record(refund);
    const narrowings = ['', '&channel=web', '&product=PAC', `&member=${house.members['zoe']}`];
    for (const client of [house.admin, manager]) {
      for (const code of ['revenue', 'sales-count']) {
        for (const narrowing of narrowings) {
          const { items } = await factsOf(client, `kpi=${code}${narrowing}`);
          const sum = items.reduce((all, { gives }) => all + Number(gives), 0);
          const path = `/api/kpis/${code}/results?period=2026-03&by=member${narrowing}`;
          const { total } = (await client.get<ResultAnswer>(path)).body;
          expect([code, narrowing, sum]).toEqual([code, narrowing, Number(total.value)]);
        }
      }
    }
    const { items } = await factsOf(house.admin, 'kpi=revenue');
    expect(items.map(({ gives }) => gives)).toEqual(['-12.5', '9', '500', '30', '100']);
    const together = await factsOf(house.admin, 'kpi=new-customers');
    expect(together.items.every(({ gives }) => gives === undefined)).toBe(true);
    await house.record({ ...refund, void: true });
  });

  it('are of all times where no period is named, and of one type, source or deal', async () => {
    const of = async (query: string) =>
      (await house.admin.get<FactPage>(`/api/activities${query}`)).body;
    const amounts = async (query: string) => (await of(query)).items.map(({ amount }) => amount);
    expect(await amounts('')).toEqual(['9', '500', '30', '7', '100', '40']);
    expect(await amounts('?type=lead.created')).toEqual(['7']);
    expect(await amounts('?type=lead.created&type=lead.created')).toEqual(['7']);
    expect(await amounts('?type=lead.created&kpi=revenue')).toEqual([]);
    // Reads sales twice.
    expect(await amounts('?kpi=win-rate&limit=2')).toEqual(['9', '500']);
    expect(await amounts('?source=elsewhere')).toEqual([]);
    expect(await amounts('?source=test&item=D1')).toEqual([]);
    expect((await amounts('?source=test&limit=2')).length).toBe(2);
  });

  it('come page after page', async () => {
    const first = await factsOf(house.admin, 'kpi=revenue&limit=3');
    const rest = await factsOf(house.admin, `kpi=revenue&limit=3&cursor=${first.nextCursor}`);
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 1, null]);
  });

  it.each([
    ['everybody', ''],
    ['one person', '&member=zoe'],
    ['a team', '&team=west'],
  ])('of %s are the same in small pages as in one', async (_whose, narrowed) => {
    const teams = await house.admin.get<{ items: { id: string }[] }>('/api/teams?search=west');
    const query = narrowed
      .replace('zoe', house.members['zoe'] ?? '')
      .replace('west', teams.body.items[0]?.id ?? '');
    for (const client of [house.admin, manager]) {
      const whole = shown(await factsOf(client, query));
      expect(whole.length).toBeGreaterThan(2);
      const seen: (string | null)[][] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: FactPage = await factsOf(client, `limit=1${query}${cursor}`);
        seen.push(...shown(page));
        cursor = page.nextCursor && `&cursor=${page.nextCursor}`;
      }
      expect(seen).toEqual(whole);
    }
  });

  it('each come once, page after page, also where one is entered in between', async () => {
    const { admin, record } = await server.organisation(['ana']).then((own) => ({
      admin: own.admin,
      record: own.record.bind(own),
    }));
    const hours = ['2026-03-09T08:00:00Z', '2026-03-09', '2026-03-09T09:00:00Z', '2026-03-08'];
    await record(...hours.map((occurredAt, index) => sale('ana', index + 1, { occurredAt })));
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const next = cursor === null ? '' : `&cursor=${cursor}`;
      const page: FactPage = await factsOf(admin, `limit=1${next}`);
      seen.push(...page.items.map(({ amount }) => amount));
      ({ nextCursor: cursor } = page);
      await record(sale('ana', 9, { occurredAt: '2026-03-31' }));
    } while (cursor !== null);
    expect(seen).toEqual(['3', '1', '2', '4']);
    expect((await admin.get('/api/activities?period=2026-03&cursor=2')).status).toBe(422);
  });
});

describe('the trend of a KPI', () => {
  it('is the total of the period and of those before it', async () => {
    const path = '/api/kpis/revenue/trend?period=2026-03&steps=3';
    const { body } = await house.admin.get<TrendAnswer>(path);
    expect(body.points.map(({ period, value }) => [period, value])).toEqual([
      ['2026-01', '0'],
      ['2026-02', '40'],
      ['2026-03', '639'],
    ]);
  });

  it('is that of their teams for a manager', async () => {
    const { body } = await manager.get<TrendAnswer>('/api/kpis/revenue/trend?period=2026-03');
    expect(body.points.at(-1)).toMatchObject({ period: '2026-03', value: '134.5' });
    expect(body.points).toHaveLength(6);
  });
});
