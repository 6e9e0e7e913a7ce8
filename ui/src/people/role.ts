import type { Member } from '../host';
import { said, t } from '../words';

/** What somebody may do, in a word or three. */
export function roleOf(member: Member): string {
  return member.role === 'administrator' && member.attorney ? t('role.both') : said('role', member.role);
}
