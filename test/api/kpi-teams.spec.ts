import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue } from '@palmares/shared/kpi/catalogue/registry';
import { parsePeriod, previousPeriod, type Period } from '@palmares/shared/time/period';
import { byHandSql, codesByHand } from '../support/kpi-by-hand.js';
import { ask } from '../support/kpi.js';
import type { TestOrganisation } from '../support/organisation.js';
import { formTeams, SalesYear, sellers } from '../support/sales-year.js';
import { startServer, type TestServer } from '../support/server.js';

const zones = ['Pacific/Pago_Pago', 'Europe/Paris', 'Pacific/Kiritimati'];
const periods = ['2026-01', '2025-12-15/2026-02-20'];

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

it('every KPI has been written by hand, but those that need targets', () => {
  const plain = [...catalogue.values()].filter(({ derives }) => !derives);
  expect(codesByHand.toSorted()).toEqual(plain.map(({ code }) => code).toSorted());
});

describe.each(zones)('in %s, by team', (timeZone) => {
  let house: TestOrganisation;
  const said: Record<string, Record<string, Record<string, number | null>>> = {};

  beforeAll(async () => {
    house = await server.organisation(sellers, { timeZone });
    await formTeams(house);
    await new SalesYear(zones.indexOf(timeZone) + 11).record(house, 90);
    for (const text of periods) {
      const period = parsePeriod(text) as Period;
      const before = previousPeriod(period).from;
      const values = [house.id, period.from, period.to, before, timeZone];
      const rows = await server.sql<{ id: string } & Record<string, number | null>>(
        byHandSql,
        values,
      );
      said[text] = Object.fromEntries(rows.map(({ id, ...figures }) => [id, figures]));
    }
  });

  it.each(codesByHand)('%s is what plain SQL makes of the raw rows', async (code) => {
    let something = false;
    for (const text of periods) {
      const { rows } = await ask(house.admin, code, `period=${text}&by=team`);
      expect(rows).toHaveLength(4);
      for (const { subject, value } of rows) {
        const expected = said[text]?.[subject.id ?? '']?.[code];
        const about = [text, subject.label];
        if (expected === null || value === null) {
          expect([...about, value]).toEqual([...about, expected]);
        } else {
          // Money is answered to four decimals, everything else to the last digit.
          const least = typeof value === 'string' ? 0.000_051 : 1e-9;
          expect(Math.abs(Number(value) - Number(expected))).toBeLessThan(least);
          something ||= Number(value) !== 0;
        }
      }
    }
    expect(something).toBe(true);
  });
});
