import type { Member, Role } from '../host';
import { said, t } from '../words';

/** What somebody may do, in a word or three. */
export function roleOf(member: Member): string {
  return rolesOf(member) === 'both' ? t('role.both') : said('role', member.role);
}

/** What one chooses from, and the roles behind each word. */
export const ROLES: Readonly<Record<string, Role[]>> = {
  volunteer: ['volunteer'],
  attorney: ['attorney'],
  administrator: ['administrator'],
  both: ['administrator', 'attorney'],
};

/** Which of these somebody has. */
export function rolesOf(member: Member): string {
  return member.role === 'administrator' && member.attorney ? 'both' : member.role;
}
