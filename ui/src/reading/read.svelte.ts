/** Reading one file to its end: pages that are pictures are recognised one after the other. A stop works at once. */
import { host, Refusal, type ClientId } from '../host';
import { start, type Recognizer } from './load';

export class Reading {
  /** The page in hand and how many there are; absent while the file is opened, and where it has no pictures. */
  page = $state<{ page: number; pages: number } | null>(null);
  /** How much of all pages is done, 0 to 1. */
  done = $state(0);
  stopped = $state(false);
  #engine: Promise<Recognizer> | null = null;
  #stop: (why: Refusal) => void = () => undefined;

  /** Reads a file to its end; nothing is kept yet. */
  async read(id: ClientId, name: string, bytes: Uint8Array): Promise<void> {
    const stopped = new Promise<never>((_, refuse) => (this.#stop = refuse));
    // Nobody listens to it any more once the file is read.
    stopped.catch(() => undefined);
    try {
      await Promise.race([this.#pages(id, name, bytes), stopped]);
    } finally {
      // Not waited for: an engine that is still being loaded holds nobody up.
      void this.#end();
    }
  }

  /** Whoever waits goes on at once; the worker is ended, and the reader ends at its next look. */
  stop(): void {
    this.stopped = true;
    this.#stop(new Refusal('reading_stopped', '', ''));
    void host().reading.stop().catch(() => undefined);
  }

  async #pages(id: ClientId, name: string, bytes: Uint8Array): Promise<void> {
    let step = await host().reading.begin(id, name, bytes);
    while (step.kind === 'picture' && !this.stopped) {
      const { page, pages } = step;
      this.page = { page, pages };
      this.done = (page - 1) / pages;
      this.#engine ??= start((part) => {
        if (this.page) this.done = (this.page.page - 1 + part) / this.page.pages;
      });
      const [engine, picture] = await Promise.all([this.#engine, host().reading.picture()]);
      step = await host().reading.words(await engine.words(picture));
    }
    this.done = 1;
  }

  async #end(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    // An engine that could not start has said so already.
    const started = await engine?.catch(() => null);
    await started?.stop();
  }
}
