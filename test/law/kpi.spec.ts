import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { selected, toActivity, type ActivityRow } from '@palmares/server/activity/activity-row';
import { Database } from '@palmares/server/platform/database';
import type { Activity } from '@palmares/shared/activity/activity';
import { allot } from '@palmares/shared/activity/credit';
import { UNKNOWN, type Breakdown } from '@palmares/shared/kpi/breakdown';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { needsHistory } from '@palmares/shared/kpi/kpi';
import { teamOn, type Membership } from '@palmares/shared/people/membership';
import { lineOf, type Team } from '@palmares/shared/people/team';
import { parsePeriod, type Period } from '@palmares/shared/time/period';
import fc from 'fast-check';
import { resultsBy } from '../../shared/src/kpi/result.arbitrary.js';
import { ask, type ResultRow } from '../support/kpi.js';
import type { TestOrganisation } from '../support/organisation.js';
import { formTeams, SalesYear, sellers } from '../support/sales-year.js';
import { startServer, type TestServer } from '../support/server.js';

const zones = ['Pacific/Pago_Pago', 'Europe/Paris', 'Pacific/Kiritimati'];
const bys: Breakdown[] = ['member', 'team', 'channel', 'product', 'customer'];
const periods = ['2026-Q1', '2026-01', '2026-W07', '2025-12-15/2026-02-20'];
const kpis = [...catalogue.values()].filter(({ derives }) => !derives);

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

it('the database allots shares as the pure function does', async () => {
  const weights = fc
    .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 5 })
    .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 10_000])
    .map((cuts) => cuts.slice(1).map((cut, at) => cut - (cuts[at] ?? 0)));
  const total = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.nat({ max: 1e13 }));
  const cases = fc.sample(fc.tuple(total, weights), 500);
  const [row] = await server.sql<{ parts: number[][] }>(
    `select json_agg((select json_agg(share_of(total, shares, place) order by place)
       from jsonb_array_elements(shares) with ordinality as one (share, place)) order by number)
       as parts
     from unnest($1::bigint[], $2::jsonb[]) with ordinality as given (total, shares, number)`,
    [
      cases.map(([amount]) => amount),
      cases.map(([, parts]) => JSON.stringify(parts.map((weight) => ['somebody', weight]))),
    ],
  );
  expect(row?.parts).toEqual(cases.map(([amount, parts]) => allot(amount, parts)));
});

describe.each(zones)('in %s, what SQL says is what the pure functions say:', (timeZone) => {
  let house: TestOrganisation;
  let activities: Activity[];
  let teamsOf: (memberId: string, day: string) => readonly string[];

  beforeAll(async () => {
    house = await server.organisation(sellers, { timeZone });
    await formTeams(house);
    await new SalesYear(zones.indexOf(timeZone) + 1).record(house, 120);
    activities = await counting(house.id);
    teamsOf = await membershipsOf(house.id);
  });

  const counting = async (id: string) => {
    const rows = await server.app.get(Database).read((tx) =>
      tx.rows<ActivityRow>(
        `select ${selected} from activity where organisation_id = $1
           and superseded_seq is null and not void and not withheld`,
        [id],
      ),
    );
    return rows.map(toActivity);
  };

  const membershipsOf = async (id: string) => {
    const stays = await server.sql<Membership>(
      `select member_id as "memberId", team_id as "teamId", from_day::text as "from",
         to_day::text as "to" from team_member where organisation_id = $1`,
      [id],
    );
    const teams = await server.sql<Team>(
      'select id, parent_id as "parentId" from team where organisation_id = $1',
      [id],
    );
    return (memberId: string, day: string) => {
      const team = teamOn(
        stays.filter((stay) => stay.memberId === memberId),
        day,
      );
      return team === undefined ? [] : lineOf(teams, team);
    };
  };

  it.each(kpis)('$code', async (kpi) => {
    for (const [index, text] of periods.entries()) {
      const period = parsePeriod(text) as Period;
      const whole = plain(resultsBy(kpi, period, activities)());
      for (const by of new Set<Breakdown>(['team', bys[index] ?? 'member'])) {
        const { rows, total } = await ask(house.admin, kpi.code, `period=${text}&by=${by}`);
        const said = resultsBy(kpi, period, activities, { by, teamsOf });
        const about = (label: string | null, figure: Plain) => [text, by, label, plain(figure)];
        expect([text, by, plain(total as never)]).toEqual([text, by, whole]);
        for (const row of rows) {
          const { id, label } = row.subject;
          expect(about(label, row)).toEqual(about(label, said(id ?? UNKNOWN)));
        }
        const ranks = rows.map(({ rank }) => rank);
        if (!needsHistory(kpi)) expect(ranksOf(rows, kpi.direction)).toEqual(ranks);
      }
    }
  });
});

type Plain = Pick<ResultRow, 'value' | 'reason' | 'numerator' | 'denominator' | 'count'>;
const plain = ({ value, reason, numerator, denominator, count }: Plain) => {
  return { value, reason, numerator, denominator, count };
};

/** One more than how many are better. */
function ranksOf(rows: readonly ResultRow[], direction: 'higher' | 'lower'): (number | null)[] {
  const numbers = rows.map(({ value }) => (value === null ? null : Number(value)));
  const better = (a: number, b: number) => (direction === 'higher' ? a > b : a < b);
  return numbers.map((own) =>
    own === null
      ? null
      : 1 + numbers.filter((other) => other !== null && better(other, own)).length,
  );
}
