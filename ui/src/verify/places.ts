/** The places of a sheet that a person compares, and how each can be put right with the keyboard. */
import { fullName } from '../client/name';
import type { ClientRecord, Name, Sentence, Sheet, SheetLine, SheetPlace } from '../host';
import { nameFrom, namesFrom } from '../intake/aliases';
import { reliefWords, sentenceWords, shown } from '../record/facts';
import { DISPOSITIONS, LEVELS } from '../record/lists';
import { factAt } from '../record/path';
import { day, said, slashed, typed } from '../words';
import { sentenceFrom, sentenceText, type Part } from './sentence';

/** How a fact is typed: as words, a date, or one of a list. */
export interface Typing {
  kind: 'text' | 'date' | 'pick';
  /** What stands there before anybody types. */
  text: string;
  group: string;
  values: readonly string[];
  /** The fact as the contract writes it; undefined where the text is none. */
  value(text: string): unknown;
  /** What the text should have been, where it is none. */
  wrong: 'date' | 'name' | 'sentence';
}

const DATE = /(?:\.|^)(?:date|born|filed|offense_date|completed)$/;
const WORDS = /(?:\.|^)(?:section|number|description|county|agency|prosecutor)$|court\.name$/;

const PLAIN = { group: '', values: [], wrong: 'date' } as const;

/** A name, as one writes it; the other names, one after the other. */
function named(fact: string, now: unknown): Typing | null {
  const typing = { ...PLAIN, kind: 'text', wrong: 'name' } as const;
  if (fact === 'person.aliases' && Array.isArray(now)) {
    return { ...typing, text: now.map((name) => fullName(name as Name)).join('; '), value: (text) => namesFrom(text.replaceAll(';', '\n')) };
  }
  if (fact !== 'person.name' && !/^person\.aliases\[\d+\]$/.test(fact)) return null;
  const text = now && typeof now === 'object' ? fullName(now as Name) : '';
  // Nobody is without a name: an empty field is no correction.
  return { ...typing, text, value: (typed) => (typed.trim() ? nameFrom(typed.trim()) : undefined) };
}

/** A sentence with all its parts, or one of them. */
function sentenced(fact: string, now: unknown): Typing | null {
  const found = /\.sentence(\.parts)?(\[\d+\])?$/.exec(fact);
  if (!found || (found[2] && !found[1])) return null;
  const typing = { ...PLAIN, kind: 'text', wrong: 'sentence' } as const;
  if (found[2]) {
    const before = now ? [now as Part] : [];
    const one = (parts: Part[] | null) => (parts?.length === 1 ? parts[0] : undefined);
    return { ...typing, text: sentenceText(before), value: (text) => one(sentenceFrom(text, before)) };
  }
  const whole = found[1] ? null : ((now ?? {}) as Sentence);
  const before = ((found[1] ? now : whole?.parts) ?? []) as Part[];
  const value = (text: string): unknown => {
    const parts = sentenceFrom(text, before);
    if (!parts) return undefined;
    if (!whole) return parts.length ? parts : null;
    const rest = Object.entries(whole).filter(([key, part]) => key !== 'parts' && part !== null && part !== undefined);
    const told = parts.length ? [...rest, ['parts', parts]] : rest;
    return told.length ? Object.fromEntries(told) : null;
  };
  return { ...typing, text: sentenceText(before), value };
}

/** How a place's fact can be typed here; null where it is more than one field, or where its counts differ. */
export function typing(record: ClientRecord, place: SheetPlace): Typing | null {
  const [fact] = place.facts;
  if (fact === undefined) return null;
  const now = factAt(record, fact) ?? null;
  if (place.facts.some((other) => JSON.stringify(factAt(record, other) ?? null) !== JSON.stringify(now))) return null;
  const first = (value: unknown) => (isValue(place) ? (place.proposal ?? '') : typeof value === 'string' ? value : '');
  if (fact.endsWith('.level')) return { ...PLAIN, kind: 'pick', text: first(now), group: 'level', values: LEVELS, value: (text) => text || null };
  const known = named(fact, now) ?? sentenced(fact, now);
  if (known) return known;
  if (fact.endsWith('.disposition')) {
    const known = (now ?? {}) as { kind?: string };
    return { ...PLAIN, kind: 'pick', text: known.kind ?? '', group: 'disposition', values: DISPOSITIONS, value: (text) => (text ? { ...known, kind: text } : null) };
  }
  if (now !== null && typeof now !== 'string') return null;
  if (DATE.test(fact)) return { ...PLAIN, kind: 'date', text: slashed(first(now)), value: (text) => (text.trim() ? (typed(text) ?? undefined) : null) };
  if (WORDS.test(fact)) return { ...PLAIN, kind: 'text', text: first(now), value: (text) => text.trim() || null };
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
