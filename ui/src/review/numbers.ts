/** Numbers as people read them, and what is drawn from them. */
import type { OutcomesOf, Outcomes } from '../host';
import { lang, t } from '../words';

export const OUTCOMES = ['dismiss', 'reduce', 'review', 'not_eligible', 'already_granted'] as const;

export function number(n: number): string {
  return new Intl.NumberFormat(lang() === 'es' ? 'es-US' : 'en-US').format(n);
}

export function percent(n: number | null): string {
  return n === null ? '-' : `${new Intl.NumberFormat(lang() === 'es' ? 'es-US' : 'en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(n)} %`;
}

/** Bytes of a file: never rounded up to more than there is. */
export function bytes(n: number): string {
  const [size, unit] = n >= 1e9 ? [n / 1e9, 'GB'] : n >= 1e6 ? [n / 1e6, 'MB'] : [n / 1e3, 'kB'];
  const places = size >= 100 ? 0 : 1;
  return `${(Math.floor(size * 10 ** places) / 10 ** places).toLocaleString(lang() === 'es' ? 'es-US' : 'en-US')} ${unit}`;
}

export function sum(outcomes: Outcomes): number {
  return OUTCOMES.reduce((all, key) => all + outcomes[key], 0);
}

/** The largest, and the rest of them as one. */
export function largest(all: readonly OutcomesOf[], most: number): OutcomesOf[] {
  if (all.length <= most) return [...all];
  const rest = all.slice(most - 1).reduce<Outcomes>(
    (added, one) => ({
      dismiss: added.dismiss + one.outcomes.dismiss,
      reduce: added.reduce + one.outcomes.reduce,
      review: added.review + one.outcomes.review,
      not_eligible: added.not_eligible + one.outcomes.not_eligible,
      already_granted: added.already_granted + one.outcomes.already_granted,
    }),
    { dismiss: 0, reduce: 0, review: 0, not_eligible: 0, already_granted: 0 },
  );
  return [...all.slice(0, most - 1), { name: t('plot.others'), outcomes: rest }];
}

/** What the tables call what is not known. */
export function named(name: string): string {
  return name === 'unknown' ? t('plot.unknown') : name || t('plot.notStated');
}
