import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownKpi, sale, type TestOrganisation } from '../support/organisation.js';
import { ask, refusalOf, type Result } from '../support/kpi.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

const at = (type: string, item: string, occurredAt: string, more: object = {}) =>
  sale('zoe', 0, { type, item, occurredAt, amount: null, ...more });
const shown = ({ rows }: Result) =>
  rows.map(({ subject, value, rank }) => [subject.label, value, rank]);

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation(['zoe', 'ali', 'eve']);
  const lines = [
    { product: 'A', quantity: 1, amount: 60, cost: 20 },
    { product: 'B', quantity: 2, amount: 40 },
  ];
  const shares = ['zoe', 'ali'].map((externalId) => ({ member: { externalId }, weight: '0.5' }));
  await house.record(
    sale('zoe', 50, { customer: 'old', occurredAt: '2026-01-10', openedAt: '2026-01-01' }),
    sale('zoe', 100, { lines, customer: 'ana', channel: 'web', openedAt: '2026-02-28' }),
    sale('ali', 300, { customer: 'ana', channel: 'shop', quantity: 3, product: 'A' }),
    sale('zoe', 10, { type: 'sale.refunded', channel: 'web' }),
    sale('x', 9, { member: null, shares, customer: 'ben' }),
    sale('zoe', 30, { type: 'cost.recorded', member: null }),
    sale('ali', 5, { type: 'cost.recorded' }),
    at('deal.lost', 'd', '2026-03-02'),
    at('lead.created', 'l1', '2026-03-01'),
    at('visit.done', 'l1', '2026-03-14'),
    at('lead.created', 'l2', '2026-03-02'),
    at('deal.opened', 'o', '2026-02-02', { amount: 700 }),
  );
});
afterAll(() => server.close());

describe('results', () => {
  it('by member list everybody who sells, also with nothing, best first', async () => {
    const result = await ask(house.admin, 'revenue', 'period=2026-03&by=member');
    expect(shown(result)).toEqual([
      ['ali', '304.5', 1],
      ['zoe', '94.5', 2],
      ['eve', '0', 3],
    ]);
    expect(result).toMatchObject({ from: '2026-03-01', to: '2026-04-01', mature: null });
    expect(result.total).toMatchObject({ value: '399', count: 4, compare: null });
  });

  it('are distinct at the level shown', async () => {
    const result = await ask(house.admin, 'active-customers', 'period=2026-03');
    expect(shown(result)).toEqual([
      ['ali', 2, 1],
      ['zoe', 2, 1],
      ['eve', 0, 3],
    ]);
    expect(result.total['value']).toBe(2);
  });

  it('by label know what is unknown; by product look into the lines', async () => {
    const byChannel = await ask(house.admin, 'sales-by-channel', 'period=2026-03&by=channel');
    expect(shown(byChannel)).toEqual([
      ['shop', 300 / 409, 1],
      ['web', 100 / 409, 2],
      [null, 9 / 409, 3],
    ]);
    const byProduct = await ask(house.admin, 'sales-count', 'period=2026-03&by=product');
    expect(shown(byProduct)).toEqual([
      ['A', 2, 1],
      ['B', 1, 2],
      [null, 1, 2],
    ]);
    expect(byProduct.total['value']).toBe(3);
    const filtered = await ask(house.admin, 'average-price', 'period=2026-03&product=A');
    expect(filtered.total).toMatchObject({ value: '90', numerator: '360', denominator: 4 });
  });

  it('give a reason where there is no value, and rank nobody without one', async () => {
    const { rows, total } = await ask(house.admin, 'average-sale', 'period=2026-03');
    expect(rows.at(-1)).toMatchObject({
      subject: { label: 'eve' },
      value: null,
      reason: 'no-denominator',
      rank: null,
      count: 0,
    });
    expect(total).toMatchObject({ value: '133', numerator: '399', denominator: 3 });
    const first = await ask(house.admin, 'new-customers', 'period=2026-01');
    expect(first.total).toMatchObject({ value: null, reason: 'no-history', numerator: 1 });
    expect((await ask(house.admin, 'new-customers', 'period=2026-03')).total['value']).toBe(2);
  });

  it('have history from where the organisation says so', async () => {
    const other = await server.organisation(['zoe']);
    await other.record(sale('zoe', 1, { customer: 'ana' }));
    const figure = async () => (await ask(other.admin, 'new-customers', 'period=2026-03')).total;
    expect(await figure()).toMatchObject({ value: null, reason: 'no-history' });
    await other.admin.patch('/api/organisation', { historyFrom: '2026-01-01' });
    expect(await figure()).toMatchObject({ value: 1, reason: null });
    await other.admin.patch('/api/organisation', { historyFrom: '2026-03-01' });
    expect(await figure()).toMatchObject({ value: null, reason: 'no-history' });
  });

  it('have the period before, or the same of last year, beside them', async () => {
    const query = 'period=2026-03&by=member&compare=previous';
    const { rows, total } = await ask(house.admin, 'revenue', query);
    expect(total).toMatchObject({
      compare: { period: '2026-02', value: '0', change: { value: null, reason: 'no-history' } },
    });
    expect(rows[1]?.compare).toMatchObject({ period: '2026-02', value: '0' });
    const year = await ask(house.admin, 'revenue', 'period=2026-Q1&compare=last-year');
    expect(year.total).toMatchObject({ compare: { period: '2025-Q1' } });
    const growth = await ask(
      house.admin,
      'revenue',
      'period=2026-02-09/2026-03-31&compare=previous',
    );
    expect(growth.total).toMatchObject({ compare: { value: '50', change: { value: 6.98 } } });
  });

  it('count a cost without a member in the total alone', async () => {
    const { total, rows } = await ask(house.admin, 'cost-per-sale', 'period=2026-03');
    expect(total).toMatchObject({ value: '11.6667', numerator: '35', denominator: 3 });
    expect(rows[1]).toMatchObject({ subject: { label: 'ali' }, value: '3.3333' });
  });

  it('say how many deals have no opening date, and whether a cohort is mature', async () => {
    const { total } = await ask(house.admin, 'sales-cycle', 'period=2026-03');
    expect(total).toMatchObject({ value: 10, count: 1, leftOut: 2 });
    const young = await ask(house.admin, 'lead-to-visit', 'period=2026-03');
    expect([young.mature, young.total]).toMatchObject([false, { value: 0.5, count: 2 }]);
    expect((await ask(house.admin, 'lead-to-visit', 'period=2025-03')).mature).toBe(true);
    expect((await ask(house.admin, 'open-pipeline', 'period=2026-02')).total['value']).toBe('700');
  });

  it('come in pages', async () => {
    const first = await ask(house.admin, 'revenue', 'period=2026-03&limit=2');
    const second = await ask(house.admin, 'revenue', `period=2026-03&cursor=${first.nextCursor}`);
    expect([...shown(first), ...shown(second)].map(([label]) => label)).toEqual([
      'ali',
      'zoe',
      'eve',
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it.each([
    ['revenue', 'period=2017-Q5', 'invalid'],
    ['revenue', '', 'invalid'],
    ['revenue', 'period=2017&by=colour', 'invalid'],
    ['revenue', 'period=2017&colour=red', 'invalid'],
    ['revenue', 'period=2017&limit=1001', 'invalid'],
    ['revenue', 'period=2017&member=zoe', 'invalid'],
    ['wealth', 'period=2017', 'not-found'],
    ['target-attainment', 'period=2017&by=channel', 'invalid'],
    ['target-attainment', 'period=2017&of=wealth', 'kpi-unknown'],
    ['projected-landing', 'period=2017&of=win-rate', 'invalid'],
  ])('of %s with %s are refused: %s', async (code, query, problem) => {
    expect(await refusalOf(house.admin, code, query)).toBe(problem);
  });
});

describe('a card', () => {
  it('explains a KPI in two languages, with the figures of the month', async () => {
    const { body } = await house.admin.get('/api/kpis/revenue');
    expect(body).toMatchObject({
      code: 'revenue',
      builtIn: true,
      formula: 'sales - refunds',
      needs: ['deal.won', 'sale.refunded'],
      card: { fr: { name: 'Chiffre d’affaires net' }, en: { name: 'Net revenue' } },
      figures: { period: '2026-03', value: '399', reason: null, count: 4 },
    });
    expect((await house.admin.get('/api/kpis/target-attainment')).body).toMatchObject({
      formula: null,
      figures: { value: null, reason: 'no-target' },
    });
  });
});

describe('a KPI of one’s own', () => {
  const rate = {
    code: 'lost-share',
    measures: {
      won: { aggregation: 'count', types: ['deal.won'] },
      lost: { aggregation: 'count', types: ['deal.lost'], filters: {} },
    },
    formula: 'lost ÷ (won + lost)',
    direction: 'lower',
    card: { fr: { name: 'Part perdue' } },
  };

  it('is tried on what happened, saved, changed, and deleted', async () => {
    const { code: _code, card: _card, ...definition } = rate;
    const tried = await house.admin.post('/api/kpis/preview?period=2026-03', definition);
    expect(tried).toMatchObject({ status: 200, body: { unit: 'rate', total: { value: 0.25 } } });
    const made = await house.admin.post('/api/kpis', rate);
    expect(made).toMatchObject({
      status: 201,
      body: { unit: 'rate', builtIn: false, formula: rate.formula },
    });
    expect((await house.admin.post('/api/kpis', rate)).status).toBe(409);
    expect((await ask(house.admin, 'lost-share', 'period=2026-03')).total['value']).toBe(0.25);
    const changed = await house.admin.patch('/api/kpis/lost-share', { formula: 'won / lost' });
    expect(changed.status).toBe(200);
    expect((await ask(house.admin, 'lost-share', 'period=2026-03')).total['value']).toBe(3);
    expect((await house.admin.delete('/api/kpis/lost-share')).status).toBe(204);
    expect(await refusalOf(house.admin, 'lost-share', 'period=2026-03')).toBe('not-found');
    expect((await house.admin.post('/api/kpis', rate)).status).toBe(201);
    const other = await server.organisation();
    expect(await refusalOf(other.admin, 'lost-share', 'period=2026-03')).toBe('not-found');
  });

  it.each([
    [{ formula: 'lost + sales' }, '/formula', /character 7/],
    [
      { formula: 'lost + amount', measures: { ...rate.measures, amount: sum() } },
      '/formula',
      /5.*money/,
    ],
    [{ unit: 'money' }, '/unit', /rate, not money/],
    [{ code: 'revenue' }, '/code', /built-in/],
    [{ code: 'Own KPI' }, '/code', /letters/],
    [{ measures: {} }, '/measures', /measure/],
    [
      { measures: { won: { aggregation: 'sum', types: ['deal.won'] } } },
      '/measures/won/of',
      /needed/,
    ],
    [
      { measures: { won: { ...rate.measures.won, of: 'amount' } } },
      '/measures/won/of',
      /knows no of/,
    ],
    [
      { measures: { won: { aggregation: 'count', types: ['x'] } }, formula: 'won' },
      '/measures/won/types/0',
      /type/,
    ],
    [{ card: {} }, '/card', /French/],
  ])('with %j is refused at %s', async (more, pointer, detail) => {
    const body = { ...rate, code: 'another', ...more };
    const answer = await house.admin.post<{ errors: { pointer: string; detail: string }[] }>(
      '/api/kpis',
      body,
    );
    expect(answer.status).toBe(422);
    const fault = answer.body.errors.find((one) => one.pointer === pointer);
    expect(fault?.detail ?? answer.body.errors).toMatch(detail as RegExp);
  });

  it('that is built in stays as it is', async () => {
    expect((await house.admin.patch('/api/kpis/revenue', { scale: 0 })).status).toBe(403);
    expect((await house.admin.delete('/api/kpis/nothing')).status).toBe(404);
    expect((await house.admin.patch('/api/kpis/own', ownKpi)).status).toBe(422);
  });
});

function sum() {
  return { aggregation: 'sum', of: 'amount', types: ['deal.won'] };
}
