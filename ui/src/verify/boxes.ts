/** Where the lines of a sheet stand on the picture of a page. */
import type { SheetLine } from '../host';
import type { Piece } from '../papers/draw';

/** A line's place, as parts of the page's width and height from its top left corner. */
export interface Box {
  line: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Of a page whose letters were recognised: the frames are in pixels of the very picture that is shown. */
export function framed(lines: SheetLine[], width: number, height: number): Box[] {
  return lines.flatMap(({ line, frame }) => {
    if (!frame) return [];
    const [left, top, right, bottom] = frame;
    return [{ line, left: left / width, top: top / height, width: (right - left) / width, height: (bottom - top) / height }];
  });
}

const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Pieces of text that stand on one height, from top to bottom. */
function rows(pieces: Piece[]): Piece[][] {
  const found: Piece[][] = [];
  for (const piece of [...pieces].sort((a, b) => a.top - b.top)) {
    const row = found.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(first.top - piece.top) < Math.max(first.height, piece.height) / 2) row.push(piece);
    else found.push([piece]);
  }
  return found.map((row) => row.sort((a, b) => a.left - b.left));
}

/** Of a page with text of its own: its lines in order, each where the same letters stand. A line that is not found has no box. */
export function printed(lines: SheetLine[], pieces: Piece[]): Box[] {
  const all = rows(pieces).map((row) => ({ row, text: letters(row.map((piece) => piece.text).join('')) }));
  const boxes: Box[] = [];
  let from = 0;
  for (const { line, text } of lines) {
    const wanted = letters(text);
    if (!wanted) continue;
    const at = all.findIndex(({ text: there }, i) => i >= from && there === wanted);
    const found = all[at];
    if (!found) continue;
    from = at + 1;
    const [left, top] = [Math.min(...found.row.map((p) => p.left)), Math.min(...found.row.map((p) => p.top))];
    const right = Math.max(...found.row.map((p) => p.left + p.width));
    const bottom = Math.max(...found.row.map((p) => p.top + p.height));
    boxes.push({ line, left, top, width: right - left, height: bottom - top });
  }
  return boxes;
}
