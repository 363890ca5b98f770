import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { crmFile, crmIsThere, crmMapping, sayCrmIsAbsent } from '../support/crm.js';
import { cli } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const name = 'the last quarter of a real CRM file';
if (!crmIsThere) sayCrmIsAbsent(name);

(crmIsThere ? describe : describe.skip)(name, () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer({ CLIENT_DIST });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it('has Darcel Schlecht on top of the page with 357.666', async () => {
    const house = await server.organisation([], { currency: 'USD', locale: 'en' });
    const env = { DATABASE_URL: server.databaseUrl };
    for (const [file, mapping] of [
      ['sales_teams.csv', 'people'],
      ['sales_pipeline.csv', 'won-deals'],
    ] as const) {
      const words = ['--organisation', house.id, '--mapping', crmMapping(mapping)];
      await cli(env, 'import', crmFile(file), ...words);
    }
    const rules = [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' }];
    const id = await house.challenge({ from: '2017-10-01', to: '2018-01-01', rules });
    const url = server.url + (await house.boardLink(id)).path;
    const reader = await Reader.open(browser, url, { locale: 'en-GB' });
    await reader.sees('Over, provisional ranking');
    const rows = await reader.rows();
    expect(rows).toHaveLength(35);
    expect(rows.slice(0, 2)).toEqual([
      ['1', 'Darcel Schlecht', '357.666'],
      ['2', 'Vicki Laflamme', '139.082'],
    ]);
    expect(reader.complaints).toEqual([]);
  });
});
