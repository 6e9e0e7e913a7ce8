/**
 * Every word the window says, by key, in English and Spanish. Only sentences about one client's law come from
 * elsewhere: the packs write those, in the language the host was told.
 */
import { en } from './en';
import { es } from './es';

export type Lang = 'en' | 'es';
export type Key = keyof typeof en;
type Values = Record<string, string | number>;
/** The stem of a key that has a form for one and a form for many. */
export type Plural = { [K in Key]: K extends `${infer Stem}.one` ? Stem : never }[Key];

const books: Record<Lang, Record<Key, string>> = { en, es };
const now = $state<{ lang: Lang }>({ lang: 'en' });

export function lang(): Lang {
  return now.lang;
}

/** Switches the whole window, and tells screen readers which voice to use. */
export function speak(lang: Lang): void {
  now.lang = lang;
  document.documentElement.lang = lang;
}

/** The words for a key; `{name}` is replaced by the value of that name. */
export function t(key: Key, values: Values = {}): string {
  return books[now.lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The words for a number of things, with `{n}` as the number. */
export function many(stem: Plural, n: number, values: Values = {}): string {
  const form = new Intl.PluralRules(now.lang).select(n) === 'one' ? 'one' : 'other';
  return t(`${stem}.${form}` as Key, { n: new Intl.NumberFormat(now.lang).format(n), ...values });
}

/** Words for a value of a closed list, such as a status; a value we have no words for is shown as it is. */
export function said(group: string, value: string): string {
  const key = `${group}.${value}`;
  return key in en ? t(key as Key) : value.replaceAll('_', ' ');
}
