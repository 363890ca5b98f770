import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RebuildService } from '@palmares/server/intake/rebuild.service';
import type { Client } from '../support/client.js';
import { Programme } from '../support/ledger.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;
let hr: Client;
let zoe: string;
let programme: Programme;

beforeAll(async () => {
  server = await startServer();
  house = await server.organisation();
  hr = await house.signIn('hr');
});
afterAll(() => server.close());

let members = 0;
beforeEach(async () => {
  zoe = await house.member(`zoe ${(members += 1)}`);
  programme = new Programme(server, house.id);
  await programme.reserve(1_000);
});

describe('the database', () => {
  it('refuses to change or delete a posting or a movement', async () => {
    await programme.settle(programme.due(zoe, 1));
    for (const table of ['posting', 'lot_movement']) {
      const statements = [`update ${table} set amount = 2`, `delete from ${table}`];
      for (const statement of [...statements, `truncate ${table}`]) {
        await expect(server.sql(statement)).rejects.toThrow(/append-only/);
      }
    }
  });

  it.each([
    ['update wallet set available = -1', /wallet_available/],
    ['update wallet set owed = 1', /wallet_owed/],
    ['update budget set balance = -1', /budget_balance/],
    ['update lot set held = -1', /lot_places/],
    ['update lot set available = amount + 1', /lot_amount/],
  ])('refuses %s', async (statement, name) => {
    await programme.settle(programme.due(zoe, 1));
    await expect(server.sql(statement)).rejects.toThrow(name);
  });
});

describe('the check of the ledger', () => {
  const wrong = async (what: string, statement: string, back: string) => {
    await server.sql(statement, [zoe]);
    const { body } = await hr.get<{ differences: number; first: { what: string }[] }>(
      '/api/ledger/check',
    );
    expect(body.differences).toBeGreaterThan(0);
    expect(body.first.map((one) => one.what)).toContain(what);
    await server.sql(back, [zoe]);
    await programme.expectClean();
  };

  it.each([
    ['sum', 'wallet', 'available = available + 1', 'available = available - 1'],
    ['wallet', 'wallet', 'held = held + 1', 'held = held - 1'],
    ['wallet-lots', 'lot', 'available = available - 1', 'available = available + 1'],
    ['lot', 'lot', 'held = held + 1, available = available - 1', 'held = 0, available = amount'],
    ['expired', 'lot', 'expired = 1, available = available - 1', 'expired = 0, available = amount'],
    ['lines', 'wallet', 'lines = lines + 1', 'lines = lines - 1'],
  ])('names a wrong %s in %s', async (what, table, change, back) => {
    await programme.settle(programme.due(zoe, 10));
    const where = `update ${table} set %s where member_id = $1`;
    await wrong(what, where.replace('%s', change), where.replace('%s', back));
  });

  it('names a budget that has another balance than its postings', async () => {
    await programme.settle(programme.due(zoe, 10));
    const change = (sign: string) =>
      `update budget set balance = balance ${sign} 1 where id = '${programme.budgetId}' and $1 <> ''`;
    await wrong('budget', change('-'), change('+'));
  });

  it('is part of the check by the command line', async () => {
    await programme.settle(programme.due(zoe, 10));
    await server.sql('update wallet set held = held + 1 where member_id = $1', [zoe]);
    const found = await server.app.get(RebuildService).check(house.id);
    expect(found.first).toContainEqual({
      what: 'wallet',
      subject: `${zoe} points held`,
      stored: 1,
      derived: 0,
    });
    await server.sql('update wallet set held = held - 1 where member_id = $1', [zoe]);
    expect(await server.app.get(RebuildService).check(house.id)).toMatchObject({ differences: 0 });
  });

  it('shows what every account has', async () => {
    const { body } = await hr.get<{ currencies: { currency: string; accounts: object }[] }>(
      '/api/ledger/check',
    );
    const [points] = body.currencies;
    const sum = Object.values(points?.accounts ?? {}).reduce((a: number, b: number) => a + b, 0);
    expect([points?.currency, sum]).toEqual(['points', 0]);
  });
});
