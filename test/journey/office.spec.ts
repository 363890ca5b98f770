import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import {
  adminOf,
  bring,
  commit,
  complaintsOf,
  fill,
  showsTable,
  signInAs,
} from '../support/office.js';
import { sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const EXAMPLE = path.resolve(import.meta.dirname, '../../docs/example/opportunities.csv');

let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
let readers: Reader[];
/** A person is one in all organisations: each test has an admin of its own. */
let email: string;
let admins = 0;

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
  email = `claire.${(admins += 1)}@example.com`;
  house = await server.organisation([], { name: 'Habitat Durable' });
});
afterEach(async () => {
  for (const { page } of readers) await page.context().close();
});

async function visit(place: string): Promise<Reader> {
  const reader = await Reader.open(browser, server.url + place);
  readers.push(reader);
  return reader;
}

/** The admin of this test, on their first page. */
async function signIn(): Promise<Reader> {
  const reader = await visit('/sign-in');
  await signInAs(reader, email);
  return reader;
}

describe('an admin', () => {
  it('brings in people and their sales, and reads figures that say what they are', async () => {
    await adminOf(house, email);
    const reader = await signIn();
    const { page } = reader;
    await page.getByRole('heading', { name: 'Personnes' }).waitFor();

    await bring(reader, EXAMPLE, 'members');
    await commit(reader);
    await reader.sees('Enregistrées');

    await bring(reader, EXAMPLE, 'activities');
    // The people of this file are known by their e-mail.
    await fill(reader, 'owner', '');
    await fill(reader, 'owner_email', 'member.email');
    await page.getByText('dont en attente').locator('..').getByText('0', { exact: true }).waitFor();
    expect(await reader.violations()).toEqual([]);
    await commit(reader);

    await page.goto(`${server.url}/kpis?period=2025-Q4&search=net`);
    await page.getByRole('link', { name: /^Chiffre d’affaires net/ }).click();
    await showsTable(
      reader,
      ['1', 'Thomas Le Goff', '39 670,00 €'],
      ['2', 'Karim Benali', '38 550,00 €'],
      ['3', 'Léa Fontaine', '31 020,50 €'],
      ['4', 'Inès Marchand', '30 300,00 €'],
      ['5', 'Maëlle Caron', '9 875,00 €'],
    );
    await reader.sees('ventes − remboursements');
    expect(await reader.violations()).toEqual([]);

    await page.getByLabel('Réparti par').selectOption('product');
    await reader.sees('PAC');
    await page.goBack();
    await reader.sees('Karim Benali');
    expect(complaintsOf(reader)).toEqual([]);
  }, 60_000);

  it('sets a target in its place, and sees how far it is', async () => {
    await adminOf(house, email);
    await house.member('Zoé Nouvelle');
    await house.record(sale('Zoé Nouvelle', 750, { occurredAt: '2026-03-02' }));
    const reader = await signIn();
    const { page } = reader;
    await page.goto(`${server.url}/targets?period=2026-03`);
    await page.getByRole('button', { name: /^Objectif de Zoé Nouvelle/ }).click();
    await page.getByLabel('Objectif de Zoé Nouvelle', { exact: true }).fill('mille');
    await page.keyboard.press('Enter');
    await reader.sees('Un nombre est attendu.');
    await page.getByLabel('Objectif de Zoé Nouvelle', { exact: true }).fill('1 000');
    await page.keyboard.press('Enter');
    await showsTable(reader, ['Zoé Nouvelle', '1 000 €']);
    await page.goto(`${server.url}/kpis/target-attainment?period=2026-03`);
    await showsTable(reader, ['1', 'Zoé Nouvelle', '75,0 %']);
    expect(complaintsOf(reader)).toEqual([]);
  });

  it('makes a key that works, until it is revoked', async () => {
    await adminOf(house, email);
    const reader = await signIn();
    const { page } = reader;
    await page.getByRole('link', { name: 'Clés d’API' }).click();
    await page.getByRole('button', { name: 'Créer une clé' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Créer la clé' }).click();
    await reader.sees('À remplir.');
    await dialog.getByLabel('Nom').fill('CRM');
    await dialog.getByLabel('Lire').check();
    await dialog.getByRole('button', { name: 'Créer la clé' }).click();
    const key = await dialog.getByLabel('Votre clé').inputValue();
    await dialog.getByRole('button', { name: 'Fermer' }).first().click();
    expect((await server.client(key).get('/api/members')).status).toBe(200);

    await page.getByRole('button', { name: 'Révoquer CRM' }).click();
    const sure = page.getByRole('button', { name: 'Révoquer', exact: true });
    expect(await sure.isDisabled()).toBe(true);
    await page.getByLabel(/^Pour confirmer/).fill('révoquer');
    await sure.click();
    await reader.sees('La clé CRM est révoquée.');
    expect((await server.client(key).get('/api/members')).status).toBe(401);
    expect(complaintsOf(reader)).toEqual([]);
  });

  it('invites somebody, who chooses a password and comes in', async () => {
    await adminOf(house, email);
    const reader = await signIn();
    const { page } = reader;
    await page.getByRole('link', { name: 'Personnes' }).first().click();
    await page.getByRole('button', { name: 'Ajouter une personne' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom').fill('Léa Fontaine');
    await dialog.getByLabel('Adresse e-mail').fill('lea@example.com');
    await dialog.getByRole('button', { name: 'Ajouter', exact: true }).click();
    await page.getByRole('button', { name: 'Créer le lien d’invitation' }).click();
    const link = await page.getByLabel('Lien personnel').inputValue();
    expect(await reader.violations()).toEqual([]);

    const guest = await visit(new URL(link).pathname + new URL(link).hash);
    await guest.sees('Habitat Durable vous invite. Choisissez un mot de passe pour entrer.');
    await guest.page.getByLabel('Nouveau mot de passe').fill('court');
    await guest.page.getByRole('button', { name: 'Enregistrer et entrer' }).click();
    await guest.page.locator('[aria-invalid=true]').waitFor();
    await guest.page.getByLabel('Nouveau mot de passe').fill('trois petits chats');
    await guest.page.getByRole('button', { name: 'Enregistrer et entrer' }).click();
    await guest.page.getByRole('heading', { name: 'Bonjour Léa' }).waitFor();
    // A rep sees figures, and none of the rooms of the admins.
    expect(await guest.page.getByRole('link', { name: 'Clés d’API' }).count()).toBe(0);
    await guest.page.goto(`${server.url}/keys`);
    await guest.sees('Cette page n’est pas ouverte à votre rôle');

    await guest.page.getByRole('button', { name: /^Compte de/ }).click();
    await guest.page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
    await guest.page.getByRole('heading', { name: 'Chaque vente compte' }).waitFor();
    await guest.page.goto(`${server.url}/kpis`);
    await guest.page.getByRole('button', { name: 'Se connecter' }).waitFor();
    expect([...complaintsOf(reader), ...complaintsOf(guest)]).toEqual([]);
  });

  it('goes from one organisation to another, and takes nothing along', async () => {
    const other = await server.organisation([], { name: 'Maison Durable' });
    await adminOf(house, email);
    await adminOf(other, email);
    await house.member('Karim Benali');
    await other.member('Nora El Fassi');
    const reader = await signIn();
    const { page } = reader;
    await reader.sees(/Où allez-.vous aujourd’hui/);
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: /Habitat Durable/ }).click();
    await page.getByRole('link', { name: 'Personnes' }).first().click();
    await reader.sees('Karim Benali');
    await page.getByRole('button', { name: /^Compte de/ }).click();
    await page.getByRole('menuitem', { name: 'Maison Durable' }).click();
    await page.getByRole('link', { name: 'Personnes' }).first().click();
    await reader.sees('Nora El Fassi');
    expect(await page.getByText('Karim Benali').count()).toBe(0);
    expect(complaintsOf(reader)).toEqual([]);
  });
});

describe('the page of a board', () => {
  it('stays light, whatever the rest of the product weighs', async () => {
    const id = await house.challenge();
    const reader = await visit('/nowhere');
    const asked = new Set<string>();
    reader.page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    await reader.page.goto(server.url + (await house.boardLink(id)).path);
    await reader.page.reload();
    await reader.sees('Classement');
    await reader.page.waitForLoadState('networkidle');
    const weights = [...asked]
      .filter((place) => /^\/assets\/.*\.(js|css)$/.test(place))
      .map((place) => gzipSync(fs.readFileSync(CLIENT_DIST + place)).length);
    expect(weights.length).toBeGreaterThan(3);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(170 * 1024);
  });
});
