import path from 'node:path';
import i18n from '@intlify/unplugin-vue-i18n/vite';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const here = import.meta.dirname;
const server = `127.0.0.1:${process.env['PORT'] ?? '3000'}`;

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
