/** English: every key the window has. */
import { addresses } from './en/addresses';
import { review } from './en/review';
import { reviewed } from './en/reviewed';
import { safe } from './en/safe';
import { screens } from './en/screens';
import { telling } from './en/telling';
import { terms } from './en/terms';
import { verify } from './en/verify';

export const en = { ...addresses, ...screens, ...terms, ...review, ...reviewed, ...safe, ...telling, ...verify } as const;
