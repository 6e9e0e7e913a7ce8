/** What was typed of a case on one line, as the record writes it. What was left empty is in none of it. */
import type { ClientRecord, Count } from '../host';

type Case = ClientRecord['cases'][number];

/** The fields of a case, as far as somebody typed or chose them. */
export interface CaseTyped {
  number: string;
  filed: string | null;
  county: string;
  jurisdiction: string | null;
}

/** The fields of a count. */
export interface CountTyped {
  section: string | null;
  level: string | null;
  outcome: string | null;
  outcomeDate: string | null;
  offenseDate: string | null;
}

const given = <T extends object>(facts: T): Partial<T> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== '' && value !== undefined)) as Partial<T>;

export function countOf(typed: CountTyped): object {
  const { section, level, outcome, outcomeDate, offenseDate } = typed;
  const disposition = outcome ? given({ kind: outcome, date: outcomeDate }) : null;
  return given({ section, level, offense_date: offenseDate, disposition });
}

export function caseOf(typed: CaseTyped, count: object): object {
  const court = given({ county: typed.county.trim(), jurisdiction: typed.jurisdiction });
  return { ...given({ number: typed.number.trim(), filed: typed.filed }), court, counts: [count] };
}

const plain = (text: string | null | undefined) => (text ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
/** Unknown on one side says nothing; dates agree as far as both go. */
const agree = (one: string, other: string) => !one || !other || one.startsWith(other) || other.startsWith(one);

/** The case of the record that has this number, where court and date do not speak against it; -1 for none. */
export function there(record: ClientRecord, typed: CaseTyped): number {
  const number = plain(typed.number);
  if (!number) return -1;
  return record.cases.findIndex(
    (known) =>
      plain(known.number) === number &&
      agree(plain(known.court?.county), plain(typed.county)) &&
      agree(known.court?.jurisdiction ?? '', typed.jurisdiction ?? '') &&
      agree(known.filed ?? '', typed.filed ?? ''),
  );
}

/** What was typed of a case and the record does not have yet, by path. */
export function missing(known: Case, path: string, typed: CaseTyped): [string, string][] {
  const all: [string, unknown, string][] = [
    ['filed', known.filed, typed.filed ?? ''],
    ['court.county', known.court?.county, typed.county.trim()],
    ['court.jurisdiction', known.court?.jurisdiction, typed.jurisdiction ?? ''],
  ];
  return all.filter(([, before, now]) => !before && now).map(([leaf, , now]) => [`${path}.${leaf}`, now]);
}

/** The count of which nothing is known, where it is the only one: it is filled before another is added. */
export function empty(counts: Count[]): Count | null {
  const [only] = counts;
  const facts = Object.entries(only ?? {}).filter(([key, value]) => key !== 'id' && value !== null && value !== undefined);
  return counts.length === 1 && only && facts.length === 0 ? only : null;
}
