/** What a client tells the court in the client's own words: where it stands, and one part of it changed. */
import type { Client, ClientRecord, Declaration, SetDeclaration, Told } from '../host';
import { caseName } from '../record/facts';
import { t } from '../words';

export type About = Pick<Declaration, 'case' | 'count'>;

export const same = (one: About, other: About): boolean => one.case === other.case && one.count === other.count;

export const kept = (client: Client, about: About): Declaration | undefined => client.declarations.find((told) => same(told, about));

/** The case, and the count by its section. */
export function named(record: ClientRecord, about: About): string {
  const count = about.count === null ? null : record.cases[about.case]?.counts[about.count];
  const part = about.count === null ? t('telling.wholeCase') : (count?.section ?? t('count.number', { n: about.count + 1 }));
  return `${caseName(record, about.case)}: ${part}`;
}

/** Whether words need a translation beside them. */
export const foreign = (told: Declaration | undefined): boolean => Boolean(told?.language?.trim()) && told?.language?.trim().toLowerCase() !== 'english';

/** The language of the words for a screen reader, where it has a name there. */
export const spoken = (told: Declaration | undefined): string | undefined => ({ Spanish: 'es', English: 'en' })[told?.language ?? ''];

/** What is sent where something of what was told becomes another. */
export function changed(client: Client, about: About, change: Partial<Omit<SetDeclaration, 'id' | 'case' | 'count'>>): Omit<SetDeclaration, 'id'> {
  const now = kept(client, about);
  return {
    case: about.case, count: about.count, language: now?.language ?? null, told: now?.told ?? [],
    interpreter: now?.interpreter ?? null, on_paper: now?.on_paper ?? false, ...change,
  };
}

/** The parts with one of them in the place of what it was, in the order in which they are asked. */
export function withPart(told: Told[], prompts: string[], part: Told): Told[] {
  const place = (each: Told) => (prompts.includes(each.prompt) ? prompts.indexOf(each.prompt) : prompts.length);
  return [...told.filter((each) => each.prompt !== part.prompt), part].sort((one, other) => place(one) - place(other));
}
