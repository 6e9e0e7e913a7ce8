/** English: every key the window has. */
import { review } from './en/review';
import { safe } from './en/safe';
import { screens } from './en/screens';
import { terms } from './en/terms';

export const en = { ...screens, ...terms, ...review, ...safe } as const;
