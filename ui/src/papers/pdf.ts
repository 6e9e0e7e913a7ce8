/**
 * Draws the very bytes of a paper. pdf.js runs in a worker of our own, from memory; it evaluates no code, loads no font and no
 * data but what lies beside the window.
 */
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy, TextContent } from 'pdfjs-dist/types/src/display/api';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';
import { enlarged } from '../parts/zoom';

/** What stands on a page. */
export interface Page {
  text: string;
  pieces: Piece[];
}

/** A stretch of text and where it stands, as parts of the page's width and height from its top left corner. */
export interface Piece {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Drawn {
  pages: number;
  /** Draws one page into a canvas as wide as asked, in CSS pixels, and gives the text that stands on it. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<Page>;
  close(): Promise<void>;
}

/** The page's text. Read piece by piece: WebKitGTK has streams but cannot loop over one, which `getTextContent` does. */
async function words(page: PDFPageProxy): Promise<Page> {
  const reader = page.streamTextContent().getReader() as ReadableStreamDefaultReader<TextContent>;
  const { width, height } = page.getViewport({ scale: 1 });
  const all: Page = { text: '', pieces: [] };
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    for (const item of read.value.items) {
      if (!('str' in item)) continue;
      all.text += item.str + (item.hasEOL ? '\n' : '');
      const [, , , , x, y] = item.transform as number[];
      if (!item.str.trim() || x === undefined || y === undefined) continue;
      all.pieces.push({ text: item.str, left: x / width, top: 1 - (y + item.height) / height, width: item.width / width, height: item.height / height });
    }
  }
  return all;
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
