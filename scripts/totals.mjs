// What a run counted, for whoever runs several and adds them up.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './process.mjs';

export const totalsFile = (name) => path.join(root, '.cache', `totals-${name}.json`);

export function writeTotals(name, totals) {
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  writeFileSync(totalsFile(name), JSON.stringify(totals));
}
