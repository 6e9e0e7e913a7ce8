/** Other names as a list to type: one a line, `Family, Given Middle` or as spoken. */
import type { Name } from '../host';
import { fullName } from '../client/name';

export function namesTo(names: Name[] | null | undefined): string {
  return (names ?? []).map(fullName).join('\n');
}

/** Null where nothing was typed: unknown, not "none". */
export function namesFrom(text: string): Name[] | null {
  const names = text.split('\n').map((line) => line.trim()).filter(Boolean).map(nameFrom);
  return names.length ? names : null;
}

export function nameFrom(line: string): Name {
  const comma = line.indexOf(',');
  const family = comma >= 0 ? line.slice(0, comma).trim() : line.slice(line.lastIndexOf(' ') + 1);
  const rest = (comma >= 0 ? line.slice(comma + 1) : line.slice(0, line.length - family.length)).trim().split(/\s+/).filter(Boolean);
  const [given, ...middle] = rest;
  return { given, family, ...(middle.length ? { middle: middle.join(' ') } : {}) };
}
