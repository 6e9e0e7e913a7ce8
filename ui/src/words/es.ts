/** Spanish, for the same keys. */
import type { en } from './en';
import { addresses } from './es/addresses';
import { review } from './es/review';
import { reviewed } from './es/reviewed';
import { safe } from './es/safe';
import { screens } from './es/screens';
import { telling } from './es/telling';
import { terms } from './es/terms';
import { verify } from './es/verify';

export const es: Record<keyof typeof en, string> = { ...addresses, ...screens, ...terms, ...review, ...reviewed, ...safe, ...telling, ...verify };
