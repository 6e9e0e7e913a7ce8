/** Sections of law as the rules have them, for fields in which one is typed. */
import { host, type StatuteView } from '../host';
import type { Offer } from '../parts/Combobox.svelte';
import { day, t } from '../words';

/** What a section was called, with the days of offenses where its number changed its meaning. */
function about(statute: StatuteView): string {
  return statute.names
    .map(({ name, from, until }) => {
      if (until) return t(from ? 'statute.between' : 'statute.before', { name, from: day(from), until: day(until) });
      return from ? t('statute.since', { name, from: day(from) }) : name;
    })
    .join('; ');
}

/** The sections that fit, for the list below a field. */
export async function offered(jurisdiction: string | null, typed: string): Promise<Offer> {
  const { found, exact } = await host().clients.statutes(jurisdiction, typed);
  const options = found.map((statute) => ({ value: statute.section, about: about(statute) }));
  return { options, first: exact !== null && exact === options[0]?.value };
}

/** What is kept of what was typed: the rules' own spelling where code and number are theirs, and else the very text. */
export async function spelled(jurisdiction: string | null, typed: string): Promise<string | null> {
  const text = typed.trim();
  if (!text) return null;
  return (await host().clients.statutes(jurisdiction, text)).sure ?? text;
}

/** Whether the rules know a section; null where there is nothing to say. */
export async function known(jurisdiction: string | null, section: string): Promise<boolean | null> {
  return section.trim() ? (await host().clients.statutes(jurisdiction, section)).known : null;
}
