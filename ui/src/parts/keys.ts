/** The keys that work everywhere. None of them loses anything, and none needs to be known: each has a button. */
import { desk, PARTS } from '../desk.svelte';
import { host } from '../host';
import { zoom } from './zoom';

const TYPING = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]';

function typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

export function onkey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (zoom(event)) return event.preventDefault();
  if (desk.session?.phase !== 'open') return;
  if (event.key === 'F9') {
    event.preventDefault();
    void desk.lock();
  } else if (event.key === 'F8') {
    event.preventDefault();
    desk.cover();
  } else if (desk.covered || document.querySelector('dialog[open]')) {
    return;
  } else if (event.key === 'Escape') {
    if (typing(event.target)) (event.target as HTMLElement).blur();
    else if (desk.place.at !== 'clients') void desk.go({ at: 'clients' });
  } else if (event.key === '/' && !typing(event.target) && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    void find();
  } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && typing(event.target) && !event.target.form && event.target.type !== 'search') {
    event.preventDefault();
    onward(event.target);
  } else if (event.altKey && desk.place.at === 'client') {
    const part = PARTS[Number(event.key) - 1];
    if (!part) return;
    event.preventDefault();
    void desk.go({ ...desk.place, part });
  }
}

/** From a field to the next thing to fill in, and at the end to the way on. Leaving a field keeps it. */
function onward(from: HTMLElement): void {
  const all = [...document.querySelectorAll<HTMLElement>('main :is(input, select, textarea, [data-testid=onward]):not([type=file], :disabled)')];
  const open = all.filter((element) => element.checkVisibility?.() ?? true);
  open[open.indexOf(from) + 1]?.focus();
}

async function find(): Promise<void> {
  if (desk.place.at !== 'clients') await desk.go({ at: 'clients' });
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[type=search]')?.focus());
}

/** Locks after the office's idle minutes. Any key, click or scroll is a sign of life; an open dialog is not. */
export function watchIdle(): () => void {
  let last = performance.now();
  let told = last;
  const alive = () => (last = performance.now());
  const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;
  for (const sign of signs) window.addEventListener(sign, alive, { passive: true, capture: true });
  const timer = setInterval(() => {
    const { session } = desk;
    if (session?.phase !== 'open' || session.idle_minutes <= 0) return;
    if (performance.now() - last > session.idle_minutes * 60_000) return void desk.lock();
    // The shell counts too, and sees only what is asked of it: it hears of somebody who reads or types for long.
    if (last - told > 30_000) {
      told = last;
      look();
    }
  }, 5_000);
  // The shell may lock by itself, when the machine sleeps for example.
  const look = () => void host().session.state().then((state) => state.phase !== desk.session?.phase && desk.enter(state), () => undefined);
  window.addEventListener('focus', look);
  return () => {
    for (const sign of signs) window.removeEventListener(sign, alive, { capture: true });
    window.removeEventListener('focus', look);
    clearInterval(timer);
  };
}
