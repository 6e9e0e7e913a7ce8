/**
 * The worker in which letters are recognised: Tesseract as WebAssembly. It is given its program, compiled, and its model, and then one
 * picture after the other; it fetches nothing and stores nothing. Memory is its own and ends with it.
 *
 * Tesseract's settings are those of the headless command: rows across the whole page, no dictionary (a sheet's words are in none).
 */
import engine, { type Api } from 'tesseract.js-core/tesseract-core-simd-lstm.js';

/** What the worker is asked: first to begin, then for the words of pictures. */
export type Asked = { program: WebAssembly.Module; model: Uint8Array } | { picture: Uint8Array };
/** What it tells; every question ends with `done` (for a picture: Tesseract's table) or `failed`. */
export type Told = { part: number } | { done: string } | { failed: string };

const LSTM = 1;
const SINGLE_BLOCK = '6';

const tell = (told: Told) => postMessage(told);
let api: Api | null = null;
let files: { writeFile(path: string, data: Uint8Array | string): void; unlink(path: string): void } | null = null;

/** The engine says after every word how far it is. A bar drawn as often is work that nobody sees: each time is a picture of the window. */
const STEP = 0.1;
let told = 0;

function on(percent: number): void {
  const part = Math.max(0, (percent - 30) / 70);
  // The next picture begins anew.
  if (part >= told && part < told + STEP) return;
  told = part;
  tell({ part });
}

async function begin(program: WebAssembly.Module, model: Uint8Array): Promise<string> {
  let refuse: (why: unknown) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => (refuse = reject));
  const made = engine({
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(program, imports).then((instance) => done(instance, program), refuse);
      return {};
    },
    TesseractProgress: on,
    // What it says while it reads may hold a page's words: to nobody.
    print: () => undefined,
    printErr: () => undefined,
  });
  const { FS, TessBaseAPI } = await Promise.race([made, refused]);
  FS.writeFile('eng.traineddata', model);
  FS.writeFile('/settings', 'load_system_dawg 0\nload_freq_dawg 0');
  const started = new TessBaseAPI();
  if (started.Init(null, 'eng', LSTM, '/settings') !== 0) throw new Error('the model does not fit the engine');
  started.SetVariable('tessedit_pageseg_mode', SINGLE_BLOCK);
  started.SetVariable('user_defined_dpi', '300');
  [api, files] = [started, FS];
  return '';
}

function words(picture: Uint8Array): string {
  if (!api || !files) throw new Error('not begun');
  files.writeFile('/input', picture);
  const failed = api.SetImageFile(1, 0) === 1;
  files.unlink('/input');
  if (failed) throw new Error('no picture');
  api.Recognize(null);
  const table = api.GetTSVText();
  api.Clear();
  return table;
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const answer = 'picture' in data ? new Promise<string>((done) => done(words(data.picture))) : begin(data.program, data.model);
  answer.then(
    (done) => tell({ done }),
    (why: unknown) => tell({ failed: String(why) }),
  );
});
