import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { spawnServer, type ServerProcess } from '../support/process.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');

let browser: Browser;
let demo: ServerProcess;
let dir: string;
let reader: Reader;

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'palmares-demo-'));
  fs.chmodSync(dir, 0o711);
  browser = await openBrowser();
  demo = await spawnServer({ DATA_DIR: dir, DEMO: '', CLIENT_DIST });
});
afterAll(async () => {
  await browser.close();
  await demo.end('SIGTERM');
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});
afterEach(() => reader.page.context().close());

const open = async () => (reader = await Reader.open(browser, demo.url, { locale: 'fr-FR' }));
/** Who is not signed in is told so, and the browser says that too. */
const complaints = () => reader.complaints.filter((text) => !/\b401\b/.test(text));
const live = () => reader.page.getByRole('link', { name: 'Voir le classement en direct' });

describe('the first start', () => {
  it('leads from / to the people of the demo, and from there to a board that moves', async () => {
    await open();
    await reader.page.waitForURL(/\/sign-in$/);
    await live().waitFor({ timeout: 45_000 });
    expect(await reader.violations()).toEqual([]);
    await live().click();
    await reader.page.waitForURL(/\/board#pal_board_/);
    await eventually(
      () => reader.rows(),
      (rows) => rows.length > 40,
    );
    await reader.sees('Maison Durable');
    await reader.sees('En direct');
    const moves = reader.page.getByRole('region', { name: 'Derniers mouvements' });
    await moves.getByRole('listitem').first().waitFor({ timeout: 30_000 });
    expect(complaints()).toEqual([]);
  });

  it.each(['Léa Fontaine', 'Claire Aubry', 'Sylvie Nadeau', 'Paul Rivière'])(
    'lets anybody in as %s',
    async (name) => {
      await open();
      await reader.page.getByRole('button', { name: new RegExp(`Entrer comme ${name}`) }).click();
      await reader.page.waitForURL((url) => !/sign-in/.test(url.pathname));
      await reader.page.locator('h1').first().waitFor();
      expect(await reader.violations()).toEqual([]);
      expect(complaints()).toEqual([]);
    },
  );
});
