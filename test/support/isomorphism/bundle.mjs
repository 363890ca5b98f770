// Prints the bundle of the core for a page, made by the client's own builder with its settings.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const client = path.resolve(here, '../../../client');
const vite = createRequire(path.join(client, 'package.json')).resolve('vite');
const { build } = await import(pathToFileURL(vite).href);

const [out] = await build({
  configFile: path.join(client, 'vite.config.ts'),
  logLevel: 'silent',
  publicDir: false,
  build: {
    write: false,
    sourcemap: false,
    lib: { entry: path.join(here, 'page.ts'), formats: ['iife'], name: 'palmares' },
  },
});
process.stdout.write(out.output[0].code);
