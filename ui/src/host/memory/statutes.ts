/** A few sections, found as far as component tests need it; the app asks its rules. */
import type { StatutesFound, StatuteView } from '../views';

const name = (words: string, from: string | null = null, until: string | null = null) => ({ name: words, from, until });
const SAMPLE: StatuteView[] = [
  { section: 'HS 11357', jurisdiction: 'us-ca', names: [name('Possession of marijuana')] },
  { section: 'HS 11357(a)', jurisdiction: 'us-ca', names: [name('Possession of concentrated cannabis', null, '2016-11-09'), name('Cannabis offense under today’s law', '2016-11-09')] },
  { section: 'HS 11357(b)', jurisdiction: 'us-ca', names: [name('Possession of up to 28.5 g of marijuana', '1976-01-01', '2016-11-09')] },
  { section: 'PC 290', jurisdiction: 'us-ca', names: [name('Sex offender registration')] },
  { section: 'PC 459', jurisdiction: 'us-ca', names: [name('Burglary')] },
];
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9.]/g, '');

export function sampleStatutes(typed: string): StatutesFound {
  const text = plain(typed);
  const [code = '', number = ''] = /^([a-z]*)(.*)$/.exec(text)?.slice(1) ?? [];
  const fits = ({ section, names }: StatuteView) => {
    const [own = '', rest = ''] = section.split(' ');
    const named = names.some((known) => plain(known.name).includes(text));
    return number ? plain(rest).startsWith(number) && (!code || own.toLowerCase() === code) : named;
  };
  const found = text.length > 1 ? SAMPLE.filter(fits) : [];
  const exact = found.find(({ section }) => number && plain(section.split(' ')[1] ?? '') === number)?.section ?? null;
  const known = /^[a-z]+ ?\d/i.test(typed.trim()) ? found.length > 0 : null;
  return { found, exact, sure: code ? exact : null, known };
}
