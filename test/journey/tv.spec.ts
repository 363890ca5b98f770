import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { addDays } from '@palmares/shared/time/day';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { newerBuild } from '../support/newer-build.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { spawnServer, type ServerProcess } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const today = new Date().toISOString().slice(0, 10);
const window = { name: 'Sprint d’automne', from: addDays(today, -10), to: addDays(today, 10) };
const SCREEN = { width: 1280, height: 720 };

let server: TestServer;
let other: ServerProcess;
let browser: Browser;
let house: TestOrganisation;
let link: { id: string; token: string };
let reader: Reader;

beforeAll(async () => {
  server = await startServer();
  server.clock.travelTo(new Date());
  const more = Array.from({ length: 12 }, (_, index) => `Personne ${index + 1}`);
  house = await server.organisation(['Léa Fontaine', 'Inès Marchand', ...more]);
  const challenge = await house.challenge(window);
  link = await house.boardLink(challenge);
  await sell('Léa Fontaine', 1500);
  await sell('Inès Marchand', 900);
  other = await spawnServer({ DATABASE_URL: server.databaseUrl, CLIENT_DIST });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await other.end('SIGTERM');
  await server.close();
});
afterEach(() => reader.page.context().close());

const sell = (name: string, amount: number) =>
  house.record(sale(name, amount, { occurredAt: addDays(today, -1) }));
const watch = async (viewport = SCREEN) =>
  (reader = await Reader.open(browser, `${other.url}/tv#${link.token}`, { viewport }));
const names = async () => (await reader.rows()).map(([, name]) => name);
const leaderIs = (name: string) => eventually(names, ([first]) => first === name, 30_000);

describe('a board on a wall', () => {
  it('is watched by a guest, fits, and cheers a new leader', async () => {
    await watch();
    await leaderIs('Léa Fontaine');
    expect(await names()).toHaveLength(10);
    await reader.sees('Places 1 à 10 sur 14');
    expect(await reader.violations()).toEqual([]);
    const spill = await reader.page.evaluate<boolean>(
      'document.documentElement.scrollHeight > innerHeight + 1 || document.documentElement.scrollWidth > innerWidth',
    );
    expect(spill).toBe(false);
    await sell('Inès Marchand', 1000);
    await reader.sees('Nouveau leader');
    await leaderIs('Inès Marchand');
    expect(reader.complaints).toEqual([]);
  });

  it('shows its last board as old while the server is away, and recovers by itself', async () => {
    await watch({ width: 3840, height: 2160 });
    await leaderIs('Inès Marchand');
    await reader.sees('En direct');
    await other.end('SIGTERM');
    await reader.sees(/Connexion perdue.*données à \d\d:\d\d/);
    await leaderIs('Inès Marchand');
    await sell('Léa Fontaine', 2000);
    const env = { DATABASE_URL: server.databaseUrl, CLIENT_DIST };
    other = await spawnServer({ ...env, PORT: new URL(other.url).port });
    await leaderIs('Léa Fontaine');
    await reader.sees('En direct');
  });

  it('goes on by itself in the page of a newer build, once the server has one', async () => {
    reader = await Reader.open(browser, `${other.url}/tv#${link.token}`, {
      viewport: SCREEN,
      serviceWorkers: 'allow',
    });
    await leaderIs('Léa Fontaine');
    await reader.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const script = () =>
      reader.page.evaluate<string>(`document.querySelector('script[type=module]').src`);
    const before = await script();
    const newer = await newerBuild(CLIENT_DIST);
    await other.end('SIGTERM');
    const port = new URL(other.url).port;
    const env = { DATABASE_URL: server.databaseUrl, PORT: port };
    other = await spawnServer({ ...env, CLIENT_DIST: newer });
    await eventually(
      () => script().catch(() => before),
      (now) => now.includes('NEWER'),
    );
    await leaderIs('Léa Fontaine');
    await reader.sees('En direct');
    await other.end('SIGTERM');
    other = await spawnServer({ ...env, CLIENT_DIST });
    await rm(newer, { recursive: true });
  }, 60_000);

  it('says so when its link is revoked, and shows nothing any more', async () => {
    await watch();
    await leaderIs('Léa Fontaine');
    await house.admin.delete(`/api/board-links/${link.id}`);
    await reader.sees('Ce lien n’ouvre plus de classement');
    expect(await reader.page.getByText('Léa Fontaine').count()).toBe(0);
    expect(await reader.violations()).toEqual([]);
  });
});
