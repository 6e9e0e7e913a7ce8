import type { Name } from '../host';

/** A name as it is spoken. */
export function fullName(name: Name): string {
  return [name.given, name.middle, name.family, name.suffix].filter(Boolean).join(' ');
}
