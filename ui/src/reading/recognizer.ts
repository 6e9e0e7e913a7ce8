/**
 * Recognises the letters of a page in a worker of the web view. Program, model and pixels come from beside the window and from the
 * shell: nothing is fetched from elsewhere, and nothing of a page is stored.
 *
 * Every file is read by a worker of its own, whose memory ends with it. What they share is the program and the model, which know of no
 * client: the program is compiled once, and is fast where it was used before.
 */
import type { Asked, Told } from './engine.worker';
import EngineWorker from './engine.worker?worker';

export interface Recognizer {
  /** The words on a picture, as the table that Tesseract writes. The picture's memory is given away. */
  words(picture: Uint8Array): Promise<string>;
  /** Ends the worker at once; what it was doing is lost. */
  stop(): Promise<void>;
}

interface Parts {
  program: WebAssembly.Module;
  model: Uint8Array;
}

let parts: Promise<Parts> | null = null;

/** Tells how much of the page in hand is done, 0 to 1. */
export async function start(progress: (part: number) => void): Promise<Recognizer> {
  parts ??= load();
  // What could not be loaded is tried again the next time.
  parts.catch(() => (parts = null));
  const { program, model } = await parts;
  const worker = new EngineWorker();
  const ask = (asked: Asked, given: Transferable[]) =>
    new Promise<string>((resolve, reject) => {
      worker.onerror = () => reject(new Error('the engine ended'));
      worker.onmessage = ({ data }: MessageEvent<Told>) => {
        if ('part' in data) progress(data.part);
        else if ('done' in data) resolve(data.done);
        else reject(new Error(data.failed));
      };
      worker.postMessage(asked, given);
    });
  try {
    await ask({ program, model }, []);
  } catch (why) {
    worker.terminate();
    throw why;
  }
  return {
    async words(picture) {
      const table = await ask({ picture }, [picture.buffer]);
      // The headless program writes a line of headings first; this one does not.
      return `level\tpage\tblock\tparagraph\tline\tword\tleft\ttop\twidth\theight\tconfidence\ttext\n${table}`;
    },
    async stop() {
      worker.terminate();
    },
  };
}

async function load(): Promise<Parts> {
  const [program, model] = await Promise.all([
    beside('tesseract-core-simd-lstm.wasm').then((bytes) => WebAssembly.compile(bytes)),
    beside('eng.traineddata'),
  ]);
  return { program, model: new Uint8Array(model) };
}

/** A file of the engine's, from beside the window. */
async function beside(file: string): Promise<ArrayBuffer> {
  // eslint-disable-next-line no-restricted-globals -- nothing leaves the window: the content policy allows no other address
  const answer = await fetch(new URL(`ocr/${file}`, document.baseURI));
  if (!answer.ok) throw new Error(`${file} is missing`);
  return answer.arrayBuffer();
}
