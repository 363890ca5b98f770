import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import { crmFile, crmIsThere, crmMapping, sayCrmIsAbsent } from '../support/crm.js';
import type { TestOrganisation } from '../support/organisation.js';
import { cli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

const name = 'a real CRM file';
if (!crmIsThere) sayCrmIsAbsent(name);

interface Report {
  rows: number;
  skipped: number;
  recorded: number;
  revised: number;
  unchanged: number;
  refused: number;
}
interface Place {
  name: string;
  rank: number;
  value: number;
}
interface Expected {
  rank: { quarter: Record<string, { agent: { revenue: Place[] } }> };
}

const quarters = {
  '2017-Q1': { from: '2017-01-01', to: '2017-04-01' },
  '2017-Q2': { from: '2017-04-01', to: '2017-07-01' },
  '2017-Q3': { from: '2017-07-01', to: '2017-10-01' },
  '2017-Q4': { from: '2017-10-01', to: '2018-01-01' },
};
const thousands = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' };

(crmIsThere ? describe : describe.skip)(name, () => {
  let server: TestServer;
  let house: TestOrganisation;
  let expected: Expected;

  beforeAll(async () => {
    expected = JSON.parse(fs.readFileSync(crmFile('expected.json'), 'utf8')) as Expected;
    server = await startServer();
    house = await server.organisation([], { currency: 'USD', timeZone: 'America/New_York' });
  });
  afterAll(() => server.close());

  const load = (file: string, mapping: 'people' | 'won-deals') => {
    const words = ['--organisation', house.id, '--mapping', crmMapping(mapping)];
    const env = { DATABASE_URL: server.databaseUrl };
    return cli<Report>(env, 'import', crmFile(file), ...words);
  };
  const people = () => load('sales_teams.csv', 'people');
  const deals = () => load('sales_pipeline.csv', 'won-deals');
  const revenue = async () => {
    const [row] = await server.sql(
      `select count(*)::int as deals, (sum(amount) / 10000)::text as revenue from activity
       where organisation_id = $1 and superseded_seq is null`,
      [house.id],
    );
    return row;
  };

  it('brings in its people and its won deals, once', async () => {
    expect(await people()).toMatchObject({ rows: 35, recorded: 35, refused: 0 });
    expect(await deals()).toMatchObject({ rows: 8800, skipped: 4562, recorded: 4238, refused: 0 });
    expect(await revenue()).toEqual({ deals: 4238, revenue: expect.stringMatching(/^10005534\b/) });
  });

  it('changes nothing when it is imported again', async () => {
    const none = { recorded: 0, revised: 0, refused: 0 };
    expect(await people()).toMatchObject({ ...none, unchanged: 35 });
    expect(await deals()).toMatchObject({ ...none, unchanged: 4238 });
    expect(await revenue()).toMatchObject({ deals: 4238 });
  });

  it.each(Object.entries(quarters))(
    'ranks all agents in %s by revenue as others have computed',
    async (quarter, window) => {
      const id = await house.challenge({ ...window, rules: [thousands] });
      const { rows, status } = await house.admin.board(id);
      const places = rows.map(({ rank, subject, score }) => [subject.label, rank, score]);
      const wanted = expected.rank.quarter[quarter]?.agent.revenue ?? [];
      const computed = wanted.map((place) => [place.name, place.rank, String(place.value / 1000)]);
      expect(status).toBe('provisional');
      expect(wanted).toHaveLength(35);
      expect(new Set(places)).toEqual(new Set(computed));
    },
  );

  it('puts Darcel Schlecht first in the last quarter with 357.666', async () => {
    const id = await house.challenge({ ...quarters['2017-Q4'], rules: [thousands] });
    expect((await house.admin.board(id, '?limit=1')).rows).toMatchObject([
      { rank: 1, subject: { label: 'Darcel Schlecht' }, score: '357.666' },
    ]);
  });

  it('shares ranks by number of sales where it is said, and pools their prizes', async () => {
    const sales = { type: 'per-unit', kpi: 'sales-count', score: '1', per: '1', cap: '1000' };
    const points = Array.from({ length: 14 }, (_, place) => 1400 - place * 100);
    const id = await house.challenge({
      ...quarters['2017-Q4'],
      rules: [sales],
      ties: 'shared',
      payout: [{ kind: 'rank', points }],
    });
    const { rows } = await house.admin.board(id, '?limit=14');
    const ranks = rows.map(({ rank }) => rank);
    expect(ranks.slice(5, 8)).toEqual([6, 6, 8]);
    expect(ranks.slice(11, 14)).toEqual([12, 12, 14]);
    const path = `/api/challenges/${id}/certification`;
    const { body } = await house.admin.get<{ awards: { rank: number; points: number }[] }>(path);
    const given = (rank: number) =>
      body.awards.filter((award) => award.rank === rank).map((award) => award.points);
    expect([given(1), given(6), given(8), given(12)]).toEqual([
      [1400],
      [850, 850],
      [700],
      [250, 250],
    ]);
    expect((await house.certify(id)).status).toBe(200);
    expect((await house.certify(id)).status).toBe(409);
  });
});
