import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { addDays } from '@palmares/shared/time/day';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { signInAs } from '../support/office.js';
import { eventually } from '../support/eventually.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const today = new Date().toISOString().slice(0, 10);
const window = { name: 'Sprint d’automne', from: addDays(today, -10), to: addDays(today, 10) };

let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
let challenge: string;
let reader: Reader;

beforeAll(async () => {
  server = await startServer({ CLIENT_DIST });
  server.clock.travelTo(new Date());
  house = await server.organisation([]);
  for (const [name, email] of [
    ['Léa Fontaine', 'lea@example.com'],
    ['Inès Marchand', 'ines@example.com'],
  ] as const) {
    await house.enter(await house.member(name, { email }));
  }
  challenge = await house.challenge(window);
  await house.record(sale('Léa Fontaine', 1500, { occurredAt: addDays(today, -1) }));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(() => reader.page.context().close());

const open = async (place: string) =>
  (reader = await Reader.open(browser, server.url + place, { serviceWorkers: 'allow' }));
/** The page is on this device, with all that it is made of. */
const installed = () =>
  reader.page.evaluate<boolean>('navigator.serviceWorker.ready.then((one) => Boolean(one.active))');
/** Everything that the caches of this device hold of the server’s answers. */
const keptText = () =>
  reader.page.evaluate<string>(`(async () => {
    let text = '';
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        if (request.url.includes('/api/')) text += await (await caches.match(request)).text();
    return text;
  })()`);

describe('a page without a network', () => {
  it('opens with the last board, and says of when it is', async () => {
    const { token } = await house.boardLink(challenge);
    await open(`/board#${token}`);
    await reader.sees('En direct');
    await installed();
    await eventually(keptText, (text) => text.includes('Léa Fontaine'));
    await reader.page.context().setOffline(true);
    await reader.page.reload();
    await reader.sees(/Hors ligne.*date de \d\d:\d\d/);
    await eventually(
      () => reader.rows(),
      ([first]) => first?.[1] === 'Léa Fontaine',
    );
    expect(await reader.violations()).toEqual([]);
    await reader.page.context().setOffline(false);
    await reader.sees('En direct');
  });

  it('begins the day with the last known place, and says that the line is cut', async () => {
    await open('/sign-in');
    await signInAs(reader, 'lea@example.com');
    const hero = reader.page.getByRole('main').getByRole('listitem').first();
    await hero.getByText('En direct').waitFor();
    await installed();
    await eventually(keptText, (text) => text.includes('"place":{'));
    // The proof of the session is not among what the device keeps.
    expect(await keptText()).not.toContain('csrf');
    await reader.page.context().setOffline(true);
    await hero.getByText('Hors ligne').waitFor();
    await reader.page.reload();
    await reader.sees(/Hors ligne.*date de \d\d:\d\d/);
    await hero.getByText('Ma place').waitFor();
    expect(await reader.violations()).toEqual([]);
  });

  it('keeps nothing of whoever has signed out for whoever comes next', async () => {
    await open('/sign-in');
    await signInAs(reader, 'lea@example.com');
    await reader.page.goto(`${server.url}/challenges/${challenge}`);
    await installed();
    await eventually(keptText, (text) => text.includes('Léa Fontaine') && text.includes('lea@'));
    await reader.page.context().setOffline(true);
    await reader.page.reload();
    await reader.sees(/Hors ligne/);
    await reader.page.context().setOffline(false);
    await reader.page.goto(`${server.url}/challenges/${challenge}`);
    await reader.page
      .getByRole('button', { name: /Léa Fontaine/ })
      .first()
      .click();
    await reader.page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await reader.page.waitForURL(/sign-in/);
    await eventually(keptText, (text) => text === '');
    await signInAs(reader, 'ines@example.com');
    await eventually(keptText, (text) => text.includes('ines@example.com'));
    expect(await keptText()).not.toContain('lea@example.com');
    await reader.page.context().setOffline(true);
    await reader.page.goto(`${server.url}/challenges/${challenge}`);
    await reader.page.locator('h1').first().waitFor();
    expect(await reader.page.getByText('Vous · Léa').count()).toBe(0);
  });
});
