import { screen, waitFor, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { desk } from '../src/desk.svelte';
import { Refusal, type Host } from '../src/host';
import { client, list, type Opened } from './app';

const VOLUNTEER = { who: { id: 's2', name: 'V. Moss', role: 'volunteer', attorney: false } as const };

async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html}`));
}

async function at(place: 'safe' | 'laptops', change?: (host: Host) => void): Promise<Opened> {
  const opened = await list({}, change);
  await opened.user.click(screen.getByTestId(place));
  await screen.findByRole('heading', { level: 1, name: place === 'safe' ? 'Safe' : 'Laptops' });
  return opened;
}

describe('backups', () => {
  it('are reminded of on the list, written, and then not reminded of any more', async () => {
    const { user } = await list();
    const news = await screen.findByTestId('backup-news');
    expect(news).toHaveTextContent('There is no backup yet. Write one today, to another disk.');
    await user.click(within(news).getByRole('button', { name: 'To the backups' }));
    await user.click(await screen.findByTestId('backup-go'));
    await waitFor(() => expect(screen.getByTestId('backup-done')).toHaveTextContent('relief-desk-2026-11-21.backup was written, opened and compared: one client, 7 rows of the log.'));
    expect(screen.queryByText(/There is no backup yet/)).toBeNull();
    await user.keyboard('{Escape}');
    await screen.findByRole('heading', { name: 'Clients' });
    await waitFor(() => expect(screen.queryByTestId('backup-news')).toBeNull());
  });

  it('say how old the last one is, and that a clock went back', async () => {
    const says = (reminder: 'old' | 'clock_back', days: number) => (host: Host) => {
      host.safe = { ...host.safe, backups: async () => ({ last: '2026-11-01T10:00:00Z', steps_since: 9, reminder, days, folder: null, code_unsure: false, as_it_stands: false }) };
    };
    await list({}, says('old', 20));
    expect(await screen.findByTestId('backup-news')).toHaveTextContent('The last backup is 20 days old.');
    document.body.innerHTML = '';
    await list({}, says('clock_back', -3));
    expect(await screen.findByText(/The clock is behind the last backup/)).toBeInTheDocument();
  });

  it('move nothing away under a hand: what stands below what is still looked up comes after it', async () => {
    const held: (() => void)[] = [];
    const { user } = await list({}, (host: Host) => {
      const { backups } = host.safe;
      host.safe = { ...host.safe, backups: () => new Promise((give) => held.push(() => give(backups()))) };
    });
    await waitFor(() => expect(held).toHaveLength(1));
    expect(screen.queryByTestId('client-row')).toBeNull();
    held[0]?.();
    await screen.findByTestId('backup-news');
    await screen.findByTestId('client-row');
    await user.click(screen.getByTestId('safe'));
    await waitFor(() => expect(held).toHaveLength(2));
    expect(screen.queryByTestId('backup-go')).toBeNull();
    held[1]?.();
    await waitFor(() => expect(screen.getByTestId('backup-go')).toBeEnabled());
  });

  it('say that the office was opened as it stands', async () => {
    await list({}, (host: Host) => {
      const { backups } = host.safe;
      host.safe = { ...host.safe, backups: async () => ({ ...(await backups()), as_it_stands: true }) };
    });
    expect(await screen.findByTestId('stood-news')).toHaveTextContent('parts of an older copy had been put back');
  });

  it('lead to the keys while nobody said that the recovery code is on paper', async () => {
    let written = false;
    const { user } = await list({}, (host: Host) => {
      const { backups } = host.safe;
      host.safe = { ...host.safe, backups: async () => ({ ...(await backups()), code_unsure: !written }) };
      host.people = { ...host.people, codeWritten: async () => void (written = true) };
    });
    await user.click(within(await screen.findByTestId('code-news')).getByRole('button'));
    await user.click(await screen.findByTestId('code-there'));
    await waitFor(() => expect(screen.queryByTestId('code-there')).toBeNull());
    expect(written).toBe(true);
  });

  it('are rehearsed with a secret that is kept only where it was wrong', async () => {
    const { user } = await at('safe');
    const secret = screen.getByLabelText(/Passphrase of the day of the backup/);
    await user.type(secret, 'wrong');
    await user.click(screen.getByTestId('rehearse-go'));
    expect(await screen.findByRole('alert')).toHaveTextContent('That is not the passphrase of this person');
    expect(secret).toHaveValue('wrong');
    await user.clear(secret);
    await user.type(secret, 'right one');
    await user.click(screen.getByTestId('rehearse-go'));
    await waitFor(() => expect(screen.getByTestId('rehearsed')).toHaveTextContent('Everything came back: 1 clients, 42 rows'));
    expect(secret).toHaveValue('');
    expect(await faults()).toEqual([]);
  });

  it('that do not come back as they were are called not good', async () => {
    const { user } = await at('safe', (host) => {
      host.safe = { ...host.safe, rehearse: async () => ({ made: '2026-11-01T10:00:00Z', clients: 1, audit_rows: 7, rows: 42, same: false, problems: [], log_holds: false }) };
    });
    await user.type(screen.getByLabelText(/Passphrase of the day of the backup/), 'x');
    await user.click(screen.getByTestId('rehearse-go'));
    await screen.findByText(/This backup is not good/);
    expect(screen.queryByText(/Everything came back/)).toBeNull();
    expect(screen.getByText(/does not hold what the backup noted/)).toBeInTheDocument();
  });

  it('are a volunteer\'s too; the rest of the safe is not', async () => {
    const { user } = await list(VOLUNTEER);
    expect(screen.queryByTestId('laptops')).toBeNull();
    await user.click(screen.getByTestId('safe'));
    await screen.findByTestId('backup-go');
    expect(screen.getByText(/The log is for the administrator and the attorneys/)).toBeInTheDocument();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByTestId('backup-folder')).toBeNull();
  });
});

describe('the log', () => {
  it('that cannot be read can still be proved', async () => {
    const { user } = await at('safe', (host) => {
      host.safe = { ...host.safe, log: () => Promise.reject(new Refusal('database_damaged', '', '')) };
    });
    await user.click(screen.getByLabelText('Who did what'));
    await screen.findByRole('alert');
    await user.click(screen.getByTestId('log-verify'));
    await waitFor(() => expect(screen.getByTestId('log-verdict')).not.toBeEmptyDOMElement());
  });

  it('is read from its end, holds a noted head or says that it does not', async () => {
    const { user } = await at('safe');
    await user.click(screen.getByLabelText('Who did what'));
    await waitFor(() => expect(screen.getAllByTestId('log-row')).toHaveLength(4));
    expect(screen.getAllByTestId('log-row')[0]).toHaveTextContent(/looked at a client/);
    await user.click(screen.getByRole('button', { name: 'Earlier rows' }));
    await waitFor(() => expect(screen.getAllByTestId('log-row')).toHaveLength(7));
    const head = screen.getByTestId('log-head').textContent;
    await user.type(screen.getByLabelText(/A head that was noted/), `6${head.slice(1)}`);
    await user.click(screen.getByTestId('log-verify'));
    await waitFor(() => expect(screen.getByTestId('log-verdict')).toHaveTextContent('it was cut or written anew since'));
    await user.clear(screen.getByLabelText(/A head that was noted/));
    await user.type(screen.getByLabelText(/A head that was noted/), head);
    await user.click(screen.getByTestId('log-verify'));
    await waitFor(() => expect(screen.getByTestId('log-verdict')).toHaveTextContent('The log holds the head that was given.'));
    let from = 0;
    await user.click(screen.getByTestId('log-save'));
    await waitFor(() => expect(screen.getByTestId('log-told')).toHaveTextContent('audit-log-2026-11-21.pdf was written.'));
    from = Number(screen.getAllByTestId('log-row').at(-1)?.firstElementChild?.textContent);
    expect(from).toBe(1);
    expect(await faults()).toEqual([]);
  });
});

describe('tables', () => {
  it('are encrypted unless a reason is given', async () => {
    const sent: unknown[] = [];
    const { user } = await at('safe', (host) => {
      const { table } = host.safe;
      host.safe = { ...host.safe, table: (ask) => (sent.push(ask), table(ask)) };
    });
    await user.click(screen.getByLabelText('Tables and figures'));
    const go = screen.getByTestId('export-go');
    expect(go).toBeDisabled();
    await user.type(screen.getByLabelText('Passphrase of the file'), 'four words of mine');
    await user.click(go);
    await waitFor(() => expect(screen.getByTestId('export-done')).toHaveTextContent('clients-2026-11-21.csv.age was written'));
    await user.click(screen.getByLabelText('In clear'));
    expect(go).toBeDisabled();
    expect(screen.getByText(/The reason goes into the log as it is typed/)).toBeInTheDocument();
    await user.type(screen.getByLabelText('Why it leaves in clear'), 'move to the new case system');
    await user.click(screen.getByLabelText('Clio'));
    await user.click(go);
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent).toEqual([
      { layout: 'legalserver', passphrase: 'four words of mine', reason: null },
      { layout: 'clio', passphrase: null, reason: 'move to the new case system' },
    ]);
  });

  it('of figures hide what is small', async () => {
    const { user } = await at('safe');
    await user.click(screen.getByLabelText('Tables and figures'));
    await user.click(screen.getByTestId('count-go'));
    await screen.findByText('Too few clients to count.');
    expect(screen.getByText('hidden')).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  });
});

it('a lost laptop is told from its backup', async () => {
  const { user } = await at('safe');
  await user.click(screen.getByLabelText('A lost laptop'));
  await user.type(await screen.findByLabelText(/Passphrase of the day of the backup/), 'x');
  await user.click(screen.getByTestId('lost-go'));
  const found = await screen.findByTestId('lost-found');
  expect(found).toHaveTextContent('Recovery code: each guess at the passphrase takes 256 MiB of memory');
  expect(found).toHaveTextContent('birth date, 2 cases');
  expect(await faults()).toEqual([]);
});

describe('hand-over', () => {
  it('goes only to a laptop whose six words were typed, and a client leaves only after the receipt', async () => {
    const { user } = await at('laptops');
    expect(await screen.findByTestId('six-words')).toHaveTextContent('maple orbit quiet river saddle tulip');
    expect(screen.getByTestId('send-go')).toBeDisabled();
    const words = screen.getByLabelText('The six words on the other screen');
    await user.type(words, 'maple orbit quiet river saddle tulip');
    await user.click(screen.getByTestId('confirm-go'));
    expect(await screen.findByText(/These are not the six words of this card/)).toBeInTheDocument();
    await user.clear(words);
    await user.type(words, 'amber canoe drift lantern oyster violin');
    await user.click(screen.getByTestId('confirm-go'));
    await waitFor(() => expect(screen.getByTestId('laptops-told')).toHaveTextContent('North branch is believed from now on.'));
    await user.selectOptions(screen.getByTestId('send-to'), 'North branch');
    await user.click(screen.getByTestId('send-client'));
    await user.click(screen.getByLabelText('They leave once the other laptop signed for them'));
    await user.click(screen.getByTestId('send-go'));
    await waitFor(() => expect(screen.getByTestId('send-done')).toHaveTextContent('hand-over-2026-11-21.relief was written, with one client.'));
    expect(screen.getByTestId('sent')).toHaveTextContent('to leave this laptop, no receipt yet');
    expect(screen.queryByTestId('purge-go')).toBeNull();
    await user.click(screen.getByTestId('receipt-go'));
    await user.click(await screen.findByTestId('purge-go'));
    await waitFor(() => expect(screen.getByTestId('receipt-found')).toHaveTextContent('They are gone from this laptop.'));
    expect(await faults()).toEqual([]);
  });

  it('leaves what two laptops changed side by side until an attorney chooses', async () => {
    const { user } = await at('laptops');
    await user.click(await screen.findByTestId('take-go'));
    await waitFor(() => expect(screen.getByTestId('taken')).toHaveTextContent('From North branch: one client.'));
    await user.click(screen.getByTestId('receipt-save'));
    await waitFor(() => expect(screen.getByTestId('receipt-saved')).toHaveTextContent('receipt.json was written.'));
    await user.click(await screen.findByRole('button', { name: 'Open Jane Doe' }));
    const dispute = await screen.findByTestId('dispute');
    expect(dispute).toHaveTextContent('This laptop');
    expect(dispute).toHaveTextContent('Apr 12, 1976');
    expect(dispute).toHaveTextContent('Apr 12, 1967');
    expect(await faults()).toEqual([]);
    await user.click(within(dispute).getAllByRole('button', { name: 'Take this one' }).at(-1) ?? dispute);
    await waitFor(() => expect(screen.queryByTestId('dispute')).toBeNull());
  });

  it('shows a dispute to a volunteer without a choice', async () => {
    const { user } = await list(VOLUNTEER, (host) => {
      host.laptops = { ...host.laptops, disputes: async () => [{ field: 'person/born', path: 'person.born', values: [{ version: 'a:1', value: null, here: true }, { version: 'b:1', value: '1967', here: false }] }] };
    });
    await user.click(await screen.findByTestId('client-row'));
    await user.click(await screen.findByTestId('step-record'));
    const dispute = await screen.findByTestId('dispute');
    expect(dispute).toHaveTextContent('removed');
    expect(within(dispute).queryByRole('button')).toBeNull();
    expect(screen.getByText('An attorney chooses.')).toBeInTheDocument();
  });
});

describe('keeping and destroying', () => {
  it('is decided with a rule and a reason, asked once more, and says who still has the client', async () => {
    const { user } = await client('after');
    const part = await screen.findByTestId('keeping');
    await waitFor(() => expect(within(part).getByTestId('decided')).toHaveTextContent('Nothing was decided yet.'));
    expect(screen.queryByTestId('destroy-ask')).toBeNull();
    const go = screen.getByTestId('decide-go');
    await user.click(within(part).getByLabelText('Destroy it'));
    await user.type(screen.getByLabelText('The rule of the clinic'), 'seven years');
    expect(go).toBeDisabled();
    await user.type(screen.getByLabelText('Why, for this client'), 'asked for it');
    await user.click(go);
    await waitFor(() => expect(screen.getByTestId('decided')).toHaveTextContent('To be destroyed: seven years (asked for it). Decided by A. Lee'));
    expect(screen.getByTestId('holder')).toHaveTextContent('Backup relief-desk-2026-11-21.backup');
    await user.click(screen.getByTestId('destroy-ask'));
    await user.click(await screen.findByTestId('destroy-go'));
    expect(await screen.findByTestId('destroyed')).toHaveTextContent('These still hold the client.');
    expect(await faults()).toEqual([]);
  });
});

describe('people', () => {
  it('get another role, must choose another passphrase, and the keys change', async () => {
    const { user } = await list();
    await user.click(screen.getByRole('button', { name: 'People' }));
    await user.type(screen.getByLabelText('Name of the new person'), 'Vera Moss');
    await user.type(screen.getByLabelText('First passphrase'), 'given on paper by somebody');
    await user.click(screen.getByRole('button', { name: 'Add this person' }));
    await user.click(await screen.findByRole('button', { name: 'Change the role of Vera Moss' }));
    await user.click(within(screen.getByRole('dialog', { hidden: true })).getByLabelText('attorney'));
    await user.click(screen.getByTestId('role-go'));
    await waitFor(() => expect(screen.getAllByTestId('person')[1]).toHaveTextContent('attorney'));
    await user.click(screen.getByRole('button', { name: 'Ask Vera Moss for a new passphrase' }));
    await screen.findByText('Vera Moss must choose another passphrase at the next unlocking.');
    await user.click(screen.getByTestId('key-change'));
    await waitFor(() => expect(screen.getByTestId('keys-told')).toHaveTextContent('The database has a new key.'));
    await user.click(screen.getByTestId('code-renew'));
    expect(await screen.findByTestId('new-code')).toHaveTextContent('SAMP-LE00-ONLY-NOT0-ARE4-NEW0');
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'It is on paper' }));
    expect(screen.queryByTestId('new-code')).toBeNull();
  });
});

it('speaks Spanish in all of it', async () => {
  const { user } = await at('safe');
  await desk.language('es');
  await screen.findByRole('heading', { level: 1, name: 'Resguardo' });
  await user.click(screen.getByLabelText('Quién hizo qué'));
  await waitFor(() => expect(screen.getAllByTestId('log-row')[0]).toHaveTextContent('vio a un cliente'));
  await desk.language('en');
});
