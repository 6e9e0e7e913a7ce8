/** pdf.js is large, so it is loaded when the first paper is looked at. */
import type { Drawn } from './pdf';

export type { Drawn, Page, Piece } from './pdf';

export async function open(bytes: Uint8Array): Promise<Drawn> {
  const pdf = await import('./pdf');
  return pdf.open(bytes);
}
