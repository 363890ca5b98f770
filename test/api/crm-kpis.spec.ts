import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import { crmFile, crmIsThere, sayCrmIsAbsent } from '../support/crm.js';
import { recordCrm } from '../support/crm-deals.js';
import { ask, type Result } from '../support/kpi.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const name = 'the KPIs of a real CRM file';
if (!crmIsThere) sayCrmIsAbsent(name);

interface Figures {
  revenue: number;
  won: number;
  closed: number;
  lost: number;
  win_rate: number | null;
  avg_sale: number | null;
  cycle_days_won_mean: number | null;
  cycle_days_won_sum: number;
}
type Measured = 'revenue' | 'won' | 'win_rate' | 'avg_sale' | 'cycle_days_won_mean';
type Places = Record<string, Record<Measured, { name: string; rank: number | null }[]>>;
interface Change {
  cur: number;
  prev: number;
  growth: number | null;
}
interface Expected {
  quarters: string[];
  all: Record<string, Record<string, Figures>> & { overall: Figures };
  by_quarter: Record<string, Record<string, Record<string, Figures>> & { overall: Figures }>;
  growth_qoq: Record<string, Record<string, Record<string, { revenue: Change; won: Change }>>>;
  rank: { all: Places; quarter: Record<string, Places> };
  quota_50k_per_quarter: Record<string, Record<string, unknown>>;
  counts: Record<string, number>;
}

const WHOLE = '2017-01-01/2018-01-01';
const codes: Record<Measured, string> = {
  revenue: 'revenue',
  won: 'sales-count',
  win_rate: 'win-rate',
  avg_sale: 'average-sale',
  cycle_days_won_mean: 'sales-cycle',
};
/** By what results are asked, and what the file calls it. */
const breakdowns = {
  member: 'agent',
  team: 'manager',
  region: 'region',
  product: 'product',
  customer: 'account',
} as const;

(crmIsThere ? describe : describe.skip)(name, () => {
  let server: TestServer;
  let house: TestOrganisation;
  const expected = crmIsThere
    ? (JSON.parse(fs.readFileSync(crmFile('expected.json'), 'utf8')) as Expected)
    : ({ quarters: [] } as unknown as Expected);
  const periods = [...expected.quarters, WHOLE];
  const figuresOf = (period: string) =>
    period === WHOLE ? expected.all : (expected.by_quarter[period] as (typeof expected)['all']);
  const ranksIn = (period: string) =>
    period === WHOLE ? expected.rank.all : (expected.rank.quarter[period] ?? {});

  beforeAll(async () => {
    server = await startServer();
    house = await server.organisation([], { currency: 'USD', timeZone: 'America/New_York' });
    await recordCrm(house);
  });
  afterAll(() => server.close());

  /** What the file says of a measure, as an answer has it: money to four decimals. */
  const wanted = (figures: Figures, measured: Measured) => {
    const value = figures[measured] ?? null;
    if (value === null) return null;
    if (measured === 'revenue') return String(value);
    if (measured !== 'avg_sale') return value;
    const cents = figures.revenue / figures.won;
    return cents.toFixed(4).replace(/\.?0+$/, '');
  };

  describe.each(Object.entries(codes) as [Measured, string][])('%s (%s)', (measured, code) => {
    it.each(periods)('comes out exactly in %s, by whatever is asked', async (period) => {
      for (const [by, called] of Object.entries(breakdowns)) {
        const result = await ask(house.admin, code, `period=${period}&by=${by}`);
        const known = figuresOf(period)[called] ?? {};
        const found = Object.fromEntries(
          result.rows.map(({ subject, value }) => [subject.label ?? '', value]),
        );
        const said = Object.entries(known).flatMap(([label, figures]) => {
          // An account that nothing was sold to may have no row.
          const none = !(label in found) && figures.won === 0 && by === 'customer';
          return none ? [] : [[label, wanted(figures, measured)]];
        });
        expect([by, found]).toEqual([by, Object.fromEntries(said)]);
        expect(result.total['value']).toEqual(wanted(figuresOf(period).overall, measured));
      }
    });

    it.each(periods)('ranks agents, managers and regions in %s as others have', async (period) => {
      for (const by of ['member', 'team', 'region'] as const) {
        const { rows } = await ask(house.admin, code, `period=${period}&by=${by}`);
        const places = ranksIn(period)[breakdowns[by]]?.[measured] ?? [];
        const found = rows.map(({ subject, rank }) => [subject.label, rank]);
        expect(new Map(found as never)).toEqual(new Map(places.map((one) => [one.name, one.rank])));
      }
    });
  });

  it.each(expected.quarters.slice(1))('grows in %s from the quarter before', async (quarter) => {
    for (const measured of ['revenue', 'won'] as const) {
      for (const by of ['member', 'team', 'region', 'product'] as const) {
        const changes = expected.growth_qoq[quarter]?.[breakdowns[by]];
        if (!changes) continue;
        const query = `period=${quarter}&by=${by}&compare=previous`;
        const { rows } = await ask(house.admin, codes[measured], query);
        const found = rows.map(({ subject, compare }) => [
          subject.label,
          [Number(compare?.value), compare?.change.value],
        ]);
        const said = Object.entries(changes).map(([label, change]) => {
          const { prev, growth } = change[measured];
          return [label, [prev, growth]];
        });
        expect([by, Object.fromEntries(found)]).toEqual([by, Object.fromEntries(said)]);
      }
    }
    const own = await ask(house.admin, 'revenue-growth', `period=${quarter}&by=member`);
    for (const { subject, value } of own.rows) {
      const change = expected.growth_qoq[quarter]?.['agent']?.[subject.label ?? ''];
      expect(value).toBe(change?.revenue.growth);
    }
  });

  it('gives the figures that have been published', async () => {
    const total = async (code: string, period = WHOLE) =>
      (await ask(house.admin, code, `period=${period}`)).total['value'];
    expect(await total('revenue')).toBe('10005534');
    expect((await total('win-rate'))?.toString().slice(0, 6)).toBe('0.6315');
    expect((await total('sales-cycle'))?.toString().slice(0, 5)).toBe('51.78');
    const ever = '2016-10-01/2018-01-01';
    const engaged = (expected.counts['Engaging'] ?? 0) + 6711;
    expect(await total('win-rate-created', ever)).toBe(4238 / engaged);
    expect(await total('acquisition-rate', ever)).toBe(4238 / engaged);
    expect(await total('new-customers', '2017-Q1')).toBeGreaterThan(0);
    expect(await total('active-customers')).toBe(85);
    expect(await total('open-pipeline', '2017')).toBe('0');
  });

  describe('with a target of 50 000 for each agent and quarter', () => {
    beforeAll(async () => {
      const items = expected.quarters.flatMap((period) =>
        Object.values(house.members).map((id) => {
          return { kpi: 'revenue', period, subject: { type: 'member', id }, value: '50000' };
        }),
      );
      const { status } = await house.admin.put('/api/targets', { items });
      if (status !== 204) throw new Error(`targets: ${status}`);
    });

    const attained = (result: Result) =>
      Object.fromEntries(result.rows.map(({ subject, value }) => [subject.label, value]));

    it.each(periods)('attainment in %s is what it should be', async (period) => {
      const quarters = period === WHOLE ? 4 : 1;
      const byMember = await ask(house.admin, 'target-attainment', `period=${period}`);
      const agents = Object.entries(figuresOf(period)['agent'] ?? {});
      const said = agents.map(([label, { revenue }]) => [label, revenue / (50_000 * quarters)]);
      expect(attained(byMember)).toEqual(Object.fromEntries(said));
      const target = 35 * 50_000 * quarters;
      expect(byMember.total).toMatchObject({
        value: figuresOf(period).overall.revenue / target,
        numerator: String(figuresOf(period).overall.revenue),
        denominator: String(target),
      });
      const byTeam = await ask(house.admin, 'target-attainment', `period=${period}&by=team`);
      const sizes = await server.sql<{ name: string; size: number }>(
        `select team.name, count(*)::int as size from team join team_member on team_id = id
         group by 1`,
      );
      const managers = figuresOf(period)['manager'] ?? {};
      const teams = sizes.map(({ name: label, size }) => {
        return [label, (managers[label]?.revenue ?? 0) / (size * 50_000 * quarters)];
      });
      expect(attained(byTeam)).toEqual(Object.fromEntries(teams));
      expect(byTeam.total['value']).toBe(byMember.total['value']);
    });
  });
});
