/** The engine is large, so it is loaded when the first picture of a page comes. */
import type { Recognizer } from './recognizer';

export type { Recognizer } from './recognizer';

export async function start(progress: (part: number) => void): Promise<Recognizer> {
  const engine = await import('./recognizer');
  return engine.start(progress);
}
