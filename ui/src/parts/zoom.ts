/** Larger and smaller with Ctrl and + - 0, the way browsers do it, up to 200 %. */
const SIZES = [1, 1.15, 1.3, 1.5, 1.75, 2];
let size = 0;

/** How much larger than its layout the page stands on the screen. */
export function enlarged(): number {
  return SIZES[size] ?? 1;
}

export function zoom(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  if (event.key === '+' || event.key === '=') size = Math.min(size + 1, SIZES.length - 1);
  else if (event.key === '-') size = Math.max(size - 1, 0);
  else if (event.key === '0') size = 0;
  else return false;
  document.documentElement.style.setProperty('zoom', String(SIZES[size]));
  return true;
}
