import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { Refusal, type Host } from '../src/host';
import type { ClientRecord } from '../src/host';
import { there, type CaseTyped } from '../src/record/typein';
import { client, list } from './app';

const missing = (): never => {
  throw new Error('not there');
};

async function record(host: Host, at = 0): Promise<ClientRecord> {
  const row = (await host.clients.list(''))[at] ?? missing();
  return (await host.clients.open(row.id)).record;
}

const offers = async () => within(await screen.findByRole('listbox')).findAllByRole('option');

/** At the record of somebody who brings nothing. */
async function empty() {
  const opened = await list({ people: false });
  await opened.host.clients.add({ given: 'Ines', family: 'Post', born: null });
  await opened.user.type(screen.getByLabelText('Find by name or case number'), 'Ines');
  await opened.user.click(await screen.findByTestId('client-row'));
  await opened.user.click(await screen.findByTestId('step-record'));
  return opened;
}

describe('a case from a scrap of paper', () => {
  it('starts with a number and a year, and knows nothing else', async () => {
    const { host, user } = await empty();
    await user.type(await screen.findByLabelText('Case number'), '85-1234');
    await user.tab();
    await user.keyboard('1985{Enter}');
    expect(await screen.findByText(/Kept: 85-1234/)).toBeVisible();
    const kept = await record(host);
    expect(kept.cases).toEqual([{ id: 'k0', number: '85-1234', filed: '1985', court: {}, counts: [{}] }]);
    // The next line is a count of it, and the keyboard stands at its section.
    expect(screen.getByText(/Next count of 85-1234/)).toBeVisible();
    await waitFor(() => expect(within(screen.getByTestId('type-in')).getByRole('combobox', { name: 'Section' })).toHaveFocus());
  });

  it('takes a section by keyboard alone, however it is spelled', async () => {
    const { host, user } = await empty();
    await user.type(await screen.findByLabelText('Case number'), '85-1234{Enter}');
    const section = await waitFor(() => within(screen.getByTestId('type-in')).getByRole('combobox', { name: 'Section' }));
    await user.type(section, '11357a');
    const options = await offers();
    expect(options[0]).toHaveTextContent('Possession of concentrated cannabis (before Nov 9, 2016)');
    expect(section).toHaveAttribute('aria-expanded', 'true');
    expect(section.getAttribute('aria-activedescendant')).toBe(options[0]?.id);
    await user.keyboard('{Enter}');
    expect(section).toHaveValue('HS 11357(a)');
    expect(section).toHaveAttribute('aria-expanded', 'false');
    await user.keyboard('{Enter}');
    await waitFor(async () => expect((await record(host)).cases[0]?.counts).toEqual([{ section: 'HS 11357(a)' }]));
    // A second count follows the first; its fields are empty again.
    await user.keyboard('burg');
    await offers();
    await user.keyboard('{ArrowDown}{Enter}{Enter}');
    await waitFor(async () => expect((await record(host)).cases[0]?.counts).toEqual([{ section: 'HS 11357(a)' }, { section: 'PC 459' }]));
  });

  it('closes the list with Escape and stays where it is', async () => {
    const { user } = await empty();
    const section = within(await screen.findByTestId('type-in')).getByRole('combobox', { name: 'Section' });
    await user.type(section, '11357');
    await offers();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(section).toHaveValue('11357');
    expect(screen.getByTestId('type-in')).toBeVisible();
  });

  it('keeps a section that the rules do not know as typed, and says so', async () => {
    const { host, user } = await empty();
    const form = within(await screen.findByTestId('type-in'));
    await user.type(form.getByLabelText('Case number'), '7');
    await user.type(form.getByRole('combobox', { name: 'Section' }), 'ZZ 99{Enter}');
    await waitFor(async () => expect((await record(host)).cases[0]?.counts).toEqual([{ section: 'ZZ 99' }]));
    expect(await screen.findByTestId('strange-section')).toHaveTextContent('do not know ZZ 99');
  });

  it('goes on to the next case with one key', async () => {
    const { host, user } = await empty();
    await user.type(await screen.findByLabelText('Case number'), '1{Enter}');
    await screen.findByText(/Next count of 1/);
    await user.keyboard('{Alt>}n{/Alt}');
    const number = await within(screen.getByTestId('type-in')).findByLabelText('Case number');
    await waitFor(() => expect(number).toHaveFocus());
    await user.keyboard('2{Enter}');
    await waitFor(async () => expect((await record(host)).cases.map((item) => item.number)).toEqual(['1', '2']));
  });

  it('does not double a case that is there', async () => {
    const { host, user } = await client('record');
    const before = await record(host);
    await user.click(await screen.findByTestId('add-case'));
    const form = within(screen.getByTestId('type-in'));
    await user.type(form.getByLabelText('Case number'), (before.cases[0]?.number ?? missing()).toLowerCase());
    await user.type(form.getByRole('combobox', { name: 'Section' }), 'PC 459{Enter}{Enter}');
    await waitFor(async () => expect((await record(host)).cases[0]?.counts.at(-1)?.section).toBe('PC 459'));
    expect((await record(host)).cases).toHaveLength(before.cases.length);
  });

  it('a wrong date keeps the line in its fields, with the reason', async () => {
    const { host, user } = await empty();
    const form = within(await screen.findByTestId('type-in'));
    await user.type(form.getByLabelText('Case number'), '5');
    await user.type(form.getByLabelText(/^Charged on/), '19820002{Enter}');
    expect(await screen.findByText(/is not a date/)).toBeVisible();
    expect(form.getByLabelText('Case number')).toHaveValue('5');
    expect((await record(host)).cases).toEqual([]);
  });

  it('keeps the line before the office locks', async () => {
    const { host, user } = await empty();
    await user.type(await screen.findByLabelText('Case number'), '85-1234');
    await user.keyboard('{F9}');
    await screen.findByLabelText('Passphrase');
    await host.session.unlock({ person: 's1', passphrase: 'correct horse battery' });
    expect((await record(host)).cases[0]?.number).toBe('85-1234');
  });

  it('says a refusal and loses nothing', async () => {
    const { user } = await client('record', (host) => {
      host.clients.answer = async () => {
        throw new Refusal('refused', 'This is no case.', '');
      };
    });
    await user.click(await screen.findByTestId('add-case'));
    const number = within(screen.getByTestId('type-in')).getByLabelText('Case number');
    await user.type(number, '5{Enter}');
    expect(await screen.findByText('This is no case.')).toBeVisible();
    expect(number).toHaveValue('5');
  });
});

describe('whether a case is there already', () => {
  const known = { cases: [{ number: '05F01234', filed: '2005-02-20', court: { county: 'Sacramento' }, counts: [] }] } as unknown as ClientRecord;
  const typed = (more: Partial<CaseTyped>): CaseTyped => ({ number: '05f-01234', filed: null, county: '', jurisdiction: null, ...more });

  it('is told by the number, unless court or date speak against it', () => {
    expect(there(known, typed({}))).toBe(0);
    expect(there(known, typed({ filed: '2005', county: 'SACRAMENTO' }))).toBe(0);
    expect(there(known, typed({ filed: '1985' }))).toBe(-1);
    expect(there(known, typed({ county: 'Fresno' }))).toBe(-1);
    expect(there(known, typed({ number: '' }))).toBe(-1);
  });
});
