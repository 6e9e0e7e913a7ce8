/**
 * Recognises the letters of a page in a worker of the web view. Program, model and pixels come from beside the window and from the
 * shell: every path is given, so nothing is fetched from elsewhere, and nothing of a page is stored.
 *
 * Tesseract's settings are those of the headless command: rows across the whole page, no dictionary (a sheet's words are in none).
 */
import { createWorker, OEM, PSM } from 'tesseract.js';

export interface Recognizer {
  /** The words on a picture, as the table that Tesseract writes. */
  words(picture: Uint8Array): Promise<string>;
  /** Ends the worker at once; what it was doing is lost. */
  stop(): Promise<void>;
}

/** Tells how much of the page in hand is done, 0 to 1. */
export async function start(progress: (part: number) => void): Promise<Recognizer> {
  const beside = (file: string) => new URL(`ocr/${file}`, document.baseURI).href;
  const worker = await createWorker(
    'eng',
    OEM.LSTM_ONLY,
    {
      workerPath: beside('worker.min.js'),
      corePath: beside('tesseract-core-simd-lstm.wasm.js'),
      langPath: beside('').replace(/\/$/, ''),
      workerBlobURL: false,
      cacheMethod: 'none',
      gzip: true,
      logger: (message) => {
        if (message.status === 'recognizing text') progress(message.progress);
      },
    },
    { load_system_dawg: '0', load_freq_dawg: '0' },
  );
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK, user_defined_dpi: '300' });
  return {
    async words(picture) {
      const { data } = await worker.recognize(new Blob([picture as BlobPart]), {}, { text: false, tsv: true });
      // The headless program writes a line of headings first; this one does not.
      return `level\tpage\tblock\tparagraph\tline\tword\tleft\ttop\twidth\theight\tconfidence\ttext\n${data.tsv ?? ''}`;
    },
    async stop() {
      await worker.terminate();
    },
  };
}
