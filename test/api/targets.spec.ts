import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TargetService } from '@palmares/server/target/target.service';
import { targetRowSchema } from '@palmares/shared/target/target';
import type { Client } from '../support/client.js';
import { ask, refusalOf } from '../support/kpi.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

interface Targets {
  items: { subject: { label: string }; value: string | null; source: string | null }[];
  total: string | null;
}

let server: TestServer;
let house: TestOrganisation;
let manager: Client;
let rep: Client;
const teams: Record<string, string> = {};

/** March has 22 working days; noon of Sunday the 15th, ten of them are over. */
beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['ana', 'ben', 'cem']);
  rep = await house.signIn('rep', { name: 'rob' });
  manager = await house.signIn('manager', { name: 'max' });
  const managers = [{ memberId: house.members['max'] }];
  teams['region'] = await house.team('region');
  teams['north'] = await house.team('north', ['rob'], { parentId: teams['region'], managers });
  teams['south'] = await house.team('south', ['cem'], { parentId: teams['region'] });
  const { north, south } = teams;
  await house.move('ana', [{ teamId: north }]);
  await house.move('ben', [
    { teamId: north, to: '2026-03-11' },
    { teamId: south, from: '2026-03-11' },
  ]);
  await house.record(
    sale('ana', 50, { occurredAt: '2026-03-02', channel: 'web' }),
    sale('ben', 30, { occurredAt: '2026-03-10' }),
    sale('ben', 20, { occurredAt: '2026-03-12' }),
    sale('cem', 8, { occurredAt: '2026-03-12' }),
  );
});
afterAll(() => server.close());

const set = (
  client: Client,
  items: [name: string, value: string | number | null, more?: object][],
) =>
  client.put<{ code?: string; errors?: { pointer: string; code: string }[] }>('/api/targets', {
    items: items.map(([name, value, more]) => {
      const id = house.members[name] ?? teams[name];
      const type = name in teams ? 'team' : 'member';
      return { kpi: 'revenue', period: '2026-03', subject: { type, id }, value, ...more };
    }),
  });
const list = async (query: string, client = house.admin) => {
  const { body } = await client.get<Targets>(`/api/targets?${query}`);
  const items = body.items.map(({ subject, value, source }) => [subject.label, value, source]);
  return { items, total: body.total };
};
const figures = async (code: string, query: string, client = house.admin) => {
  const { rows } = await ask(client, code, query);
  return Object.fromEntries(
    rows.map(({ subject, value, reason }) => [subject.label, value ?? reason]),
  );
};

describe('targets', () => {
  it('are set, changed and removed, and come back by member and by team', async () => {
    expect(
      (
        await set(house.admin, [
          ['ana', 100],
          ['ben', '31'],
          ['cem', 5],
        ])
      ).status,
    ).toBe(204);
    expect(
      (
        await set(house.admin, [
          ['cem', null],
          ['ana', 120],
        ])
      ).status,
    ).toBe(204);
    expect(await list('period=2026-03')).toEqual({
      items: [
        ['ana', '120', 'own'],
        ['ben', '31', 'own'],
        ['cem', null, null],
        ['rob', null, null],
      ],
      total: '151',
    });
    // Ten of the 31 days of March ben was in the north.
    expect(await list('period=2026-03&by=team')).toEqual({
      items: [
        ['north', '130', 'members'],
        ['region', '151', 'members'],
        ['south', '21', 'members'],
      ],
      total: '151',
    });
    expect((await list('period=2026-Q1')).total).toBeNull();
  });

  it('are reached by sums, and a team has its own where it has one', async () => {
    const { rows, total } = await ask(house.admin, 'target-attainment', 'period=2026-03&by=team');
    expect(total).toMatchObject({ value: 108 / 151, numerator: '108', denominator: '151' });
    expect(Object.fromEntries(rows.map(({ subject, value }) => [subject.label, value]))).toEqual({
      region: 108 / 151,
      north: 80 / 130,
      south: 28 / 21,
    });
    expect(await figures('target-attainment', 'period=2026-03')).toEqual({
      ana: 50 / 120,
      ben: 50 / 31,
      cem: 'no-target',
      rob: 'no-target',
    });
    await set(house.admin, [
      ['north', 40],
      ['cem', 0],
    ]);
    expect(await figures('target-attainment', 'period=2026-03&by=team')).toMatchObject({
      north: 2,
    });
    expect(await figures('target-attainment', 'period=2026-03')).toMatchObject({
      cem: 'no-denominator',
    });
    await set(house.admin, [
      ['north', null],
      ['cem', null],
    ]);
  });

  it('of another KPI are asked for by its code; less may be better', async () => {
    const share = { kpi: 'churn', value: '0.2' };
    await set(house.admin, [['ana', '0.2', share]]);
    const query = 'period=2026-03&of=churn&by=member';
    expect(await figures('target-attainment', query)).toMatchObject({ ana: 'no-history' });
    await set(house.admin, [['ana', 4, { kpi: 'sales-count' }]]);
    const counted = await figures('target-attainment', 'period=2026-03&of=sales-count');
    expect(counted).toMatchObject({ ana: 0.25 });
  });

  it('say where a period lands at everybody’s own pace', async () => {
    const landing = await ask(house.admin, 'projected-landing', 'period=2026-03');
    expect(Object.fromEntries(landing.rows.map((row) => [row.subject.label, row.value]))).toEqual({
      ana: '110',
      ben: '110',
      cem: '17.6',
      rob: '0',
    });
    expect(landing.total).toMatchObject({ value: '237.6', early: false, ofTarget: 237.6 / 151 });
    // What remains of ben is the south's, where he is now.
    expect(await figures('projected-landing', 'period=2026-03&by=team')).toEqual({
      region: '237.6',
      north: String(80 + 60),
      south: String(28 + 60 + 9.6),
    });
    const future = await figures('projected-landing', 'period=2026-04');
    expect(future).toMatchObject({ ana: 'no-denominator' });
  });

  it.each<[string, [string, number | string, object?], string]>([
    ['nobody', ['nobody', 1], '/items/0/subject/id'],
    ['no KPI', ['ana', 1, { kpi: 'wealth' }], '/items/0/kpi'],
    ['a derived KPI', ['ana', 1, { kpi: 'target-attainment' }], '/items/0/kpi'],
    ['no period', ['ana', 1, { period: '2026-Q7' }], '/items/0/period'],
    ['no number', ['ana', 'much'], '/items/0/value'],
  ])('for %s are refused', async (_title, item, pointer) => {
    const { status, body } = await set(house.admin, [item]);
    expect([status, body.errors?.map((fault) => fault.pointer)]).toEqual([422, [pointer]]);
  });

  it('of a file are saved by whatever names it has; the rest is refused with its reason', async () => {
    const row = (more: object) =>
      targetRowSchema.parse({ kpi: 'revenue', period: '2026-05', value: '7', ...more });
    const rows = [
      row({ member: { externalId: 'ana' } }),
      row({ team: { name: 'north' } }),
      row({ member: { externalId: 'nobody' } }),
      row({ team: { name: 'nowhere' } }),
      row({ member: { externalId: 'ben' }, kpi: 'wealth' }),
    ];
    const service = server.app.get(TargetService);
    const saved = await service.saveTargets(house.id, rows);
    expect([saved.saved, saved.unchanged]).toEqual([2, 0]);
    expect(saved.refused.map(({ index, pointer, code }) => [index, pointer, code])).toEqual([
      [2, '/member', 'member-unknown'],
      [3, '/team', 'team-unknown'],
      [4, '/kpi', 'kpi-unknown'],
    ]);
    expect(await service.saveTargets(house.id, rows)).toMatchObject({ saved: 0, unchanged: 2 });
  });

  it('of another organisation cannot be set or seen', async () => {
    const other = await server.organisation(['eve']);
    expect((await set(other.admin, [['ana', 1]])).status).toBe(422);
    const { body } = await other.admin.get<Targets>('/api/targets?period=2026-03');
    expect(body).toMatchObject({
      items: [{ subject: { label: 'eve' }, value: null }],
      total: null,
    });
  });
});

describe('a manager who sells', () => {
  it('sets no target of their own, of a team they sell in or its members, or of a lost team', async () => {
    const both = await house.signIn('manager', { name: 'eva' });
    const eva = house.members['eva'] ?? '';
    const past = [{ memberId: eva, to: '2026-03-10' }];
    const lost = await house.team('lost', [], { managers: past });
    teams['own'] = await house.team('own', [], { managers: [{ memberId: eva }] });
    teams['below'] = await house.team('below', [], { parentId: teams['own'] });
    await house.member('zed');
    await house.move('zed', [{ teamId: teams['below'] }]);
    teams['lost'] = lost;
    const codes = async (...names: string[]) => {
      const items = names.map((name): [string, number] => [name, 5]);
      const { body } = await set(both, items);
      return body.errors?.map(({ code }) => code) ?? [];
    };
    expect(await codes('eva', 'own', 'below', 'lost')).toEqual(['own-target', 'team-unknown']);
    const change = { roles: ['rep', 'manager'], teams: [{ teamId: teams['below'] }] };
    await house.admin.patch(`/api/members/${eva}`, change);
    expect(await codes('eva', 'own', 'below', 'lost')).toEqual([
      'own-target',
      'own-target',
      'own-target',
      'team-unknown',
    ]);
    // A team without a target of its own has the sum of those of its members.
    expect(await codes('zed')).toEqual(['own-target']);
    const all: [string, number][] = ['eva', 'own', 'zed'].map((name) => [name, 5]);
    expect((await set(house.admin, all)).status).toBe(204);
  });
});

describe('a manager', () => {
  it('sees the teams that they manage, and who was in them on the day', async () => {
    expect(await figures('revenue', 'period=2026-03', manager)).toEqual({
      ana: '50',
      ben: '30',
      rob: '0',
    });
    const byTeam = await ask(manager, 'revenue', 'period=2026-03&by=team');
    expect(byTeam.rows.map(({ subject, value }) => [subject.label, value])).toEqual([
      ['north', '80'],
    ]);
    expect(byTeam.total['value']).toBe('80');
    const byChannel = await ask(manager, 'revenue', 'period=2026-03&by=channel');
    expect(byChannel.rows.map(({ subject, value }) => [subject.label, value])).toEqual([
      ['web', '50'],
      [null, '30'],
    ]);
    const customers = await ask(manager, 'average-sale', `period=2026-03&team=${teams['region']}`);
    expect(customers.total).toMatchObject({ value: '40', denominator: 2 });
  });

  it('sets the targets of these, and no other, nor their own', async () => {
    expect(
      (
        await set(manager, [
          ['ana', 120],
          ['north', null],
        ])
      ).status,
    ).toBe(204);
    for (const name of ['cem', 'south', 'region', 'max']) {
      expect((await set(manager, [[name, 1]])).status).toBe(422);
    }
    expect(await list('period=2026-03', manager)).toEqual({
      items: [
        ['ana', '120', 'own'],
        ['ben', '31', 'own'],
        ['rob', null, null],
      ],
      total: '151',
    });
  });
});

describe('a rep', () => {
  it('sees a row of their own, and no total of others', async () => {
    const { rows, total } = await ask(rep, 'revenue', 'period=2026-03');
    expect(rows.map(({ subject, value }) => [subject.label, value])).toEqual([['rob', '0']]);
    expect(total['value']).toBe('0');
    const other = `period=2026-03&member=${house.members['ana']}`;
    expect((await ask(rep, 'revenue', other)).total['value']).toBe('0');
    expect(await refusalOf(rep, 'revenue', 'period=2026-03&by=team')).toBe('forbidden');
  });
});
