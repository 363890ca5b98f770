import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import { PASSWORD, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const EXAMPLE = path.resolve(import.meta.dirname, '../../docs/example/opportunities.csv');

let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
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
  house = await server.organisation([], { name: 'Habitat Durable' });
});
afterEach(async () => {
  for (const { page } of readers) await page.context().close();
});

const adminOf = async (organisation: TestOrganisation, email: string) => {
  const id = await organisation.member('Claire Delmas', { email, roles: ['admin'] });
  await organisation.enter(id);
};

async function visit(place: string): Promise<Reader> {
  const reader = await Reader.open(browser, server.url + place);
  readers.push(reader);
  return reader;
}

async function signIn(email: string, password = PASSWORD): Promise<Reader> {
  const reader = await visit('/sign-in');
  await reader.page.getByLabel('Adresse e-mail').fill(email);
  await reader.page.getByLabel('Mot de passe').fill(password);
  await reader.page.getByRole('button', { name: 'Se connecter' }).click();
  return reader;
}

/** What a browser says of answers that are meant to be refusals is no complaint. */
const complaints = (reader: Reader) =>
  reader.complaints.filter((text) => !/status of (401|404|409|422)/.test(text));

/** Brings in a file, and waits for what would come of it. */
async function bring({ page }: Reader, file: string, kind: string): Promise<void> {
  await page.getByRole('link', { name: 'Imports' }).first().click();
  await page.getByLabel('Contenu').selectOption(kind);
  await page.getByLabel('Choisir un fichier').last().setInputFiles(file);
  await page.getByRole('heading', { name: 'Aperçu' }).waitFor();
}

const fill = ({ page }: Reader, column: string, field: string) =>
  page.getByLabel(`Ce que remplit la colonne ${column}`, { exact: true }).selectOption(field);

async function commit({ page }: Reader): Promise<void> {
  await page.getByRole('button', { name: /^Importer \d/ }).click();
  await page.getByText('terminé', { exact: true }).waitFor();
}

describe('an admin', () => {
  it('brings in people and their sales, and reads figures that say what they are', async () => {
    await adminOf(house, 'claire@example.com');
    const reader = await signIn('claire@example.com');
    const { page } = reader;
    await page.getByRole('heading', { name: 'Indicateurs' }).waitFor();

    await bring(reader, EXAMPLE, 'members');
    await page.screenshot({ path: '/tmp/pal-client/j1.png', fullPage: true });
  });
});
