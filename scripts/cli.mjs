// `npm run -s cli -- …`: a command beside a running server, or without one.
import path from 'node:path';
import { ensureReady } from './build.mjs';
import { main } from './main.mjs';
import { become, root } from './process.mjs';

await main(async (args) => {
  await ensureReady({ client: false });
  return become('server/dist/cli.js', args, {
    flags: ['--enable-source-maps'],
    env: {
      NODE_ENV: process.env.NODE_ENV ?? 'production',
      DATA_DIR: process.env.DATA_DIR ?? path.join(root, '.data'),
    },
  });
});
