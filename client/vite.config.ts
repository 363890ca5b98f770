import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import i18n from '@intlify/unplugin-vue-i18n/vite';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const here = import.meta.dirname;
const server = `127.0.0.1:${process.env['PORT'] ?? '3000'}`;

/** What the server sends as it is, in the words of each browser: compressed once, here. */
function compressed(): Plugin {
  let dist = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => void (dist = path.resolve(config.root, config.build.outDir)),
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
          if (!/\.(js|css|html|svg|webmanifest)$/.test(name)) continue;
          const file = path.join(dist, name);
          const body = readFileSync(file);
          writeFileSync(`${file}.br`, brotliCompressSync(body));
          writeFileSync(`${file}.gz`, gzipSync(body));
        }
      },
    },
  };
}

export default defineConfig({
  root: here,
  plugins: [
    vue(),
    tailwindcss(),
    // Messages are compiled here: nothing is evaluated in the browser, which its policy forbids.
    i18n({
      include: path.join(here, 'src/i18n/*.json'),
      runtimeOnly: true,
      dropMessageCompiler: true,
      strictMessage: true,
    }),
    // The pages themselves, so that they open without a network; never what the server answers.
    VitePWA({
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'Palmarès',
        short_name: 'Palmarès',
        lang: 'fr',
        start_url: '/',
        display: 'standalone',
        theme_color: '#14213d',
        background_color: '#f7f4ec',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: '/icon-maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg}', '**/*latin-wght*.woff2'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/api/, /^\/socket\.io/],
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
    compressed(),
  ],
  resolve: {
    // The sources themselves, so that the page never runs yesterday's build of the core.
    alias: [
      {
        find: /^@palmares\/shared\/(.+)$/,
        replacement: `${path.resolve(here, '../shared/src')}/$1.ts`,
      },
    ],
  },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
  },
  build: {
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    sourcemap: true,
    // A font or picture inlined as data: would break the page's content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A schema that a page does not use is not fetched by it.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] } },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': `http://${server}`,
      '/socket.io': { target: `ws://${server}`, ws: true },
    },
  },
});
