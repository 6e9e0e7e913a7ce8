import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { desk } from '../src/desk.svelte';
import type { Host } from '../src/host';
import { list, PASSPHRASE, start } from './app';

/** No training office: that one is made anew each time, and nothing is restored into it. */
function real(host: Host): void {
  const { state } = host.session;
  host.session.state = async () => ({ ...(await state()), training: false });
}

describe('unlocking', () => {
  it('opens with the passphrase and Enter', async () => {
    const { user } = await start();
    await user.type(await screen.findByLabelText('Passphrase'), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('heading', { name: 'Clients' })).toBeVisible();
  });

  it('says what was wrong, keeps what was typed, and counts in words', async () => {
    const { user } = await start();
    const field = await screen.findByLabelText('Passphrase');
    await user.type(field, 'wrong{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('That is not the passphrase');
    expect(field).toHaveValue('wrong');
    expect(screen.getByText(/^One wrong try/)).toBeVisible();
    await user.type(field, 'er{Enter}');
    expect(await screen.findByText(/^2 wrong tries/)).toBeVisible();
  });

  it('lets the recovery code in with a new passphrase', async () => {
    const { user } = await start();
    await user.click(await screen.findByRole('button', { name: 'Lost passphrase' }));
    await user.type(screen.getByLabelText('Recovery code'), 'SAMP LE00');
    await user.type(screen.getByLabelText('New passphrase'), 'one');
    await user.type(screen.getByLabelText('The passphrase once more'), 'two{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('differ');
    await user.clear(screen.getByLabelText('The passphrase once more'));
    await user.type(screen.getByLabelText('The passphrase once more'), 'one{Enter}');
    expect(await screen.findByRole('heading', { name: 'Clients' })).toBeVisible();
  });
});

describe('two of three sheets', () => {
  it('open the office with a new passphrase', async () => {
    const { user } = await start();
    await user.click(await screen.findByRole('button', { name: 'Lost passphrase' }));
    await user.click(screen.getByRole('checkbox', { name: /three sheets/ }));
    await user.type(screen.getByLabelText('The words of one sheet'), '1. abandon 2. zoo');
    await user.type(screen.getByLabelText('The words of another sheet'), '1. zoo 2. abandon');
    await user.type(screen.getByLabelText('New passphrase'), 'one');
    await user.type(screen.getByLabelText('The passphrase once more'), 'one{Enter}');
    expect(await screen.findByRole('heading', { name: 'Clients' })).toBeVisible();
  });
});

describe('a backup brought back', () => {
  it('puts the office that is here aside only when somebody says so, and leaves it locked', async () => {
    const { user } = await start({}, real);
    await user.click(await screen.findByTestId('restore-ask'));
    await user.type(screen.getByLabelText('Passphrase or recovery code of the backup'), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('alert')).toHaveTextContent('An office is here already');
    await user.click(screen.getByTestId('restore-aside'));
    await user.click(screen.getByTestId('restore-go'));
    expect(await screen.findByTestId('restored')).toHaveTextContent('with 2 clients');
    expect(screen.getByTestId('restored')).toHaveTextContent('vault.before-2026-11-21');
    expect(screen.getByLabelText('Passphrase')).toHaveFocus();
  });

  it('is the other way to begin on an empty computer', async () => {
    const { user } = await start({ phase: 'new', people: false }, real);
    await user.click(await screen.findByTestId('restore-ask'));
    expect(screen.queryByTestId('restore-aside')).toBeNull();
    await user.type(screen.getByLabelText('Passphrase or recovery code of the backup'), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByTestId('restored')).toHaveTextContent('is back');
  });
});

describe('a new office', () => {
  it('shows the recovery code once and goes on only when it is written down', async () => {
    const { user } = await start({ phase: 'new', people: false });
    await user.type(await screen.findByLabelText(/^Clinic name/), 'Lantern Clinic');
    await user.type(screen.getByLabelText('Your name'), 'Ada');
    await user.type(screen.getByLabelText('Passphrase'), 'four words');
    await user.type(screen.getByLabelText('The passphrase once more'), 'four words{Enter}');
    expect(await screen.findByTestId('recovery-code')).toHaveTextContent(/SAMP/);
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    expect(screen.getByRole('alert')).toHaveTextContent('Write it down first');
    await user.click(screen.getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    expect(await screen.findByText('No client yet')).toBeVisible();
    expect(screen.queryByTestId('recovery-code')).toBeNull();
  });

  it('names what is missing and keeps the rest', async () => {
    const { user } = await start({ phase: 'new', people: false });
    await user.type(await screen.findByLabelText('Your name'), 'Ada{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('The clinic has no name yet.');
    expect(screen.getByLabelText('Your name')).toHaveValue('Ada');
  });
});

describe('closing', () => {
  it('locks with one key and drops every client from the page', async () => {
    const { user } = await list();
    await user.keyboard('{F9}');
    expect(await screen.findByLabelText('Passphrase')).toBeVisible();
    expect(document.body).not.toHaveTextContent('J. D.');
  });

  it('locks by itself after the idle minutes, not before', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await list();
      await vi.advanceTimersByTimeAsync(4 * 60_000);
      expect(desk.session?.phase).toBe('open');
      await vi.advanceTimersByTimeAsync(90_000);
      await waitFor(() => expect(desk.session?.phase).toBe('locked'));
    } finally {
      vi.useRealTimers();
    }
  });

  it('covers a dialog too, and what was typed in it is still there', async () => {
    const { user } = await list();
    await user.click(screen.getByTestId('new-client'));
    await user.type(screen.getByLabelText('Given name'), 'Hester');
    await user.keyboard('{F8}');
    expect(screen.queryByTestId('add-client')).toBeNull();
    await user.click(screen.getAllByRole('button', { name: /^Show again/ })[0] ?? document.body);
    await user.click(screen.getByTestId('new-client'));
    expect(screen.getByLabelText('Given name')).toHaveValue('Hester');
  });

  it('covers the details with one key and gives them back as they were', async () => {
    const { user } = await list();
    await user.type(screen.getByRole('combobox'), 'doe');
    await user.keyboard('{F8}');
    expect(screen.getByRole('heading', { name: /details are hidden/ })).toBeVisible();
    expect(screen.getByTestId('client-row')).not.toBeVisible();
    await user.keyboard('{F8}');
    expect(screen.getByRole('combobox')).toHaveValue('doe');
  });
});
