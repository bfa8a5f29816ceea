import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page is built to static files that the server reads once; everything is a file of its own, because the CSP allows no inline script or style. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  build: {
    outDir: fileURLToPath(new URL('../../../dist/live/page', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
});
