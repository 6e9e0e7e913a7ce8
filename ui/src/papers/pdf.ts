/**
 * Draws the very bytes of a paper. pdf.js runs in a worker of our own, from memory; it evaluates no code, loads no font and no
 * data but what lies beside the window.
 */
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy, TextContent } from 'pdfjs-dist/types/src/display/api';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';
import { enlarged } from '../parts/zoom';

export interface Drawn {
  pages: number;
  /** Draws one page into a canvas as wide as asked, in CSS pixels, and gives the text that stands on it. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<string>;
  close(): Promise<void>;
}

/** The page's text. Read piece by piece: WebKitGTK has streams but cannot loop over one, which `getTextContent` does. */
async function words(page: PDFPageProxy): Promise<string> {
  const pieces = page.streamTextContent().getReader() as ReadableStreamDefaultReader<TextContent>;
  let text = '';
  for (let read = await pieces.read(); !read.done; read = await pieces.read()) {
    for (const item of read.value.items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '');
  }
  return text;
}

export async function open(bytes: Uint8Array): Promise<Drawn> {
  const worker = pdfjs.PDFWorker.create({ port: new PdfWorker() });
  const beside = (folder: string) => new URL(`pdf/${folder}/`, document.baseURI).href;
  const task = pdfjs.getDocument({
    // A copy: the worker takes the memory it is given, and the caller may still print it.
    data: bytes.slice(),
    worker,
    isEvalSupported: false,
    useWasm: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    cMapUrl: beside('cmaps'),
    standardFontDataUrl: beside('standard_fonts'),
    enableXfa: false,
    stopAtErrors: false,
  });
  const document_ = await task.promise;
  return {
    pages: document_.numPages,
    async draw(number, canvas, width) {
      const page = await document_.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: (width / plain.width) * Math.max(1.5, devicePixelRatio * enlarged()) });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      await page.render({ canvas, viewport, intent: 'display' }).promise;
      return words(page);
    },
    async close() {
      await task.destroy();
      worker.destroy();
    },
  };
}
