/**
 * Text on its way from a field to the vault. It is kept a moment after typing stops, at once when the field is left, and before
 * anything else that would lose it: leaving the place, locking. A refused text stays in the field, with the reason.
 */
import { Refusal } from '../host';

const PAUSE = 700;
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
const waiting = new Set<Draft>();

/** Keeps everything that was typed and not kept yet. */
export async function keepAll(): Promise<void> {
  await Promise.all([...waiting].map((draft) => draft.keep()));
}

export class Draft {
  text = $state('');
  refused = $state<Refusal | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = '';
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

  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    waiting.delete(this);
    if (!this.changed || (this.#pause === null && !this.text.trim())) {
      this.refused = null;
      return;
    }
    const text = this.text;
    try {
      await this.#put(text);
      this.#kept = text;
      this.refused = null;
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      this.refused = cause;
    }
  }
}
