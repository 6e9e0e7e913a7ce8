/** What is used of the engine; its package describes nothing itself. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  export interface Api {
    Init(folder: null, language: string, engine: number, settings: string): number;
    SetVariable(name: string, value: string): boolean;
    /** Takes the file `/input`; 1 where that is no picture. */
    SetImageFile(orientation: number, angle: number): number;
    Recognize(monitor: null): number;
    GetTSVText(): string;
    /** Lets go of the picture and of what was read. */
    Clear(): void;
  }
  export interface Engine {
    TessBaseAPI: new () => Api;
    /** A file system in memory. */
    FS: { writeFile(path: string, data: Uint8Array | string): void; unlink(path: string): void };
  }
  export interface Options {
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, program: WebAssembly.Module) => void): object;
    /** In hundredths; letters are looked for from 30 on. */
    TesseractProgress(percent: number): void;
    print(line: string): void;
    printErr(line: string): void;
  }
  export default function engine(options: Options): Promise<Engine>;
}
