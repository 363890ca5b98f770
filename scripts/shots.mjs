// `npm run -s shots`: pictures of every screen in every state, in /contact-sheet. Needs no database.
import path from 'node:path';
import { takeShots } from '../test/support/contact-sheet/run.mjs';
import { ensureReady } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { main } from './main.mjs';
import { root } from './process.mjs';

await main(async (args) => {
  await ensureReady();
  const { path: executablePath, reason } = await findChromium();
  if (!executablePath) throw new Error(reason);
  return takeShots(args, {
    dist: path.join(root, 'client/dist'),
    folder: path.join(root, 'contact-sheet'),
    executablePath,
  });
});
