// `node scripts/icons.mjs`: the icons of the installed app, from the one drawing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { main } from './main.mjs';
import { root } from './process.mjs';

/** A launcher may cut a maskable icon to a circle: the drawing keeps away from its edge. */
const ICONS = [
  { file: 'icon-192.png', size: 192, inset: 0 },
  { file: 'icon-512.png', size: 512, inset: 0 },
  { file: 'icon-maskable-512.png', size: 512, inset: 0.1 },
  { file: 'apple-touch-icon.png', size: 180, inset: 0.04 },
];

await main(async () => {
  const { chromium } = createRequire(path.join(root, 'test/package.json'))('playwright-core');
  const { path: executablePath, reason } = await findChromium();
  if (!executablePath) throw new Error(reason);
  const folder = path.join(root, 'client/public');
  const drawing = readFileSync(path.join(folder, 'favicon.svg'), 'utf8');
  const browser = await chromium.launch({ executablePath });
  for (const { file, size, inset } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const ground = inset > 0 ? 'background:#14213d;' : '';
    await page.setContent(
      `<style>body{margin:0;${ground}}svg{display:block;width:${100 - 200 * inset}vw;margin:${100 * inset}vw}</style>${drawing}`,
    );
    const picture = path.join(folder, file);
    await page.screenshot({ path: picture, omitBackground: true });
    await page.close();
  }
  await browser.close();
  return 0;
});
