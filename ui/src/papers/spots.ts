/** Where the values of a paper's marks stand on a page: so that a mark can be asked where it comes from. */
import type { PaperView } from '../host';
import type { Piece } from './draw';

export type MarkView = PaperView['marks'][number];

/** A place on the page that shows a mark's value. */
export interface Spot {
  mark: MarkView;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Letters and digits alone, and where each stood: capitals, spaces and dashes differ between a fact and a caption. */
function plain(text: string): { letters: string; at: number[] } {
  const at: number[] = [];
  let letters = '';
  let place = 0;
  for (const letter of text) {
    if (/[\p{L}\p{N}]/u.test(letter)) {
      for (const folded of letter.toLowerCase()) {
        letters += folded;
        at.push(place);
      }
    }
    place += letter.length;
  }
  return { letters, at };
}

/** Too short to be told from other words by chance. */
const SHORTEST = 3;

/** Every place of every mark. Where a value runs over the end of a line, the part of it that stands in one line is found too. */
export function spots(marks: MarkView[], pieces: Piece[]): Spot[] {
  const found: Spot[] = [];
  for (const piece of pieces) {
    const { letters, at } = plain(piece.text);
    if (!letters) continue;
    for (const mark of marks) {
      const wanted = plain(mark.value).letters;
      if (wanted.length < SHORTEST) continue;
      const start = letters.indexOf(wanted);
      const whole = start < 0 && letters.length >= 2 * SHORTEST && wanted.includes(letters);
      if (start < 0 && !whole) continue;
      const from = whole ? 0 : (at[start] ?? 0) / piece.text.length;
      const to = whole ? 1 : ((at[start + wanted.length - 1] ?? piece.text.length - 1) + 1) / piece.text.length;
      found.push({ mark, left: piece.left + from * piece.width, top: piece.top, width: (to - from) * piece.width, height: piece.height });
    }
  }
  // Of two marks in one place the longer value says more.
  return found.filter((spot) => !found.some((other) => other !== spot && inside(spot, other) && other.mark.value.length > spot.mark.value.length));
}

function inside(spot: Spot, other: Spot): boolean {
  const line = Math.abs(spot.top - other.top) < other.height / 2;
  return line && spot.left >= other.left - 0.002 && spot.left + spot.width <= other.left + other.width + 0.002;
}
