import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mappingSchema } from '@palmares/shared/import/mapping';
import fs from 'node:fs';
import { crmFile, crmIsThere, crmMapping, sayCrmIsAbsent } from '../support/crm.js';
import { imported } from '../support/import.js';
import { ask, type ResultRow } from '../support/kpi.js';
import type { TestOrganisation } from '../support/organisation.js';
import { cli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

const name = 'the figures of a real CRM file';
if (!crmIsThere) sayCrmIsAbsent(name);

interface Figures {
  revenue: number;
  won: number;
  win_rate: number | null;
  avg_sale: number | null;
  cycle_days_won_mean: number | null;
}
type Groups = Record<'agent' | 'manager' | 'region' | 'product', Record<string, Figures>>;
interface Place {
  name: string;
  rank: number | null;
}
type Ranks = Record<'agent', Record<keyof Figures, Place[]>>;
interface Expected {
  all: Groups & { overall: Figures };
  by_quarter: Record<string, Groups & { overall: Figures }>;
  rank: { all: Ranks; quarter: Record<string, Ranks> };
  growth_qoq: Record<string, { agent: Record<string, { revenue: { growth: number | null } }> }>;
  quota_50k_per_quarter: Record<
    string,
    { attainment: number; by_quarter: Record<string, { attainment: number }> }
  >;
}

/** Each figure, and the KPI that it is. */
const kpis = {
  revenue: 'revenue',
  won: 'sales-count',
  win_rate: 'win-rate',
  avg_sale: 'average-sale',
  cycle_days_won_mean: 'sales-cycle',
} as const satisfies Record<keyof Figures, string>;
const levels = { agent: 'member', manager: 'team', region: 'team', product: 'product' } as const;
const quarters = ['2017-Q1', '2017-Q2', '2017-Q3', '2017-Q4'];
const periods = [...quarters, '2016-10-01/2018-01-01'];

/** Money has four decimals, other figures as many as a number can hold. */
const about = (value: number | string | null | undefined) =>
  typeof value === 'number' || typeof value === 'string' ? Number(Number(value).toFixed(4)) : null;

(crmIsThere ? describe : describe.skip)(name, () => {
  let server: TestServer;
  let house: TestOrganisation;
  let expected: Expected;

  const mapping = (what: 'teams' | 'opportunities') =>
    JSON.parse(fs.readFileSync(crmMapping(what), 'utf8')) as object;
  const bring = (file: string, what: 'teams' | 'opportunities') =>
    imported(house.admin, fs.readFileSync(crmFile(file)), { mapping: mapping(what) });
  const groupsOf = (period: string) => expected.by_quarter[period] ?? expected.all;
  const byName = (rows: readonly ResultRow[]) =>
    new Map(rows.map((row) => [row.subject.label ?? '', row]));

  beforeAll(async () => {
    expected = JSON.parse(fs.readFileSync(crmFile('expected.json'), 'utf8')) as Expected;
    server = await startServer();
    house = await server.organisation([], { currency: 'USD', timeZone: 'America/New_York' });
    const people = await bring('sales_teams.csv', 'teams');
    expect(people.progress).toMatchObject({ rows: 35, recorded: 35, refused: 0 });
    const deals = await bring('sales_pipeline.csv', 'opportunities');
    // 500 prospects have no date at all; 8,300 deals opened, 4,238 were won and 2,473 lost.
    expect(deals.progress).toMatchObject({
      rows: 8800,
      skipped: 500,
      recorded: 15_011,
      refused: 0,
    });
  }, 60_000);
  afterAll(() => server.close());

  it('come in by the command as they do by the API', async () => {
    const env = { DATABASE_URL: server.databaseUrl };
    const owner = ['--organisation', house.id, '--mapping', crmMapping('opportunities')];
    const report = await cli(env, 'import', crmFile('sales_pipeline.csv'), ...owner);
    expect(report).toMatchObject({ rows: 8800, recorded: 0, unchanged: 15_011, refused: 0 });
  }, 60_000);

  it('make a tree of regions, of managers’ teams and of agents', async () => {
    const { body } = await house.admin.get<{
      items: { id: string; name: string; parentId: string }[];
    }>('/api/teams?limit=50');
    const nameOf = (id: string) => body.items.find((team) => team.id === id)?.name;
    const tree = body.items.map((team) => [nameOf(team.parentId), team.name]);
    expect(tree).toHaveLength(9);
    expect(tree).toContainEqual(['Central', 'Dustin Brinkmann']);
  });

  describe.each(periods)('in %s', (period) => {
    const query = (by: string) => `period=${encodeURIComponent(period)}&by=${by}&limit=1000`;

    it.each(Object.keys(levels) as (keyof typeof levels)[])('by %s', async (level) => {
      const groups = groupsOf(period)[level];
      for (const [figure, kpi] of Object.entries(kpis) as [keyof Figures, string][]) {
        const { rows } = await ask(house.admin, kpi, query(levels[level]));
        const found = byName(rows);
        const computed = Object.keys(groups).map((one) => [kpi, one, about(found.get(one)?.value)]);
        const wanted = Object.entries(groups).map(([one, values]) => [
          kpi,
          one,
          about(values[figure]),
        ]);
        expect(computed).toEqual(wanted);
      }
    });

    it('in all, and the ranks of agents', async () => {
      const { overall } = groupsOf(period) as { overall: Figures };
      const ranks = (expected.rank.quarter[period] ?? expected.rank.all).agent;
      for (const [figure, kpi] of Object.entries(kpis) as [keyof Figures, string][]) {
        const { rows, total } = await ask(house.admin, kpi, query('member'));
        expect([kpi, about(total['value'] as string)]).toEqual([kpi, about(overall[figure])]);
        const found = byName(rows);
        const computed = ranks[figure].map((place) => [
          kpi,
          place.name,
          found.get(place.name)?.rank,
        ]);
        expect(computed).toEqual(ranks[figure].map((place) => [kpi, place.name, place.rank]));
      }
    });
  });

  it.each(quarters.slice(1))('grow in %s as they did', async (period) => {
    const path = `period=${period}&by=member&compare=previous&limit=1000`;
    const found = byName((await ask(house.admin, 'revenue', path)).rows);
    const wanted = Object.entries(expected.growth_qoq[period]?.agent ?? {});
    const computed = wanted.map(([one]) => [one, about(found.get(one)?.compare?.change.value)]);
    expect(computed).toEqual(wanted.map(([one, { revenue }]) => [one, about(revenue.growth)]));
  });

  it('attain the targets that a file sets', async () => {
    const agents = Object.keys(expected.quota_50k_per_quarter);
    const lines = agents.flatMap((agent) =>
      quarters.map((quarter) => `${agent};${quarter};50 000,00`),
    );
    const targets = mappingSchema.parse({
      kind: 'targets',
      columns: { 'member.externalId': 'Commercial', period: 'Trimestre', value: 'Objectif' },
      constants: { kpi: 'revenue' },
      decimals: 'comma',
    });
    const text = `Commercial;Trimestre;Objectif\n${lines.join('\n')}\n`;
    const { progress } = await imported(house.admin, text, { mapping: targets });
    expect(progress).toMatchObject({ rows: 140, recorded: 140, refused: 0 });
    for (const period of [...quarters, '2017']) {
      const path = `period=${period}&by=member&limit=1000`;
      const found = byName((await ask(house.admin, 'target-attainment', path)).rows);
      const wanted = agents.map((agent) => {
        const quota = expected.quota_50k_per_quarter[agent];
        return [agent, about(quota?.by_quarter[period]?.attainment ?? quota?.attainment)];
      });
      expect(agents.map((agent) => [agent, about(found.get(agent)?.value)])).toEqual(wanted);
    }
  });
});
