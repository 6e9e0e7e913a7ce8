/** The places of a sheet that a person compares, and how each can be put right with the keyboard. */
import type { ClientRecord, Sheet, SheetLine, SheetPlace } from '../host';
import { reliefWords, sentenceWords, shown } from '../record/facts';
import { DISPOSITIONS, LEVELS } from '../record/lists';
import { factAt } from '../record/path';
import { day, said, slashed, typed } from '../words';

/** How a fact is typed: as words, a date, or one of a list. */
export interface Typing {
  kind: 'text' | 'date' | 'pick';
  /** What stands there before anybody types. */
  text: string;
  group: string;
  values: readonly string[];
  /** The fact as the contract writes it; undefined where the text is none. */
  value(text: string): unknown;
}

const DATE = /(?:\.|^)(?:date|born|filed|offense_date|completed)$/;
const WORDS = /(?:\.|^)(?:section|number|description|county|agency|prosecutor)$|court\.name$/;

/** How a place's fact can be typed here; null where it is more than one field, or where its counts differ. */
export function typing(record: ClientRecord, place: SheetPlace): Typing | null {
  const [fact] = place.facts;
  if (fact === undefined) return null;
  const now = factAt(record, fact) ?? null;
  if (place.facts.some((other) => JSON.stringify(factAt(record, other) ?? null) !== JSON.stringify(now))) return null;
  const first = (value: unknown) => (isValue(place) ? (place.proposal ?? '') : typeof value === 'string' ? value : '');
  if (fact.endsWith('.level')) return { kind: 'pick', text: first(now), group: 'level', values: LEVELS, value: (text) => text || null };
  if (fact.endsWith('.disposition')) {
    const known = (now ?? {}) as { kind?: string };
    return { kind: 'pick', text: known.kind ?? '', group: 'disposition', values: DISPOSITIONS, value: (text) => (text ? { ...known, kind: text } : null) };
  }
  if (now !== null && typeof now !== 'string') return null;
  if (DATE.test(fact)) return { kind: 'date', text: slashed(first(now)), group: '', values: [], value: (text) => (text.trim() ? (typed(text) ?? undefined) : null) };
  if (WORDS.test(fact)) return { kind: 'text', text: first(now), group: '', values: [], value: (text) => text.trim() || null };
  return null;
}

/** Whether what the reader proposes is the very value of the fact. */
function isValue(place: SheetPlace): boolean {
  return place.proposal !== null && ['doubtful_date', 'impossible_date', 'doubtful_section', 'doubtful_letters', 'doubtful_level'].includes(place.doubt ?? '');
}

/** A fact's value in words. */
export function valueWords(record: ClientRecord, fact: string): string {
  const value = factAt(record, fact);
  if (value === null || value === undefined) return shown(value);
  const leaf = fact.replace(/\[\d+\]$/, '').replace(/^.*\./, '');
  if (leaf === 'level') return said('level', String(value));
  if (leaf === 'kind') return said('disposition', String(value));
  if (leaf === 'sentence') return sentenceWords(value) || shown(null);
  if (leaf === 'relief_granted' && !Array.isArray(value)) return reliefWords(value as Parameters<typeof reliefWords>[0]);
  if (leaf === 'disposition') {
    const outcome = value as { kind: string; date?: string | null };
    return [said('disposition', outcome.kind), outcome.date ? day(outcome.date) : ''].filter(Boolean).join(' ');
  }
  return shown(value);
}

export const pagesOf = (sheet: Sheet): number[] => [...new Set(sheet.lines.map((line) => line.page))];
export const linesOf = (sheet: Sheet, page: number): SheetLine[] => sheet.lines.filter((line) => line.page === page);
export const open = (sheet: Sheet): SheetPlace[] => sheet.places.filter((place) => place.checked === null);
