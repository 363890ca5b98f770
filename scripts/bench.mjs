// `npm run -s bench -- list` and the like.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { main } from './main.mjs';
import { become, root } from './process.mjs';

await main(async (args) => {
  if (!existsSync(path.join(root, 'test/bench/run.mjs'))) throw new Error('No benchmark yet.');
  await ensureReady();
  return become('test/bench/run.mjs', args, { flags: ['--enable-source-maps'] });
});
