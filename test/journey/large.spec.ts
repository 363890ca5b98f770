import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { PeopleService } from '@palmares/server/people/people.service';
import { memberEntrySchema } from '@palmares/shared/people/member';
import { addDays } from '@palmares/shared/time/day';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { complaintsOf, signInAs } from '../support/office.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const today = new Date().toISOString().slice(0, 10);
const COUNT = 620;

let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
let challenge: string;
let reader: Reader;

const nameOf = (place: number) => `Personne ${String(place).padStart(3, '0')}`;
const sell = (...sales: [name: string, amount: number][]) =>
  house.record(
    ...sales.map(([name, amount]) => sale(name, amount, { occurredAt: addDays(today, -1) })),
  );

beforeAll(async () => {
  server = await startServer({ CLIENT_DIST });
  server.clock.travelTo(new Date());
  browser = await openBrowser();
  house = await server.organisation();
  const places = Array.from({ length: COUNT }, (_none, index) => index + 1);
  const entries = places.map((place) => ({ externalId: nameOf(place), name: nameOf(place) }));
  const people = server.app.get(PeopleService);
  await people.saveMembers(
    house.id,
    entries.map((one) => memberEntrySchema.parse(one)),
  );
  await house.enter(await house.member('Léa Fontaine', { email: 'lea@large.example' }));
  const window = { from: addDays(today, -10), to: addDays(today, 10) };
  challenge = await house.challenge({ name: 'Le grand sprint', ...window });
  await sell(...places.map((place): [string, number] => [nameOf(place), 10 * (1000 - place)]));
  // Between the 299th and the 300th.
  await sell(['Léa Fontaine', 10 * (1000 - 299) - 5]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(() => reader.page.context().close());

describe('the board of six hundred', () => {
  it('is followed by frames of the best and by what one hears of oneself', async () => {
    reader = await Reader.open(browser, `${server.url}/sign-in`);
    const { page } = reader;
    await signInAs(reader, 'lea@large.example');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/board?')) asked.push(new URL(request.url()).search);
    });
    await page.goto(`${server.url}/challenges/${challenge}`);
    await reader.shows(
      ...[1, 2, 3, 4, 5].map((place) => row(place, nameOf(place), 1000 - place)),
      row(297, nameOf(297), 703),
      row(298, nameOf(298), 702),
      row(299, nameOf(299), 701),
      ['300', 'Vous · Léa Fontaine', '7 005'],
      row(301, nameOf(300), 700),
      row(302, nameOf(301), 699),
      row(303, nameOf(302), 698),
    );
    await reader.sees('En direct');
    expect(await reader.violations()).toEqual([]);
    // Everybody around passes by, one after the other, and the best change too.
    for (let place = 300; place < 330; place++) await sell([nameOf(place), 20]);
    await sell([nameOf(2), 500]);
    await reader.sees('Vous · Léa Fontaine');
    await sell(['Léa Fontaine', 60]);
    await page.locator(`li[data-member="${house.members['Léa Fontaine']}"] .rank`).waitFor();
    await page.getByText('7 065').first().waitFor();
    await page.getByText('10 480').first().waitFor();
    // A look at each, and another one once the line was open: everything else came by itself.
    expect(asked.filter((search) => search.includes('around=me')).length).toBeLessThanOrEqual(2);
    expect(asked.filter((search) => search.includes('offset=0')).length).toBeLessThanOrEqual(2);
    expect(complaintsOf(reader)).toEqual([]);
  }, 90_000);

  it('is read whole by whoever asks for it, and searched', async () => {
    const { token } = await house.boardLink(challenge);
    reader = await Reader.open(browser, `${server.url}/board#${token}`);
    const { page } = reader;
    await page.getByRole('button', { name: 'Voir les 621 participants' }).click();
    await page.locator('li[aria-setsize="621"]').first().waitFor();
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Voir les premiers seulement' }).click();
    await page.getByLabel('Chercher un nom').fill('personne 612');
    await reader.shows(row(613, nameOf(612), 1000 - 612));
    expect(reader.complaints).toEqual([]);
  }, 60_000);
});

const row = (place: number, name: string, tens: number): [string, string, string] => [
  String(place),
  name,
  new Intl.NumberFormat('fr-FR').format(10 * tens).replaceAll(/\s/g, ' '),
];
