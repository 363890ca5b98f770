// Every screen × state × size × theme × language as pictures, with what a browser and axe object to.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { scenes } from './scenes.mjs';
import { writeSheet } from './sheet.mjs';
import { shoot } from './shot.mjs';
import { serveSite } from './site.mjs';

const SIZES = {
  phone: { width: 360, height: 780 },
  desk: { width: 1440, height: 900 },
  screen: { width: 1280, height: 720 },
  tv: { width: 1920, height: 1080 },
  wall: { width: 3840, height: 2160 },
};

const list = (text) => text.split(',').filter(Boolean);

/** A scene that is made for other screens says for which. */
function framesOf(values, sizes) {
  const frames = [];
  for (const size of sizes ?? list(values.sizes))
    for (const theme of list(values.themes))
      for (const locale of list(values.locales))
        frames.push({ ...SIZES[size], size, theme, locale });
  return frames;
}

const options = {
  base: { type: 'string' },
  only: { type: 'string', default: '' },
  sizes: { type: 'string', default: 'phone,desk' },
  themes: { type: 'string', default: 'light,dark' },
  locales: { type: 'string', default: 'fr,en' },
  'full-page': { type: 'boolean', default: false },
  'no-axe': { type: 'boolean', default: false },
};

/**
 * @param place where the built client is, where pictures go, and the browser's program
 * @returns an exit code: 1 when anything was objected to
 */
export async function takeShots(args, { dist, folder, executablePath }) {
  const { values } = parseArgs({ args, options });
  const wanted = list(values.only);
  const chosen = scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const site = values.base ? { url: values.base, stop() {} } : await serveSite(dist);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath });
  const groups = [];
  let faulty = 0;
  try {
    for (const scene of chosen) {
      const shots = [];
      for (const frame of framesOf(values, scene.sizes)) {
        const label = `${scene.name} ${frame.size} ${frame.theme} ${frame.locale}`;
        const file = `${label.replaceAll(' ', '-')}.png`;
        const faults = await shoot(browser, site.url, {
          scene,
          frame,
          file: path.join(folder, file),
          full: values['full-page'],
          axe: !values['no-axe'],
        });
        for (const fault of faults) process.stdout.write(`${label}: ${fault}\n`);
        faulty += Number(faults.length > 0);
        shots.push({ file, label, faults, width: frame.size === 'phone' ? 180 : 420 });
      }
      groups.push({ name: scene.name, shots });
    }
    await writeSheet(browser, folder, groups);
  } finally {
    await browser.close();
    site.stop();
  }
  const count = groups.reduce((sum, { shots }) => sum + shots.length, 0);
  process.stdout.write(`${count} pictures, ${faulty} with something to object to.\n`);
  return faulty === 0 ? 0 : 1;
}
