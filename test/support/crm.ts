import fs from 'node:fs';
import path from 'node:path';

/** A public set that is not ours to ship: it lies beside the checkout, or it does not. */
const folder = path.resolve(import.meta.dirname, '../../../shared/data/crm-sales-opportunities');

export const crmFile = (file: string) => path.join(folder, file);
export const crmIsThere = fs.existsSync(crmFile('expected.json'));
export const crmMapping = (what: 'people' | 'teams' | 'won-deals' | 'opportunities') =>
  path.join(import.meta.dirname, 'crm', `${what}.mapping.json`);

export const sayCrmIsAbsent = (what: string) =>
  process.stderr.write(`Skipped: ${what}. There is no ../shared/data here.\n`);
