/** What is typed and chosen for a review: still there when one comes back to the place, gone with the window at a lock. */
import type { ResultsLock } from '../host';

export const question = $state<{ county: string; day: string; policy: string; parquet: boolean; lock: ResultsLock; secret: string }>({
  county: '',
  day: '',
  policy: '',
  parquet: false,
  lock: 'open',
  secret: '',
});
