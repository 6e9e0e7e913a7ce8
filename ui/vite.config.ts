/// <reference types="vitest/config" />
import { cp, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { defineConfig, type Plugin } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

const pdfjs = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** The data files pdf.js asks for by name, beside the page: nothing is ever fetched from elsewhere. */
function pdfData(): Plugin {
  const folders = ['cmaps', 'standard_fonts'];
  let out = '';
  return {
    name: 'pdf-data',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      for (const folder of folders) {
        await cp(join(pdfjs, folder), join(out, 'pdf', folder), { recursive: true });
      }
    },
    configureServer(server) {
      server.middlewares.use('/pdf', (request, response, next) => {
        const path = (request.url ?? '').split('?')[0] ?? '';
        if (!folders.some((folder) => path.startsWith(`/${folder}/`)) || path.includes('..')) return next();
        readFile(join(pdfjs, path)).then((bytes) => response.end(bytes), next);
      });
    },
  };
}

/** The engine that recognises letters and its model, likewise: only what this program uses of them. */
function ocrData(): Plugin {
  const from = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const files = {
    'worker.min.js': join(from('tesseract.js'), 'dist/worker.min.js'),
    'tesseract-core-simd-lstm.wasm.js': join(from('tesseract.js-core'), 'tesseract-core-simd-lstm.wasm.js'),
    'eng.traineddata.gz': join(from('@tesseract.js-data/eng'), '4.0.0_best_int/eng.traineddata.gz'),
  };
  let out = '';
  return {
    name: 'ocr-data',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      for (const [name, file] of Object.entries(files)) await cp(file, join(out, 'ocr', name));
    },
    configureServer(server) {
      server.middlewares.use('/ocr', (request, response, next) => {
        const file = Object.entries(files).find(([name]) => request.url?.split('?')[0] === `/${name}`)?.[1];
        if (!file) return next();
        readFile(file).then((bytes) => response.end(bytes), next);
      });
    },
  };
}

export default defineConfig({
  // Relative addresses, so that the built page opens under any scheme the shell serves it from.
  base: './',
  plugins: [svelte(), pdfData(), ocrData()],
  build: {
    target: 'safari17',
    // A data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  server: { port: 5187, strictPort: true },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    env: { TZ: 'UTC' },
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 20_000,
  },
});
