/**
 * A refusal in words. The program inside speaks English and names what was wrong exactly; in Spanish we say our own words for
 * its code first, and keep its exact ones below where they say more.
 */
import type { Refusal } from '../host';
import { en } from './en';
import { lang, t, type Key } from './speech.svelte';

export interface Told {
  what: string;
  then: string;
  /** The program's own English, where the Spanish words are more general. */
  exact: string | null;
}

/** Codes whose Spanish words leave nothing out. */
const WHOLE: readonly string[] = [
  'unkept', 'wrong_passphrase', 'keys_replaced', 'put_back', 'older_parts', 'keys_untold', 'wrong_code', 'code_mistyped', 'passphrase_empty', 'locked', 'not_an_attorney', 'not_the_administrator',
  'stale', 'sign_off', 'no_print_queue', 'disk_full', 'nothing_to_undo', 'in_use', 'must_change', 'passphrase_same', 'name_taken', 'not_oneself', 'last_administrator',
  'review_no_rows', 'review_runs', 'review_locked', 'review_key', 'review_passphrase', 'no_review', 'no_files_chosen', 'no_folder_chosen',
  'not_a_backup', 'backup_damaged', 'exists', 'read_only', 'not_a_card', 'own_card', 'words_differ', 'unknown_vault', 'several_vaults', 'not_a_hand_over', 'hand_over_damaged', 'hand_over_for_another', 'vault_copied',
  'not_a_receipt', 'receipt_for_another', 'not_confirmed', 'destroyed_under_old_key', 'changed_since', 'not_decided', 'filing_open', 'no_head', 'not_reading', 'places_open',
];

export function told(why: Refusal): Told {
  const key = `refused.${why.code}`;
  const ours = key in en;
  const whole = WHOLE.includes(why.code);
  if (ours && (whole || lang() === 'es')) {
    return { what: t(key as Key), then: t(`${key}.do` as Key), exact: whole ? null : [why.message, why.hint].filter(Boolean).map(sentence).join(' ') };
  }
  return { what: sentence(why.message), then: why.hint && sentence(why.hint), exact: null };
}

/** With a capital at its start and a stop at its end. */
function sentence(words: string): string {
  const trimmed = words.trim();
  const stopped = /[.?:…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return stopped.charAt(0).toUpperCase() + stopped.slice(1);
}
