/** A sentence as one line to type: `3 years probation, 90 days jail (suspended), fine`, in the words of either language. */
import type { Sentence } from '../host';
import { sentenceWords } from '../record/facts';
import { en } from '../words/en';
import { es } from '../words/es';

export type Part = NonNullable<Sentence['parts']>[number];

const KINDS: readonly Part['kind'][] = ['prison', 'jail', 'probation', 'mandatory_supervision', 'parole', 'fine', 'restitution', 'community_service', 'other'];
const UNITS = { years: /^(?:y|yrs?|years?|a|años?|anos?)$/, months: /^(?:m|mos?|months?|mes|meses)$/, days: /^(?:d|dys?|days?|días?|dias?)$/ } as const;
const ONE = /^(?:one|un|una|uno)$/;
const SUSPENDED = /\(?\b(?:suspended|susp|suspendid[oa])\b\)?/;

export const sentenceText = (parts: readonly Part[]): string => sentenceWords({ parts: [...parts] });

const words = (kind: Part['kind']): string[] => [en, es].map((list) => list[`part.${kind}`].toLowerCase());

function kindOf(text: string): Part['kind'] | null {
  if (!text) return null;
  const whole = KINDS.filter((kind) => words(kind).includes(text));
  const begun = whole.length ? whole : KINDS.filter((kind) => words(kind).some((word) => text.length > 2 && word.startsWith(text)));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

function partOf(text: string): Part | null {
  const small = text.toLowerCase();
  const suspended = SUSPENDED.test(small);
  const rest = small.replace(SUSPENDED, ' ').replace(/(\d)([a-zñí])/g, '$1 $2').replace(/\b(?:of|de|in|en)\b/g, ' ').split(/\s+/).filter(Boolean);
  const part: Partial<Part> = {};
  while (rest.length > 1 && (/^\d{1,4}$/.test(rest[0] ?? '') || ONE.test(rest[0] ?? ''))) {
    const [count = '', unit = ''] = rest.splice(0, 2);
    const of = (['years', 'months', 'days'] as const).find((name) => UNITS[name].test(unit));
    if (!of || part[of] !== undefined) return null;
    part[of] = ONE.test(count) ? 1 : Number(count);
  }
  const kind = kindOf(rest.join(' '));
  return kind && { kind, ...part, ...(suspended ? { suspended } : {}) };
}

/** The parts that were typed; null where a piece is none. A part that stands there as it was keeps what the line does not say of it. */
export function sentenceFrom(text: string, before: readonly Part[]): Part[] | null {
  const left = [...before];
  const parts = text.split(/[,;]/).map((piece) => piece.trim()).filter(Boolean).map((piece) => {
    const same = left.findIndex((part) => sentenceText([part]).toLowerCase() === piece.toLowerCase());
    return same < 0 ? partOf(piece) : (left.splice(same, 1)[0] ?? null);
  });
  return parts.every((part) => part !== null) ? parts : null;
}
