// `npm run -s bench -- list` and the like.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { main } from './main.mjs';
import { become, root } from './process.mjs';

await main(async (args) => {
  if (!existsSync(path.join(root, 'test/bench/run.mjs'))) throw new Error('No benchmark yet.');
  await ensureReady();
  const env = args[0] === 'client' ? await browser() : {};
  return become('test/bench/run.mjs', args, { flags: ['--enable-source-maps'], env });
});

async function browser() {
  const { path: executablePath, reason } = await findChromium();
  if (!executablePath) throw new Error(reason);
  return { CHROMIUM_PATH: executablePath };
}
