/** Opens the whole window over the host in memory, as far as a test needs. */
import { render, screen } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import App from '../src/App.svelte';
import { choose, type Host } from '../src/host';
import { memory } from '../src/host/memory';

export const PASSPHRASE = 'correct horse battery';

export interface Opened {
  host: Host;
  user: UserEvent;
}

export async function start(options: Parameters<typeof memory>[0] = {}, change: (host: Host) => void = () => undefined): Promise<Opened> {
  const host = memory(options);
  change(host);
  choose(host);
  render(App);
  return { host, user: userEvent.setup() };
}

/** Past the door, at the list. */
export async function list(options: Parameters<typeof memory>[0] = {}, change?: (host: Host) => void): Promise<Opened> {
  const opened = await start({ phase: 'open', ...options }, change);
  await screen.findByRole('heading', { name: 'Clients' });
  return opened;
}

/** At one step of the made-up client. */
export async function client(step: string, change?: (host: Host) => void): Promise<Opened> {
  const opened = await list({}, change);
  await opened.user.click(await screen.findByTestId('client-row'));
  await screen.findByTestId('client-name');
  if (step !== 'intake') await opened.user.click(screen.getByTestId(`step-${step}`));
  return opened;
}
