/**
 * One client as the vault last said. Every change goes through here, one after the other, so that what is shown is always
 * what was kept.
 */
import { refusal } from '../desk.svelte';
import { factAt } from '../record/path';
import { host, type Client, type ClientId, type Refusal } from '../host';

export class Keeper {
  client: Client = $state.raw() as Client;
  keeping = $state(false);
  /** Why the last act on the whole client was refused; a field's own refusals stand at the field. */
  trouble = $state<Refusal | null>(null);
  #line: Promise<unknown> = Promise.resolve();
  #open = 0;

  constructor(client: Client) {
    this.client = client;
  }

  get id(): ClientId {
    return this.client.id;
  }

  /** Sends a change after those before it; throws the refusal, so that a field can show it. */
  change(send: (id: ClientId) => Promise<Client>): Promise<void> {
    this.#open += 1;
    this.keeping = true;
    const mine = this.#line.then(async () => {
      this.client = await send(this.id);
    });
    this.#line = mine.catch(() => undefined).finally(() => {
      this.#open -= 1;
      this.keeping = this.#open > 0;
    });
    return mine;
  }

  /** The same for an act without a field: the refusal is shown at the top. */
  async act(send: (id: ClientId) => Promise<Client>): Promise<boolean> {
    try {
      await this.change(send);
      this.trouble = null;
      return true;
    } catch (cause) {
      this.trouble = refusal(cause);
      return false;
    }
  }

  /** Sets one fact of the record by its contract path. */
  answer = (path: string, value: unknown): Promise<void> => this.change((id) => host().clients.answer(id, path, value));

  /** Sets one fact of a part that may not be there yet, such as the date of a sentence nobody wrote down. */
  part = (base: string, leaf: string, value: unknown): Promise<void> =>
    this.change((id) => {
      // Looked at when its turn comes: the change before it may have made the part.
      if (factAt(this.client.record, base)) return host().clients.answer(id, `${base}.${leaf}`, value);
      return value === null ? Promise.resolve(this.client) : host().clients.answer(id, base, { [leaf]: value });
    });

  /** For a text fact: nothing typed means not known. */
  text = (path: string) => (text: string): Promise<void> => this.answer(path, text.trim() || null);

  /** Takes what another source or the reader proposes for a fact. */
  take(path: string, value: unknown): Promise<boolean> {
    return this.act((id) => host().clients.answer(id, path, value));
  }

  undo(): Promise<boolean> {
    return this.act((id) => host().clients.undo(id));
  }
}
