/** English: every key the window has. */
import { review } from './en/review';
import { screens } from './en/screens';
import { terms } from './en/terms';

export const en = { ...screens, ...terms, ...review } as const;
