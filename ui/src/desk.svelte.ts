/**
 * What the whole window knows: the session, the place that is shown, and whether the client's details are covered. Nothing
 * of it outlives the window: no address, no storage, no history holds a client.
 */
import { host, Refusal, type ClientId, type Lang, type Session } from './host';
import { keepAll } from './parts/draft.svelte';
import { speak } from './words';

export type Part = 'intake' | 'record' | 'results' | 'papers' | 'after';
export const PARTS: readonly Part[] = ['intake', 'record', 'results', 'papers', 'after'];
export type Place = { at: 'clients' } | { at: 'clinic' } | { at: 'people' } | { at: 'rules' } | { at: 'bulk' } | { at: 'forms' } | { at: 'review' } | { at: 'safe' } | { at: 'laptops' } | { at: 'client'; id: ClientId; part: Part };

class Desk {
  session = $state<Session | null>(null);
  place = $state<Place>({ at: 'clients' });
  covered = $state(false);
  trouble = $state<Refusal | null>(null);
  /** Words of acts that were begun and not sent, such as a new client's name: still there when one comes back. Gone at a lock. */
  unsent = $state<Record<string, string>>({});

  #warned = '';

  async start(): Promise<void> {
    await this.attempt(async () => this.enter(await host().session.state()));
  }

  enter(session: Session): void {
    this.session = session;
    speak(session.lang);
    if (session.phase !== 'open') {
      this.place = { at: 'clients' };
      this.covered = false;
      this.unsent = {};
    }
  }

  /** Leaves a place only after what was typed there is kept. */
  async go(place: Place): Promise<void> {
    const refused = (await keepAll()).join('\n');
    if (refused && refused !== this.#warned) {
      // Once: whoever leaves again means it.
      this.#warned = refused;
      this.trouble = new Refusal('unkept', '', '');
      document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus();
      return;
    }
    this.#warned = '';
    this.trouble = null;
    this.place = place;
    // A new step starts at its top, wherever the last one was left.
    window.scrollTo(0, 0);
  }

  /** Covers the client's details, or shows them again. */
  cover(): void {
    this.covered = !this.covered;
    // An open dialog would hold the keys behind the cover; what was typed in it is still there when it is opened again.
    if (this.covered) for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close();
  }

  async lock(): Promise<void> {
    await keepAll();
    await this.attempt(async () => {
      await host().session.lock();
      this.enter(await host().session.state());
    });
  }

  async language(lang: Lang): Promise<void> {
    await this.attempt(async () => {
      // First the host: the law's words for the next question must come in the new language already.
      await host().session.language(lang);
      // What the session names, it names in the new language from now on.
      this.session = await host().session.state();
      speak(lang);
    });
  }

  /** Runs an act; what was refused is shown at the top of the screen until the next act. */
  async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const done = await act();
      this.trouble = null;
      return done;
    } catch (cause) {
      this.trouble = refusal(cause);
      return undefined;
    }
  }
}

/** Any failure as a refusal with words. */
export function refusal(cause: unknown): Refusal {
  return cause instanceof Refusal ? cause : new Refusal('window', cause instanceof Error ? cause.message : String(cause), '');
}

export const desk = new Desk();
