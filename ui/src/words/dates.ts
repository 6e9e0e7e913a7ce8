/**
 * Civil dates as people read them. A date is `2008-03-14`, or as much of it as is known: `2008-03`, `2008`. Nothing here
 * asks what day it is: today comes from the session.
 */
import { lang } from './speech.svelte';

const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** A date in words, as far as it is known; anything else comes back unchanged, so that nothing is hidden. */
export function day(date: string | null | undefined): string {
  const parts = PARTIAL.exec(date ?? '');
  if (!parts) return date ?? '';
  const [, year, month, dayOfMonth] = parts;
  const at = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(dayOfMonth ?? 1));
  return new Intl.DateTimeFormat(lang() === 'es' ? 'es-US' : 'en-US', {
    timeZone: 'UTC',
    year: 'numeric',
    month: month ? 'short' : undefined,
    day: dayOfMonth ? 'numeric' : undefined,
  }).format(at);
}

/** What was typed, as a date of the contract; null where it is no date. Reads 3/14/2008, 3/2008, 2008 and the contract's own form. */
export function typed(text: string): string | null {
  const trimmed = text.trim();
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(trimmed);
  const us = /^(?:(\d{1,2})[/.-])?(?:(\d{1,2})[/.-])?(\d{4})$/.exec(trimmed);
  const found = iso
    ? { year: iso[1], month: iso[2], day: iso[3] }
    : us && { year: us[3], month: us[1], day: us[2] };
  if (!found?.year) return null;
  const { year, month, day: dayOfMonth } = found;
  if (Number(year) < 1880 || Number(year) > 2199) return null;
  if (!month) return year;
  if (Number(month) < 1 || Number(month) > 12) return null;
  if (!dayOfMonth) return `${year}-${month.padStart(2, '0')}`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(dayOfMonth) < 1 || Number(dayOfMonth) > last) return null;
  return `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
}

/** A date as it is typed here: `3/14/2008`, `3/2008`, `2008`. */
export function slashed(date: string | null | undefined): string {
  const parts = PARTIAL.exec(date ?? '');
  if (!parts) return date ?? '';
  const [, year, month, dayOfMonth] = parts;
  return [month && Number(month), dayOfMonth && Number(dayOfMonth), year].filter(Boolean).join('/');
}

/** The civil day of a moment, where this computer stands. Moments cross as UTC, `2026-11-21T22:02:00Z`. */
export function dayOf(moment: string, zone?: string): string {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return moment;
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

/** The clock time of a moment, as `14:02`, where this computer stands. */
export function clock(moment: string, zone?: string): string {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) return moment;
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}
