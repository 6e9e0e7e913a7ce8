/** A moment as its day and its clock time, for sentences that name both. */
import { clock, day, dayOf } from '../words';

export function at(moment: string): { day: string; clock: string } {
  return { day: day(dayOf(moment)), clock: clock(moment) };
}
