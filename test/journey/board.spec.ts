import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { addDays } from '@palmares/shared/time/day';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { spawnServer, type ServerProcess } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const today = new Date().toISOString().slice(0, 10);
const window = { name: 'Sprint d’automne', from: addDays(today, -10), to: addDays(today, 10) };

let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
let challenge: string;
let readers: Reader[];

beforeAll(async () => {
  server = await startServer({ CLIENT_DIST });
  server.clock.travelTo(new Date());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

beforeEach(async () => {
  readers = [];
  house = await server.organisation(['Léa Fontaine', 'Inès Marchand', 'Karim Benali']);
  challenge = await house.challenge(window);
  await sell('Léa Fontaine', '1500.25');
  await sell('Inès Marchand', 900);
});
afterEach(async () => {
  for (const { page } of readers) await page.context().close();
});

const sell = (name: string, amount: number | string) =>
  house.record(sale(name, amount, { occurredAt: addDays(today, -1) }));
const open = async (url: string, settings = {}) => {
  const reader = await Reader.open(browser, url, settings);
  readers.push(reader);
  return reader;
};
const link = async () => server.url + (await house.boardLink(challenge)).path;

describe('a board on the screen', () => {
  it('moves its rows on every page when a sale is posted, without a reload', async () => {
    const pages = [await open(await link()), await open(await link())];
    for (const page of pages) {
      await page.shows(
        ['1', 'Léa Fontaine', '1 500,2'],
        ['2', 'Inès Marchand', '900'],
        ['3', 'Karim Benali', '0'],
      );
      await page.sees('En direct');
      page.moves();
    }
    await sell('Karim Benali', '2000.5');
    for (const page of pages) {
      await page.shows(
        ['1', 'Karim Benali', '2 000,5'],
        ['2', 'Léa Fontaine', '1 500,2'],
        ['3', 'Inès Marchand', '900'],
      );
      await page.sees('arrive en tête');
      expect(page.moves()).toBe(0);
      expect(page.complaints).toEqual([]);
    }
  });

  it('says so in French or in English, as its reader likes', async () => {
    const reader = await open(await link(), { locale: 'en-GB' });
    const { page } = reader;
    await reader.sees('La mécanique');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Sprint d’automne');
    await reader.sees(/1 par tranche de 1\s€ de chiffre d’affaires net/);
    await page.getByRole('button', { name: 'EN, English' }).click();
    await reader.sees('How to score');
    await reader.sees('1 for each €1 of net revenue');
    await reader.shows(
      ['1', 'Léa Fontaine', '1,500.2'],
      ['2', 'Inès Marchand', '900'],
      ['3', 'Karim Benali', '0'],
    );
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await reader.sees('How to score');
    expect(reader.complaints).toEqual([]);
  });

  it.each([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 1440, height: 900 }],
    ['light', { width: 360, height: 780 }],
    ['dark', { width: 360, height: 780 }],
  ] as const)('is accessible in %s at %j, and fits', async (colorScheme, viewport) => {
    const reader = await open(await link(), { colorScheme, viewport });
    await reader.sees('Karim Benali');
    await reader.sees('En direct');
    expect(await reader.violations()).toEqual([]);
    const spill = await reader.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(spill).toBe(0);
    expect(reader.complaints).toEqual([]);
  });

  it('welcomes a newcomer by itself', async () => {
    const reader = await open(await link());
    await reader.sees('Karim Benali');
    await house.member('Zoé Nouvelle');
    await reader.sees('Zoé Nouvelle');
    expect(reader.complaints).toEqual([]);
  });

  it('closes when its link is revoked, and stays closed', async () => {
    const { id, path: place } = await house.boardLink(challenge);
    const reader = await open(server.url + place);
    await reader.sees('En direct');
    await house.admin.delete(`/api/board-links/${id}`);
    const closed = 'Ce lien n’ouvre plus de classement';
    await reader.sees(closed);
    expect(await reader.page.getByText('Léa Fontaine').count()).toBe(0);
    await reader.page.reload();
    await reader.sees(closed);
    expect(await reader.violations()).toEqual([]);
  });

  it('explains itself when there is no link', async () => {
    const reader = await open(`${server.url}/board`);
    await reader.sees('Il manque le lien du classement');
    await reader.page.goto(`${server.url}/nowhere`);
    await reader.sees('Cette page n’existe pas');
    expect(reader.complaints).toEqual([]);
  });

  it('tells no log and no server its token', async () => {
    const reader = await open(await link());
    const asked: string[] = [];
    reader.page.on('request', (request) => asked.push(request.url()));
    await reader.page.reload();
    await reader.sees('En direct');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((url) => url.replace(/#.*/, '').includes('pal_board_'))).toEqual([]);
  });
});

describe('a server that comes back', () => {
  it('finds its pages waiting, and moves them on', async () => {
    const env = { DATABASE_URL: server.databaseUrl, CLIENT_DIST };
    const key = await house.key('admin');
    const { token } = await house.boardLink(challenge);
    let other: ServerProcess | undefined = await spawnServer(env);
    try {
      const { url } = other;
      const reader = await open(`${url}/board#${token}`);
      await reader.sees('En direct');
      reader.moves();
      await other.end('SIGTERM');
      await reader.sees('Connexion perdue');
      expect((await reader.rows())[0]).toEqual(['1', 'Léa Fontaine', '1 500,2']);
      // What happens meanwhile is on the page afterwards.
      await sell('Inès Marchand', 1000);
      other = await spawnServer({ ...env, PORT: new URL(url).port });
      await reader.shows(
        ['1', 'Inès Marchand', '1 900'],
        ['2', 'Léa Fontaine', '1 500,2'],
        ['3', 'Karim Benali', '0'],
      );
      await reader.sees('En direct');
      const activities = [sale('Karim Benali', 5000, { occurredAt: addDays(today, -1) })];
      await new Client(url, key).post('/api/activities', { activities });
      await eventually(
        () => reader.rows(),
        (rows) => rows[0]?.[1] === 'Karim Benali',
      );
      expect(reader.moves()).toBe(0);
    } finally {
      await other?.end('SIGTERM');
    }
  });
});
