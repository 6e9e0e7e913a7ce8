import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'dist-memory/', 'src/host/types/*.ts', '!src/host/types/index.ts'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['src/**'],
    ignores: ['src/host/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [
        { group: ['@tauri-apps/*'], message: 'Only src/host talks to the shell.' },
        { group: ['**/host/tauri', '**/host/memory*'], message: 'Take the host from src/host.' },
      ] }],
    },
  },
  {
    files: ['src/**'],
    rules: {
      // Nothing of a client may rest in the web view, and nothing may leave it.
      'no-restricted-globals': ['error', 'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'fetch', 'XMLHttpRequest', 'WebSocket', 'alert', 'confirm', 'prompt'],
      'no-restricted-properties': ['error',
        { object: 'window', property: 'localStorage' }, { object: 'window', property: 'sessionStorage' },
        { object: 'window', property: 'print', message: 'What is printed are the very bytes of the paper; the host prints.' },
        { object: 'document', property: 'cookie' }],
      'no-console': 'error',
      eqeqeq: 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'error',
      'svelte/button-has-type': 'error',
    },
  },
);
