import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { crmFile, crmIsThere, crmMapping, sayCrmIsAbsent } from '../support/crm.js';
import { adminOf, bring, commit, complaintsOf, showsTable, signInAs } from '../support/office.js';
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

  it('has Darcel Schlecht on top of the page with 357.7', async () => {
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
    await reader.sees('Ended, provisional ranking');
    const rows = await reader.rows();
    expect(rows).toHaveLength(35);
    expect(rows.slice(0, 2)).toEqual([
      ['1', 'Darcel Schlecht', '357.7'],
      ['2', 'Vicki Laflamme', '139.1'],
    ]);
    expect(reader.complaints).toEqual([]);
  });

  it('is brought in by an admin in their browser, and gives its published figures', async () => {
    const house = await server.organisation([], { currency: 'USD' });
    server.clock.travelTo(new Date());
    await adminOf(house, 'claire@crm.example');
    const reader = await Reader.open(browser, `${server.url}/sign-in`);
    await signInAs(reader, 'claire@crm.example');
    const { page } = reader;
    await bring(reader, crmFile('sales_teams.csv'), 'members');
    await commit(reader);
    await bring(reader, crmFile('sales_pipeline.csv'), 'activities');
    await page.getByRole('button', { name: /^Importer \d/ }).click();
    await page.getByRole('progressbar', { name: 'Avancement de l’import' }).waitFor();
    await page.getByText('terminé', { exact: true }).waitFor();

    await page.goto(`${server.url}/imports`);
    await reader.sees('sales_teams.csv');
    await reader.sees('sales_pipeline.csv');

    const place = (code: string, query: string) => `${server.url}/kpis/${code}?${query}`;
    await page.goto(place('revenue', 'period=2017-Q4'));
    await showsTable(
      reader,
      ['1', 'Darcel Schlecht', '357 666 $US'],
      ['2', 'Vicki Laflamme', '139 082 $US'],
    );
    await reader.sees(/2\s802\s496\s\$US/);
    await page.goto(place('revenue', 'period=2017-Q4&by=product'));
    await reader.sees('GTX Basic');
    await page.goto(place('win-rate', 'period=2017-Q4&by=team'));
    // 249 won of 385 closed; a region is its managers' teams together.
    await showsTable(reader, ['1', 'Summer Sewald', '64,7 %', '249 ÷ 385']);
    await reader.sees('60,3 %');
    await page.getByRole('link', { name: 'Summer Sewald' }).click();
    await reader.sees('Carl Lin');
    expect(await page.getByText('Darcel Schlecht').count()).toBe(0);
    expect(complaintsOf(reader)).toEqual([]);
  }, 60_000);
});
