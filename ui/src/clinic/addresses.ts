/** Postal addresses by county: what there is, and one of them changed. */
import type { Clinic, CountyHabit, PostalAddress } from '../host';

export const ADDRESSEES = ['court', 'prosecutor', 'probation', 'arresting_agency'] as const;

export const addressOf = (county: CountyHabit, to: PostalAddress['to']): PostalAddress | undefined => county.addresses?.find((one) => one.to === to);

/** A name alone is no address: no label is made of it. */
export const whole = (address: PostalAddress | undefined): boolean => (address?.lines.filter((line) => line.trim()).length ?? 0) > 1;

/** One address in the place of what it was; without lines it is forgotten. */
export function withAddress(counties: CountyHabit[], at: number, address: PostalAddress): CountyHabit[] {
  return counties.map((county, n) => {
    if (n !== at) return county;
    const rest = county.addresses?.filter((one) => one.to !== address.to) ?? [];
    return { ...county, addresses: address.lines.length ? [...rest, address] : rest };
  });
}

/** The office's habits in a county, by its name as a record has it. */
export const habitIn = (clinic: Clinic, county: string): CountyHabit | undefined =>
  clinic.counties.find((each) => each.county.trim().toLowerCase() === county.trim().toLowerCase());

/** More than a year before a day. */
export function older(confirmed: string, today: string): boolean {
  const [year, rest] = [Number(confirmed.slice(0, 4)), confirmed.slice(4)];
  return `${year + 1}${rest}` < today;
}
