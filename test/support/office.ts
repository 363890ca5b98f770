// What an admin does on the screen, in a few words each.
import { PASSWORD, type TestOrganisation } from './organisation.js';
import type { Reader } from './browser.js';
import { eventually } from './eventually.js';

/** An admin who has chosen a password. */
export async function adminOf(organisation: TestOrganisation, email: string): Promise<void> {
  const id = await organisation.member('Claire Delmas', { email, roles: ['admin'] });
  await organisation.enter(id);
}

/** Signs in, from the page of the door. */
export async function signInAs({ page }: Reader, email: string): Promise<void> {
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(PASSWORD);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** What a browser says of answers that are meant to be refusals is no complaint. */
export const complaintsOf = (reader: Reader): string[] =>
  reader.complaints.filter((text) => !/status of (401|404|409|422)/.test(text));

/** Brings in a file, and waits for what would come of it. */
export async function bring({ page }: Reader, file: string, kind: string): Promise<void> {
  await page.getByRole('link', { name: 'Imports' }).first().click();
  await page.getByLabel('Contenu').selectOption(kind);
  await page.getByLabel('Choisir un fichier').last().setInputFiles(file);
  await page.getByRole('heading', { name: 'Aperçu' }).waitFor();
}

/** Says which field a column fills; none when it is empty. */
export const fill = ({ page }: Reader, column: string, field: string): Promise<string[]> =>
  page.getByLabel(`Ce que remplit la colonne ${column}`, { exact: true }).selectOption(field);

/** Writes what was previewed, and waits for the end. */
export async function commit({ page }: Reader): Promise<void> {
  await page.getByRole('button', { name: /^Importer \d/ }).click();
  await page.getByText('terminé', { exact: true }).waitFor();
}

/** The cells of the table on the page as they are read, without its heading. */
export const cellsOf = ({ page }: Reader): Promise<string[][]> =>
  page
    .getByRole('table')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('td')].map((cell) =>
          (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
        ),
      ),
    );

/** Waits until the table begins with these rows, as far as they say what is in them. */
export const showsTable = (reader: Reader, ...expected: string[][]): Promise<string[][]> =>
  eventually(
    async () =>
      (await cellsOf(reader))
        .slice(0, expected.length)
        .map((row, index) => row.slice(0, expected[index]?.length)),
    (rows) => JSON.stringify(rows) === JSON.stringify(expected),
  );
