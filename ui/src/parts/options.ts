import { t } from '../words';

export interface Option<T> {
  value: T;
  words: string;
}

/** Yes, no, and not known: unknown is an answer and never a default for one of the others. */
export function yesNoUnknown(): Option<boolean | null>[] {
  return [
    { value: true, words: t('yes') },
    { value: false, words: t('no') },
    { value: null, words: t('notKnown') },
  ];
}
