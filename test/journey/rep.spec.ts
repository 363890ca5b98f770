import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import type { Board } from '@palmares/shared/board/board';
import type { Dispute } from '@palmares/shared/dispute/dispute';
import { addDays } from '@palmares/shared/time/day';
import { openBrowser, Reader, type Browser } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { complaintsOf, signInAs } from '../support/office.js';
import { PASSWORD, sale, type TestOrganisation } from '../support/organisation.js';
import { startServer, type TestServer } from '../support/server.js';

const CLIENT_DIST = path.resolve(import.meta.dirname, '../../client/dist');
const today = new Date().toISOString().slice(0, 10);
const yesterday = addDays(today, -1);

let server: TestServer;
let browser: Browser;
let house: TestOrganisation;
let manager: Client;
let challenge: string;
let readers: Reader[] = [];

const emailOf = (name: string) =>
  `${name.split(' ')[0]?.normalize('NFD').replace(/\W/g, '')}@rep.example`;

beforeAll(async () => {
  server = await startServer({ CLIENT_DIST });
  server.clock.travelTo(new Date());
  browser = await openBrowser();
  house = await server.organisation(['Hugo Pereira'], { name: 'Habitat Durable' });
  for (const name of ['Léa Fontaine', 'Inès Marchand']) {
    await house.enter(await house.member(name, { email: emailOf(name) }));
  }
  const marc = await house.member('Marc Vasseur', {
    email: 'marc@rep.example',
    roles: ['manager'],
  });
  manager = await house.enter(marc);
  await house.team('Lyon', ['Léa Fontaine', 'Inès Marchand'], {
    managers: [{ memberId: marc, from: null, to: null, standIn: false }],
  });
  challenge = await house.challenge({
    name: 'Sprint d’automne',
    from: addDays(today, -10),
    to: addDays(today, 10),
    rules: [{ type: 'per-unit', kpi: 'sales-count', score: '12', per: '1' }],
    payout: [{ kind: 'prize', place: 1, prize: 'Week-end à Lisbonne' }],
  });
  await sell('Léa Fontaine', 'Mme Perrin');
  await sell('Inès Marchand', 'SCI Les Tilleuls');
  await sell('Inès Marchand', 'M. Caron');
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
afterEach(async () => {
  for (const { page } of readers) await page.context().close();
  readers = [];
});

const sell = (name: string, customer: string) =>
  house.record(sale(name, 1000, { occurredAt: yesterday, customer }));

/** A rep who has signed in, on their first page. */
async function enter(name: string, settings = {}): Promise<Reader> {
  const reader = await Reader.open(browser, `${server.url}/sign-in`, settings);
  readers.push(reader);
  await signInAs(reader, emailOf(name));
  await reader.page.getByRole('heading', { name: /^Bonjour/ }).waitFor();
  return reader;
}

describe('two reps', () => {
  it('see their places move while they look, and how far the next one is', async () => {
    const [lea, ines] = [await enter('Léa Fontaine'), await enter('Inès Marchand')];
    for (const { page } of [lea, ines]) {
      await page
        .getByRole('main')
        .getByRole('link', { name: 'Sprint d’automne', exact: true })
        .click();
      await page.getByRole('heading', { level: 1, name: 'Sprint d’automne' }).waitFor();
    }
    await lea.shows(
      ['1', 'Inès Marchand', '24'],
      ['2', 'Vous · Léa Fontaine', '12'],
      ['3', 'Hugo Pereira', '0'],
    );
    await lea.sees('encore 2 ventes pour passer 1');
    await lea.sees('En direct');
    await ines.sees('En direct');
    expect(await lea.violations()).toEqual([]);
    for (const reader of [lea, ines]) reader.moves();

    await sell('Léa Fontaine', 'M. Roux');
    await lea.shows(
      ['1', 'Inès Marchand', '24'],
      ['1', 'Vous · Léa Fontaine', '24'],
      ['3', 'Hugo Pereira', '0'],
    );
    await sell('Léa Fontaine', 'M. Benali');
    await lea.shows(
      ['1', 'Vous · Léa Fontaine', '36'],
      ['2', 'Inès Marchand', '24'],
      ['3', 'Hugo Pereira', '0'],
    );
    await ines.shows(
      ['1', 'Léa Fontaine', '36'],
      ['2', 'Vous · Inès Marchand', '24'],
      ['3', 'Hugo Pereira', '0'],
    );
    await ines.sees('encore 2 ventes pour passer 1');
    for (const reader of [lea, ines]) {
      expect(reader.moves()).toBe(0);
      expect(complaintsOf(reader)).toEqual([]);
    }
  }, 45_000);
});

describe('a rep', () => {
  it('goes from the reason down to one sale, reports it, and reads the answer', async () => {
    const reader = await enter('Léa Fontaine');
    const { page } = reader;
    await page.goto(`${server.url}/challenges/${challenge}`);
    await page.getByRole('button', { name: /^12 par vente/ }).click();
    const tree = page.getByRole('dialog');
    const leaf = tree.getByRole('listitem').filter({ hasText: 'Mme Perrin' });
    await leaf.waitFor();
    const before = await house.admin.board(challenge);
    await leaf.getByRole('button', { name: 'Et sans elle' }).click();
    const own = (board: Board) =>
      board.rows.find(({ subject }) => subject.label === 'Léa Fontaine')?.score;
    const without = String(Number(own(before)) - 12);
    await leaf.getByText(`Sans elle : score ${without} · `).waitFor();
    expect(await reader.violations()).toEqual([]);

    await leaf.getByRole('button', { name: 'Signaler une erreur' }).click();
    const form = page.getByRole('dialog').last();
    await form.getByRole('button', { name: 'Envoyer' }).click();
    await form.locator('[aria-invalid=true]').waitFor();
    await form.getByLabel('Qu’est-ce qui ne va pas').fill('Le montant est faux.');
    await form.getByRole('button', { name: 'Envoyer' }).click();
    await page.waitForURL(/\/disputes\/mine$/);
    await reader.sees('En attente d’une réponse');
    expect(await reader.violations()).toEqual([]);

    const { body } = await manager.get<{ items: Dispute[] }>('/api/disputes?status=open');
    const [dispute] = body.items;
    expect(dispute).toMatchObject({ kind: 'wrong', text: 'Le montant est faux.' });
    const answer = { outcome: 'accepted', answer: 'Corrigé ce matin, merci.' };
    const resolved = await manager.post(`/api/disputes/${dispute?.id}/resolve`, answer);
    expect(resolved.status).toBe(200);
    // Nobody reloads: the answer, and the bell, come by themselves.
    await reader.sees('Corrigé ce matin, merci.');
    await page
      .getByRole('button', { name: /^Notifications, \d+ non lue/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByText(/réclamation sur .* est acceptée/)
      .click();
    await page.waitForURL(/\/disputes\/mine/);
    expect(complaintsOf(reader)).toEqual([]);
  }, 45_000);

  it('takes note of the règlement, and reads the day and the points on a phone', async () => {
    const viewport = { width: 360, height: 780 };
    const reader = await enter('Inès Marchand', { viewport, colorScheme: 'dark' });
    const { page } = reader;
    await reader.sees('Aucun objectif n’est fixé');
    await reader.sees('encore 2 ventes pour passer 1');
    // The first page is live too.
    await sell('Inès Marchand', 'Mme Nguyen');
    await reader.sees('36 points d’avance sur Hugo Pereira');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Challenges', exact: true }).click();
    const card = page.getByRole('link', { name: /^En direct .*Sprint d’automne/ });
    await card.getByText('Week-end à Lisbonne').waitFor();
    expect(await reader.violations()).toEqual([]);
    await card.click();
    await page.getByRole('button', { name: 'Lire le règlement' }).click();
    await page.getByRole('heading', { name: /^Règlement/ }).waitFor();
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'J’en ai pris connaissance' }).click();
    await reader.sees('Règlement lu le');
    expect(await reader.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Il manque une vente' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Envoyer' }).waitFor();
    expect(await reader.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Notifications/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Notifications' }).waitFor();
    expect(await reader.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Mes points' }).click();
    await reader.sees('Aucun mouvement');
    await reader.sees('Week-end à Lisbonne');
    expect(await reader.violations()).toEqual([]);
    const spill = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(spill).toBe(0);
    expect(complaintsOf(reader)).toEqual([]);
  }, 45_000);

  it('does all of it with the keyboard alone', async () => {
    const reader = await Reader.open(browser, `${server.url}/sign-in`);
    readers.push(reader);
    const { page } = reader;
    const keys = page.keyboard;
    /** Tabs on until something of this name has the focus, and shows it. */
    const reach = async (name: RegExp) => {
      const found = `(() => {
        const one = document.activeElement;
        const style = getComputedStyle(one);
        const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
        return [one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent, shown];
      })()`;
      for (let step = 0; step < 60; step++) {
        const [text, shown] = await page.evaluate<[string, boolean]>(found);
        if (name.test(text.replaceAll(/\s+/g, ' ').trim())) return expect(shown).toBe(true);
        await keys.press('Tab');
      }
      throw new Error(`Nothing called ${name} can be reached`);
    };
    await page.getByLabel('Adresse e-mail').waitFor();
    await reach(/^Adresse e-mail/);
    await keys.type(emailOf('Léa Fontaine'));
    await reach(/^Mot de passe/);
    await keys.type(PASSWORD);
    await keys.press('Enter');
    await page.getByRole('link', { name: 'Sprint d’automne', exact: true }).waitFor();
    await reach(/^Sprint d’automne$/);
    await keys.press('Enter');
    await page.getByRole('button', { name: /^12 par vente/ }).waitFor();
    await reach(/^12 par vente/);
    await keys.press('Enter');
    const tree = page.getByRole('dialog');
    await tree.getByRole('button', { name: 'Et sans elle' }).first().waitFor();
    await reach(/^Et sans elle/);
    await keys.press('Enter');
    await tree.getByText(/Sans elle.: score/).waitFor();
    await keys.press('Escape');
    await tree.waitFor({ state: 'detached' });
    // Back where the reader came from.
    await reach(/^12 par vente/);
    await reach(/^Lire le règlement|^Il manque une vente/);
    await keys.press('Enter');
    await page.getByRole('dialog').waitFor();
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaintsOf(reader)).toEqual([]);
  }, 60_000);
});
