/** One act that takes a moment and may be refused, such as deriving a key from a passphrase. */
import { refusal } from '../desk.svelte';
import type { Refusal } from '../host';

export class Act {
  busy = $state(false);
  refused = $state<Refusal | null>(null);

  async run(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
      this.refused = null;
    } catch (cause) {
      this.refused = refusal(cause);
    } finally {
      this.busy = false;
    }
  }
}
