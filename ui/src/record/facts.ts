/** Facts and values of the record in words. */
import { fullName } from '../client/name';
import type { Amount, ClientRecord, Count, Name, Sentence } from '../host';
import { day, many, said, t } from '../words';

/** A path such as `cases[0].counts[1].offense_date` as `case 1, count 2, offense date`. */
export function factName(path: string): string {
  const found = /^(?:cases\[(\d+)\])?(?:\.counts\[(\d+)\])?\.?(.*)$/.exec(path);
  const [, item, count, rest] = found ?? [];
  const words = [
    item === undefined ? '' : t('fact.case', { n: Number(item) + 1 }),
    count === undefined ? '' : t('fact.count', { n: Number(count) + 1 }),
    rest?.startsWith('circumstances.') ? said('circumstance', rest.slice('circumstances.'.length)) : '',
    rest && !rest.startsWith('circumstances.') ? said('fact', rest.replaceAll(/\[\d+\]/g, '')) : '',
  ];
  return words.filter(Boolean).join(', ');
}

/** A court case by its number and county. */
export function caseName(record: ClientRecord, index: number): string {
  const item = record.cases[index];
  return [item?.number || t('case.unnumbered'), item?.court?.county].filter(Boolean).join(', ');
}

/** Which count a fact belongs to, as the court knows it; nothing where it is about the person. */
export function whose(record: ClientRecord, path: string): string {
  const found = /^cases\[(\d+)\](?:\.counts\[(\d+)\])?/.exec(path);
  if (!found) return '';
  const [, item, count] = found;
  const section = count === undefined ? null : record.cases[Number(item)]?.counts[Number(count)]?.section;
  const named = count === undefined ? '' : t('count.number', { n: Number(count) + 1 });
  return [caseName(record, Number(item)), [named, section].filter(Boolean).join(' ')].filter(Boolean).join(', ');
}

export function shown(value: unknown): string {
  if (value === null || value === undefined) return t('notKnown');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.length ? value.map(shown).join(', ') : t('list.none');
  if (typeof value === 'object') {
    if ('family' in value || 'given' in value) return fullName(value as Name);
    // The parts of a sentence or an outcome, in the order of the record.
    return Object.values(value).filter((part) => part !== null).map(shown).join(' ');
  }
  return day(String(value));
}

/** `dismissed PC 1203.4 Jan 5, 2012`. */
export function reliefWords(relief: NonNullable<Count['relief_granted']>[number]): string {
  return [said('effect', relief.effect), relief.authority, relief.date ? day(relief.date) : ''].filter(Boolean).join(' ');
}

/** `20 g flower`, with its bound. */
export function amountWords(amount: Amount): string {
  return t(`amount.${amount.bound}`, { value: amount.value, unit: said('unit', amount.unit), form: said('form', amount.form) });
}

/** `3 years probation, 90 days jail, fine; completed Jun 1, 2008`. */
export function sentenceWords(sentence: Sentence | null | undefined): string {
  const parts = (sentence?.parts ?? []).map((part) => {
    const length = [
      part.years ? many('span.years', part.years) : '',
      part.months ? many('span.months', part.months) : '',
      part.days ? many('span.days', part.days) : '',
    ].filter(Boolean).join(' ');
    return [length, said('part', part.kind), part.suspended ? t('part.isSuspended') : ''].filter(Boolean).join(' ');
  });
  const status = sentence?.status ? said('sentenceStatus', sentence.status) : '';
  const end = [status, sentence?.completed ? day(sentence.completed) : ''].filter(Boolean).join(' ');
  return [parts.join(', '), end].filter(Boolean).join('; ');
}
