import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const ENTRY = /index-[\w-]+\.js/g;

/** The client as another build would be: its first script has another name. */
export async function newerBuild(dist: string): Promise<string> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'palmares-newer-'));
  await cp(dist, place, { recursive: true });
  const html = await readFile(path.join(place, 'index.html'), 'utf8');
  const [entry = ''] = html.match(ENTRY) ?? [];
  const newer = entry.replace('.js', 'NEWER.js');
  for (const name of await readdir(place, { recursive: true })) {
    const file = path.join(place, name);
    // What was compressed says the names of before.
    if (/\.(br|gz)$/.test(name)) await rm(file);
    else if (/\.(js|html)$/.test(name)) {
      const text = await readFile(file, 'utf8');
      if (text.includes(entry)) await writeFile(file, text.replaceAll(entry, newer));
    }
  }
  await rename(path.join(place, 'assets', entry), path.join(place, 'assets', newer));
  return place;
}
