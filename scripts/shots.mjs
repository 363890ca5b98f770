// `npm run -s shots`: pictures of every screen in every state, in /contact-sheet. Needs no database.
// `npm run -s shots -- demo`: of the real product with its demo, those of the README among them.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { takeDemo } from '../test/support/contact-sheet/demo.mjs';
import { takeShots } from '../test/support/contact-sheet/run.mjs';
import { ensureReady } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { main } from './main.mjs';
import { root } from './process.mjs';

await main(async (args) => {
  await ensureReady();
  const { path: executablePath, reason } = await findChromium();
  if (!executablePath) throw new Error(reason);
  if (args[0] === 'demo') return demo(args.slice(1), executablePath);
  return takeShots(args, {
    dist: path.join(root, 'client/dist'),
    folder: path.join(root, 'contact-sheet'),
    executablePath,
  });
});

function demo(args, executablePath) {
  const options = { base: { type: 'string' }, only: { type: 'string', default: '' } };
  const { values } = parseArgs({ args, options });
  const only = values.only.split(',').filter(Boolean);
  const images = path.join(root, 'docs/images');
  const folder = path.join(root, 'contact-sheet/demo');
  return takeDemo({ root, folder, images, executablePath, base: values.base, only });
}
