import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { complaintsOf, signInAs } from '../support/office.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
let reader: Reader;
/** A person is one in all organisations: each test has a manager of its own. */
let managers = 0;

beforeAll(async () => {
  server = await startServer({ CLIENT_DIST });
  server.clock.travelTo(new Date('2026-04-02T09:00:00Z'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  house = await server.organisation(['Inès Marchand', 'Karim Benali'], { name: 'Habitat Durable' });
  const email = `claire.${(managers += 1)}@example.com`;
  const memberId = await house.member('Claire Delmas', { email, roles: ['manager'] });
  await house.enter(memberId);
  await house.team('Ouest', ['Inès Marchand', 'Karim Benali'], { managers: [{ memberId }] });
  await house.record(
    sale('Inès Marchand', 42_000, { customer: 'Ker Breizh' }),
    sale('Karim Benali', 17_500, { customer: 'Mairie de Vannes' }),
  );
  reader = await Reader.open(browser, `${server.url}/sign-in`);
  await signInAs(reader, email);
});
afterEach(() => reader.page.context().close());

describe('a manager', () => {
  it('launches a challenge from a template, certifies it and sees the podium', async () => {
    const { page } = reader;
    await page.getByRole('link', { name: 'Studio' }).first().click();
    await page.getByRole('button', { name: 'Nouveau challenge' }).click();
    await page.getByRole('button', { name: /^Sprint au chiffre d’affaires/ }).click();
    await page.getByLabel('Nom du challenge').fill('Sprint de mars');
    await page.getByLabel('Premier jour').fill('2026-03-01');
    await page.getByLabel('Dernier jour inclus').fill('2026-02-01');
    await page.getByRole('button', { name: 'Continuer' }).click();
    await reader.sees('Le dernier jour vient avant le premier.');
    await page.getByLabel('Dernier jour inclus').fill('2026-03-31');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Continuer' }).click();

    await reader.sees('1 par tranche de 1 000 € de chiffre d’affaires net');
    await page.getByLabel('Pour chaque tranche de').fill('500');
    await reader.sees('1 par tranche de 500 € de chiffre d’affaires net');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Continuer' }).click();

    // Two compete for three places: a thousand points, six hundred, and the rest may not be won.
    await reader.sees('pas plus de 2 000 points avec 2 participants');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('button', { name: 'Réécrire la clause Objet' }).click();
    await page.getByLabel('En français').fill('Fêter le printemps.');
    await page.getByRole('button', { name: 'Garder ce texte' }).click();
    await reader.sees('Fêter le printemps.');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Continuer' }).click();

    await reader.sees('Points réservés');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Lancer le challenge' }).click();
    await reader.sees('2 participants entrent au classement et 2 000 points sont réservés');
    await page.getByRole('dialog').getByRole('button', { name: 'Lancer le challenge' }).click();

    await page.getByRole('cell', { name: 'À clôturer' }).waitFor();
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Sprint de mars' }).click();
    await reader.sees('1 600 points à verser à 2 gagnants');
    await reader.sees('Votre signature suffit : vous n’y gagnez rien.');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Signer et clore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Signer et clore' }).click();
    const podium = page.getByRole('region', { name: 'Podium' });
    await podium.getByText('1 600 points versés à 2 gagnants').waitFor();
    const texts = await podium.getByRole('listitem').allTextContents();
    const steps = texts.map((text) => text.replaceAll(/\s+/g, ' '));
    expect(steps[0]).toMatch(/1er.*Inès Marchand.*84.*1 000 points/s);
    expect(steps[1]).toMatch(/2e.*Karim Benali.*35.*600 points/s);
    expect(complaintsOf(reader)).toEqual([]);
  }, 60_000);

  it('revokes today the link of a screen that was made yesterday', async () => {
    const { page } = reader;
    const { token } = await house.boardLink(await house.challenge({ name: 'Sprint d’avril' }));
    const opened = async () => (await server.client(token).get('/api/board-link')).status;
    expect(await opened()).toBe(200);
    await page.goto(`${server.url}/studio`);
    await page.getByRole('button', { name: /Sprint d’avril/ }).click();
    await page.getByRole('menuitem', { name: 'Lien pour l’écran' }).click();
    await reader.sees(/Créé par une clé ou par le serveur/);
    await reader.sees(/Ouvert en dernier/);
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Créer le lien' }).click();
    await reader.sees(/Créé par Claire Delmas/);
    expect(await page.getByRole('textbox', { name: 'Sprint d’avril' }).inputValue()).toContain(
      '/tv#pal_board_',
    );
    await page.getByText('Téléphone ou ordinateur').click();
    expect(await page.getByRole('textbox', { name: 'Sprint d’avril' }).inputValue()).toContain(
      '/board#pal_board_',
    );
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: /^Révoquer : Créé par une clé/ }).click();
    await reader.sees('1 lien révoqué');
    expect(await opened()).toBe(401);
    expect(await reader.violations()).toEqual([]);
    expect(complaintsOf(reader)).toEqual([]);
  }, 60_000);

  it('goes from a figure of the cockpit down to the sale behind it', async () => {
    const { page } = reader;
    await page.waitForURL((url) => url.pathname === '/cockpit');
    await page.goto(`${server.url}/cockpit?period=2026-03`);
    await page.getByRole('button', { name: /^Chiffre d’affaires net.*59\s500\s€/s }).waitFor();
    await page.getByRole('button', { name: 'Ouest' }).click();
    await page.getByRole('cell', { name: 'Ker Breizh' }).waitFor();
    await page.getByRole('button', { name: 'Karim Benali' }).click();
    await page.getByRole('cell', { name: 'Ker Breizh' }).waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'Mairie de Vannes' }).waitFor();
    expect(await reader.violations()).toEqual([]);
    await page.goBack();
    await page.getByRole('cell', { name: 'Ker Breizh' }).waitFor();
    expect(complaintsOf(reader)).toEqual([]);
  }, 60_000);
});
