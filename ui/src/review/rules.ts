/** The rules of a policy as the screen shows them: which conditions a rule has, in words, and rules that can be added. */
import type { PolicyRule, PolicyWhen } from '../host';
import { said, t } from '../words';

export const THEN = ['dismiss', 'reduce', 'review', 'nothing'] as const;
export const DISQUALIFIED = ['law', 'review', 'policy'] as const;
/** Conditions with a number, and how large it may be. */
export const NUMBERS = { under_at_conviction: 99, age: 120, years_since: 99, years_clean: 99, same_section_before: 20 } as const;
export type Numbered = keyof typeof NUMBERS;
const YES_NO = ['felony', 'companion', 'beside_covered', 'only_covered', 'died', 'several', 'sentence_ended', 'sentences_ended'] as const;
const NAMED = ['listed_before', 'registered_before'] as const;

/** The conditions that have no number of their own, in words. */
export function words(when: PolicyWhen): string[] {
  const yes = YES_NO.flatMap((key) => (when[key] === undefined ? [] : [said('when', `${key}.${when[key]}`)]));
  const named = NAMED.flatMap((key) => (when[key] === undefined ? [] : [key === 'listed_before' ? t('when.listed_before', { list: when[key] }) : t('when.registered_before', { list: when[key] })]));
  const sections = when.section?.length ? [t('when.section', { list: when.section.join(', ') })] : [];
  const from = when.convicted_from ? [`${t('when.convicted_from')}: ${when.convicted_from}`] : [];
  return [...sections, ...yes, ...named, ...from];
}

export function numbered(when: PolicyWhen): Numbered[] {
  return (Object.keys(NUMBERS) as Numbered[]).filter((key) => when[key] !== undefined);
}

/** A rule for everything: what stands below it is never reached. */
export function always(when: PolicyWhen): boolean {
  return words(when).length === 0 && numbered(when).length === 0;
}

/** Rules that can be added; `say` is the reason that the tables print, in English like every other. */
export function addable(sections: readonly string[]): { key: string; words: string; rule: PolicyRule }[] {
  const rule = (when: PolicyWhen, say: string): PolicyRule => ({ when, then: 'dismiss', say });
  const plain: [PolicyWhen, string, string][] = [
    [{ felony: false }, t('when.felony.false'), 'Misdemeanor or infraction'],
    [{ under_at_conviction: 21 }, t('when.under_at_conviction'), ''],
    [{ age: 50 }, t('when.age'), ''],
    [{ years_since: 10 }, t('when.years_since'), ''],
    [{ years_clean: 5 }, t('when.years_clean'), ''],
    [{ only_covered: true }, t('when.only_covered.true'), 'Only convictions of these sections'],
    [{ sentences_ended: true }, t('when.sentences_ended.true'), 'All sentences have ended'],
    [{ died: true }, t('when.died.true'), 'The person died'],
    ...sections.map((section): [PolicyWhen, string, string] => [{ section: [section] }, t('when.section', { list: section }), `All ${section} convictions`]),
    [{}, t('rule.always'), 'No rule above applies'],
  ];
  return plain.map(([when, label, say], n) => ({ key: String(n), words: label, rule: rule(when, say) }));
}

/** The reason of a rule whose number may change. */
export function reason({ when, say }: PolicyRule): string {
  const keys = numbered(when);
  const only = keys.length === 1 && words(when).length === 0 ? keys[0] : undefined;
  if (only === 'under_at_conviction') return `Under ${when.under_at_conviction} when convicted`;
  if (only === 'age') return `${when.age} years or older`;
  if (only === 'years_since') return `Conviction occurred ${when.years_since} or more years ago`;
  if (only === 'years_clean') return `No convictions in the past ${when.years_clean} years`;
  return say;
}
