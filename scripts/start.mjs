// `npm start`: everything, on a machine that has only Node and npm.
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { main } from './main.mjs';
import { become, root } from './process.mjs';

await main(async (args) => {
  await ensureReady();
  return become('server/dist/main.js', args, {
    // Batches live briefly: a roomy nursery halves the time of the garbage collector.
    flags: ['--enable-source-maps', '--max-semi-space-size=64'],
    env: {
      NODE_ENV: process.env.NODE_ENV ?? 'production',
      CLIENT_DIST: process.env.CLIENT_DIST ?? path.join(root, 'client/dist'),
      DATA_DIR: process.env.DATA_DIR ?? path.join(root, '.data'),
    },
  });
});
