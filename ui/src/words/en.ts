/** English: every key the window has. */
import { screens } from './en/screens';
import { terms } from './en/terms';

export const en = { ...screens, ...terms } as const;
