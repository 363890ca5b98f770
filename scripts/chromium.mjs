// The browser that the journeys drive: found, or fetched where that is ours to do.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { obtain } from './debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
];

/** `{ path }`, or `{ reason }` to tell the person who will miss the journeys. */
export async function findChromium({ install = true } = {}) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (runnable(given)) return { path: given };
    return { reason: `CHROMIUM_PATH is ${given}, which is not a program.` };
  }
  const found = search(NAMES) ?? APPLICATIONS.find(runnable);
  if (found) return { path: found };
  if (install && (await obtain('chromium', 'fonts-dejavu-core'))) {
    const installed = search(NAMES);
    if (installed) return { path: installed };
  }
  return {
    reason:
      'There is no Chromium or Chrome here. Install one (Debian: apt-get install chromium; ' +
      'macOS: brew install --cask chromium) or set CHROMIUM_PATH.',
  };
}

/** The first of these names on the search path. */
export function search(names) {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)].filter(Boolean);
  return names.flatMap((name) => folders.map((dir) => path.join(dir, name))).find(runnable);
}

function runnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
