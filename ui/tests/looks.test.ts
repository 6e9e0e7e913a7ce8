import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import { client, list, start } from './app';

vi.mock('../src/papers/draw', () => ({ open: async () => ({ pages: 1, draw: async () => 'words', close: async () => undefined }) }));

const css = readFileSync('src/look/tokens.css', 'utf8');

function palette(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

describe.each([
  ['light', palette(css.slice(0, css.indexOf('@media')))],
  ['dark', palette(css.slice(css.indexOf('@media')))],
])('contrast, %s', (_name, colors) => {
  const of = (name: string) => colors.get(name) ?? '#808080';

  it('of text is 4.5 or more on every ground', () => {
    for (const ground of ['ground', 'paper', 'sunk', 'accent-soft']) {
      for (const text of ['ink', 'soft', 'accent-strong']) expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of ['ground', 'paper', 'sunk']) expect(contrast(of('accent'), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-accent'), of('accent-strong'))).toBeGreaterThanOrEqual(4.5);
  });

  it('of edges that say where a field is, is 3 or more', () => {
    for (const ground of ['ground', 'paper', 'sunk']) expect(contrast(of('edge'), of(ground)), ground).toBeGreaterThanOrEqual(3);
  });
});

describe('structure for a screen reader', () => {
  async function faults(): Promise<string[]> {
    // Contrast needs a layout, which jsdom lacks: the tokens are measured above.
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html}`));
  }

  it('of the door', async () => {
    await start();
    await screen.findByLabelText('Passphrase');
    expect(await faults()).toEqual([]);
  });

  it('of a new office', async () => {
    await start({ phase: 'new', people: false });
    await screen.findByLabelText('Passphrase');
    expect(await faults()).toEqual([]);
  });

  it('of the list', async () => {
    await list();
    await screen.findByTestId('client-row');
    expect(await faults()).toEqual([]);
  });

  it.each(['intake', 'record', 'results', 'papers', 'after'])('of the step %s', { timeout: 60_000 }, async (step) => {
    await client(step);
    await new Promise((done) => setTimeout(done, 50));
    for (const details of document.querySelectorAll('details')) details.open = true;
    expect(await faults()).toEqual([]);
  });
});

describe('the sources', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(svelte|ts|css)$/.test(file));
  const text = (file: string) => readFileSync(join('src', file), 'utf8');

  it('keep nothing in the web view and reach nothing outside', () => {
    for (const file of files.filter((f) => !f.startsWith(join('host', 'types')))) {
      expect(text(file), file).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie|https?:\/\/(?!www\.w3\.org)/);
    }
  });

  it('offer no field to be filled from memory', () => {
    for (const file of files.filter((f) => f.endsWith('.svelte'))) {
      for (const [field] of text(file).matchAll(/<(?:input|textarea)\b[^>]*?\/?>/gs)) {
        if (/type="(?:radio|checkbox|file)"/.test(field) || field.includes('{...common}')) continue;
        expect(field, file).toContain('autocomplete="off"');
      }
    }
  });

  it('talk to the shell in one place only', () => {
    const talking = files.filter((file) => text(file).includes("from '@tauri-apps/"));
    expect(talking).toEqual([join('host', 'tauri.ts')]);
  });

  // A round clip is drawn anew for every picture of the window: without a graphics card it took most of the time.
  it('give what scrolls square corners', () => {
    const blocks = files.flatMap((file) => [...text(file).matchAll(/\{[^{}]*\}/g)].map(([block]) => ({ file, block })));
    const scrolling = blocks.filter(({ block }) => /overflow(-[xy])?: (auto|scroll)/.test(block));
    expect(scrolling.length).toBeGreaterThan(6);
    // A dialog scrolls in a window that is too low for it, and stands alone.
    const round = scrolling.filter(({ block }) => block.includes('border-radius')).map(({ file }) => file);
    expect(round).toEqual([join('parts', 'Dialog.svelte')]);
  });

  it('stay short', () => {
    for (const file of files.filter((f) => f.endsWith('.svelte'))) expect(text(file).split('\n').length, file).toBeLessThanOrEqual(200);
  });
});
