/**
 * Text on its way from a field to the vault. It is kept a moment after typing stops, at once when the field is left, and before
 * anything else that would lose it: leaving the place, locking. A refused text stays in the field, with the reason.
 */
import { Refusal } from '../host';

const PAUSE = 700;
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
const waiting = new Set<Draft>();

/** Keeps everything that was typed and not kept yet. Gives the texts that were refused and would be lost. */
export async function keepAll(): Promise<string[]> {
  const all = [...waiting];
  await Promise.all(all.map((draft) => draft.keep()));
  return all.filter((draft) => draft.refused && draft.changed).map((draft) => draft.text);
}

export class Draft {
  text = $state('');
  refused = $state<Refusal | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = '';
  #followed: string | null = null;
  #sending: Promise<void> | null = null;
  readonly #put: (text: string) => Promise<void>;
  readonly #pause: number | null;

  /** Without a pause the text is kept only when its place is left, or when asked: a note is not cut in pieces. */
  constructor(kept: string, put: (text: string) => Promise<void>, pause: number | null = PAUSE) {
    this.text = this.#kept = kept;
    this.#put = put;
    this.#pause = pause;
  }

  get changed(): boolean {
    return this.text !== this.#kept;
  }

  /** The vault has another value now: shown unless somebody is typing over it. */
  follow(kept: string): void {
    this.#followed = kept;
    if (kept === this.#kept) return;
    if (!this.changed) this.text = kept;
    this.#kept = kept;
  }

  type(): void {
    waiting.add(this);
    clearTimeout(this.#timer);
    if (this.#pause === null) return;
    this.#timer = setTimeout(() => void this.keep(), this.#pause);
  }

  /** Starts afresh after its words were sent. */
  empty(): void {
    this.text = this.#kept = '';
  }

  /** Its place is gone: what can be kept is kept, what was refused goes with it. */
  async leave(): Promise<void> {
    await this.keep();
    waiting.delete(this);
  }

  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    // One after the other: what was typed while the last text was on its way follows it.
    await this.#sending;
    if (!this.changed || (this.#pause === null && !this.text.trim())) {
      waiting.delete(this);
      this.refused = null;
      return;
    }
    this.#sending = this.#send(this.text);
    await this.#sending;
    this.#sending = null;
  }

  async #send(text: string): Promise<void> {
    this.#followed = null;
    try {
      await this.#put(text);
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      this.refused = cause;
      return;
    }
    // The vault may write the same fact in another form.
    const shown = this.#followed ?? text;
    if (this.text === text) {
      this.text = shown;
      waiting.delete(this);
    }
    this.#kept = shown;
    this.refused = null;
  }
}
