/// <reference types="vitest/config" />
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
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

/** The program of the engine that recognises letters and its model, likewise. The model is unpacked here, once, and not for every file. */
function ocrData(): Plugin {
  const from = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  const files = {
    'tesseract-core-simd-lstm.wasm': join(from('tesseract.js-core'), 'tesseract-core-simd-lstm.wasm'),
    'eng.traineddata': join(from('@tesseract.js-data/eng'), '4.0.0_best_int/eng.traineddata.gz'),
  };
  const read = async (file: string) => (file.endsWith('.gz') ? gunzipSync(await readFile(file)) : readFile(file));
  let out = '';
  return {
    name: 'ocr-data',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      await mkdir(join(out, 'ocr'), { recursive: true });
      for (const [name, file] of Object.entries(files)) await writeFile(join(out, 'ocr', name), await read(file));
    },
    configureServer(server) {
      server.middlewares.use('/ocr', (request, response, next) => {
        const file = Object.entries(files).find(([name]) => request.url?.split('?')[0] === `/${name}`)?.[1];
        if (!file) return next();
        read(file).then((bytes) => response.end(bytes), next);
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
