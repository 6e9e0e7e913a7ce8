import { mount } from 'svelte';
import './look/base.css';
import './look/controls.css';
import App from './App.svelte';
import { choose } from './host';

// The mode is known when the window is built, so the app carries no made-up people and the browser copy no shell.
if (import.meta.env.MODE === 'memory') {
  const { memory } = await import('./host/memory');
  const asked = new URLSearchParams(location.search);
  choose(memory({ phase: asked.has('new') ? 'new' : asked.has('open') ? 'open' : 'locked' }));
} else {
  const { tauri } = await import('./host/tauri');
  choose(tauri);
}

mount(App, { target: document.getElementById('app') ?? document.body });
