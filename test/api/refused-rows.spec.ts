import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeXlsx } from 'hucre/xlsx';
import { imported } from '../support/import.js';
import type { TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
let house: TestOrganisation;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await server.organisation(['M001']);
});

const sales = {
  kind: 'activities',
  columns: {
    'member.externalId': 'Matricule',
    occurredAt: 'Date',
    customer: 'Client',
    amount: 'Montant',
  },
  constants: { source: 'file', externalId: '{N°}', type: 'deal.won' },
  decimals: 'comma',
};
const HEAD = 'N°;Date;Matricule;Client;Montant\n';
const refusedOf = async (id: string) =>
  (await house.admin.get<string>(`/api/imports/${id}/refused.csv`)).body;
describe('refused rows that are mended and brought again', () => {
  it('have the names and identities of the first file, without our apostrophes', async () => {
    const text = `${HEAD}-A12;02/03/2026;M001;+Simple Conseil;100\n-A13;31/02/2026;M001;+Simple Conseil;200\n`;
    const { id } = await imported(house.admin, text, { mapping: sales });
    const refused = await refusedOf(id);
    expect(refused).toContain(`"'-A13";"31/02/2026";"M001";"'+Simple Conseil";"200"`);
    const mended = refused.replace('31/02', '28/02');
    const again = await imported(house.admin, `\ufeff${mended}`, { mapping: sales });
    expect(again.progress).toMatchObject({ rows: 1, recorded: 1, refused: 0 });
    const whole = await imported(house.admin, text.replace('31/02', '28/02'), { mapping: sales });
    expect(whole.progress).toMatchObject({ recorded: 0, unchanged: 2 });
  });

  it('come back cell by cell, with breaks, marks and apostrophes of their own', async () => {
    const cells = ['\n=1+1', '\r=1', `'=2`, 'x,=1+1', 'x;\u00a0=1', 'dit "=1"', "'s-Hertogenbosch"];
    const rows = cells.map((cell) => `1;hier;M001;"${cell.replaceAll('"', '""')}";1\n`);
    const { id } = await imported(house.admin, HEAD + rows.join(''), { mapping: sales });
    const first = await refusedOf(id);
    const again = await imported(house.admin, `\ufeff${first}`, { mapping: sales });
    expect(again.progress).toMatchObject({ rows: cells.length, refused: cells.length });
    const kept = (importId: string) =>
      server.sql<{ customer: string }>(
        `select content::json ->> 3 as customer from import_refusal where import_id = $1 order by number`,
        [importId],
      );
    expect((await kept(id)).map(({ customer }) => customer)).toEqual(cells);
    expect(await kept(again.id)).toEqual(await kept(id));
  });

  it('of a workbook have the decimals that the mapping reads', async () => {
    const row = (day: string) => ['1', day, 'M001', 'Zed', 1.234];
    const file = await writeXlsx({
      sheets: [{ name: 'Mars', rows: [HEAD.trim().split(';'), row('31/02/2026')] }],
    });
    const { id } = await imported(house.admin, file, { name: 'mars.xlsx', mapping: sales });
    const mended = (await refusedOf(id)).replace('31/02', '28/02');
    expect(mended).toContain('"1,234"');
    await imported(house.admin, `\ufeff${mended}`, { mapping: sales });
    const [activity] = await server.sql<{ amount: string }>(
      'select amount::text as amount from activity where organisation_id = $1',
      [house.id],
    );
    expect(activity).toEqual({ amount: '12340' });
  });
});
