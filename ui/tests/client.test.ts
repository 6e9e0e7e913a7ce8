import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../src/host';
import { client, list } from './app';

describe('a field', () => {
  it('keeps itself when it is left, and says when', async () => {
    const { host, user } = await client('intake');
    const before = screen.getByTestId('kept').textContent;
    await user.type(screen.getByLabelText('Telephone'), '555-0100');
    await user.tab();
    await waitFor(() => expect(screen.getByTestId('kept').textContent).not.toBe(before));
    const [row] = await host.clients.list('');
    expect((await host.clients.open(row?.id ?? missing())).contact.phone).toBe('555-0100');
  });

  it('is kept before the step is left, even while the pause still runs', async () => {
    const { host, user } = await client('intake');
    await user.type(screen.getByLabelText('Given name'), 't');
    await user.keyboard('{Alt>}2{/Alt}');
    await screen.findByTestId('verify');
    const [row] = await host.clients.list('');
    expect(row?.name).toBe('Janet Doe');
  });

  it('is kept before the office is locked', async () => {
    const { host, user } = await client('intake');
    await user.type(screen.getByLabelText('Given name'), 't');
    await user.keyboard('{F9}');
    await screen.findByLabelText('Passphrase');
    await expect(host.clients.list('')).rejects.toThrow('locked');
    await host.session.unlock({ person: 's1', passphrase: 'correct horse battery' });
    expect((await host.clients.list(''))[0]?.name).toBe('Janet Doe');
  });

  it('shows a refusal beside itself and holds on to the words', async () => {
    const { user } = await client('intake', (host) => {
      host.clients.answer = async () => {
        throw new Refusal('refused', 'This name is too long.', 'It is still here; shorten it.');
      };
    });
    await user.type(screen.getByLabelText('Family name'), 'x');
    await user.tab();
    expect(await screen.findByText('This name is too long.')).toBeVisible();
    expect(screen.getByLabelText('Family name')).toHaveValue('Doex');
    expect(screen.getByLabelText('Family name')).toHaveAttribute('aria-invalid', 'true');
  });

  it('takes a change back with one key', async () => {
    const { user } = await client('intake');
    await user.click(screen.getByRole('radio', { name: 'Not a citizen' }));
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Not a citizen' })).toBeChecked());
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Not a citizen' })).not.toBeChecked());
  });
});

describe('leaving', () => {
  it('stops once where something typed was refused, and lets go the second time', async () => {
    const { user } = await client('intake');
    const born = screen.getByLabelText('Date of birth');
    await user.clear(born);
    await user.type(born, '19820002');
    await user.click(screen.getByTestId('step-record'));
    expect(await screen.findByText('Something here was not kept yet.')).toBeVisible();
    expect(born).toHaveFocus();
    expect(born).toHaveValue('19820002');
    await user.click(screen.getByTestId('step-record'));
    expect(await screen.findByTestId('verify')).toBeVisible();
  });

  it('keeps two facts of a part that was not there, one after the other', async () => {
    const { host, user } = await client('record');
    const count = screen.getAllByTestId('count')[1] ?? missing();
    await user.click(within(count).getByText('Change or add facts'));
    await user.selectOptions(within(count).getByLabelText('Sentence'), 'completed');
    await user.type(within(count).getByLabelText('Sentence completed on'), '6/2008');
    await user.tab();
    const [row] = await host.clients.list('');
    await waitFor(async () =>
      expect((await host.clients.open(row?.id ?? missing())).record.cases[0]?.counts[1]?.sentence).toEqual({ status: 'completed', completed: '2008-06' }),
    );
  });

  it('marks what is kept, not what was refused', async () => {
    const { user } = await client('intake', (host) => {
      host.clients.answer = async () => {
        throw new Refusal('fact', 'no', '');
      };
    });
    await user.click(screen.getByRole('radio', { name: 'Citizen' }));
    const group = screen.getByRole('group', { name: 'Citizen of the United States?' });
    await within(group).findByRole('alert');
    expect(within(group).getByRole('radio', { name: 'Not known' })).toBeChecked();
  });
});

describe('what was begun and not sent', () => {
  it('a note is kept when the step is left', async () => {
    const { host, user } = await client('intake');
    await user.type(screen.getByLabelText('A new note'), 'Has a job interview');
    await user.click(screen.getByTestId('step-record'));
    await user.click(screen.getByTestId('step-intake'));
    expect(await screen.findByText('Has a job interview')).toBeVisible();
    expect(screen.getByLabelText('A new note')).toHaveValue('');
    const [row] = await host.clients.list('');
    expect((await host.clients.open(row?.id ?? missing())).notes).toHaveLength(1);
  });

  it('a new client’s name is still there after Esc', async () => {
    const { user } = await list();
    await user.click(screen.getByTestId('new-client'));
    await user.type(screen.getByLabelText('Given name'), 'Hester');
    await user.click(screen.getByRole('button', { name: /^Go back/ }));
    await user.click(screen.getByTestId('new-client'));
    expect(screen.getByLabelText('Given name')).toHaveValue('Hester');
  });

  it('the reason of a clearance is still there after another step', async () => {
    const { user } = await client('papers');
    await user.type(await screen.findByLabelText('Why these papers may be filed'), 'Born in Fres');
    await user.click(screen.getByTestId('step-record'));
    await user.click(screen.getByTestId('step-papers'));
    expect(await screen.findByLabelText('Why these papers may be filed')).toHaveValue('Born in Fres');
  });
});

describe('facts that may be known to be none', () => {
  it('keep unknown, none and some apart', async () => {
    const { host, user } = await client('intake');
    const [row] = await host.clients.list('');
    const duties = async () => (await host.clients.open(row?.id ?? missing())).record.person.registrations;
    const group = screen.getByRole('group', { name: /duty to register/ });
    expect(within(group).getByRole('radio', { name: 'Not known' })).toBeChecked();
    await user.click(within(group).getByRole('radio', { name: 'None' }));
    await waitFor(async () => expect(await duties()).toEqual([]));
    await user.click(within(group).getByRole('radio', { name: 'There is one' }));
    expect(await duties()).toEqual([]);
    await user.type(screen.getByLabelText('Section'), 'PC 290');
    await user.type(screen.getByLabelText('Since'), '2001{Enter}');
    await waitFor(async () => expect(await duties()).toEqual([{ section: 'PC 290', date: '2001' }]));
    await user.click(within(group).getByRole('radio', { name: 'Not known' }));
    await waitFor(async () => expect(await duties()).toBeUndefined());
  });
});

describe('the keyboard', () => {
  it('goes on with Enter from field to field', async () => {
    const { user } = await client('intake');
    await user.click(screen.getByLabelText('Given name'));
    await user.keyboard('{Enter}');
    expect(screen.getByLabelText('Middle names')).toHaveFocus();
  });

  it('reaches every step with Alt and its number, and the list with Esc', async () => {
    const { user } = await client('intake');
    for (const [key, step] of [['2', 'record'], ['3', 'results'], ['4', 'papers'], ['5', 'after'], ['1', 'intake']]) {
      await user.keyboard(`{Alt>}${key}{/Alt}`);
      await waitFor(() => expect(screen.getByTestId(`step-${step}`)).toHaveAttribute('aria-current', 'step'));
    }
    await user.keyboard('{Escape}');
    expect(await screen.findByTestId('client-row')).toBeVisible();
  });
});

describe('the record', () => {
  it('puts each case beside the lines it came from, and points at them', async () => {
    const { user } = await client('record');
    const [first] = await screen.findAllByTestId('case');
    expect(first).toHaveTextContent('CNT:01 #05F01234');
    expect(first).not.toHaveTextContent('98M22110');
    await user.hover(within(first ?? missing()).getByText('3 years probation, 90 days jail, fine; completed Jun 1, 2008'));
    expect(first?.querySelector('.lit')).toHaveTextContent('SEN: 003 YEARS PROBATION');
  });

  it('says why a file is no sheet, and changes nothing', async () => {
    const { user } = await client('record');
    await user.upload(await screen.findByTestId('sheet-file'), new File(['shopping list'], 'list.txt', { type: 'text/plain' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The file list.txt is not a RAP sheet.');
    expect(screen.getAllByTestId('case')).toHaveLength(2);
  });

  it('reads a sheet for a new client', async () => {
    const { user } = await list({ people: false });
    await user.click(screen.getByTestId('new-client'));
    await user.keyboard('Jane{Tab}Doe{Enter}');
    await user.click(await screen.findByTestId('step-record'));
    await user.upload(screen.getByTestId('sheet-file'), new File(['ARR/DET/CITE: ...\nCOURT:'], 'jane.txt', { type: 'text/plain' }));
    expect(await screen.findAllByTestId('case')).toHaveLength(2);
    expect(screen.getByText('93 % of it understood', { exact: false })).toBeVisible();
  });

  it('asks before it keeps a sheet that may be of somebody else', async () => {
    const { user } = await list({ people: false });
    await user.click(screen.getByTestId('new-client'));
    await user.keyboard('Jane{Tab}Doe{Enter}');
    await user.click(await screen.findByTestId('step-record'));
    const file = () => new File(['NAM/ELSE\nARR/DET/CITE: ...\nCOURT:'], 'else.txt', { type: 'text/plain' });
    await user.upload(screen.getByTestId('sheet-file'), file());
    const asked = await screen.findByRole('dialog', { name: 'Is this sheet of this client?' });
    expect(asked).toHaveTextContent('else.txt names ELSE');
    expect(asked).toHaveTextContent('that of Jane Doe');
    await user.click(within(asked).getByTestId('not-kept'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryAllByTestId('case')).toHaveLength(0);
    await user.upload(screen.getByTestId('sheet-file'), file());
    await user.click(await screen.findByTestId('kept-here'));
    expect(await screen.findAllByTestId('case')).toHaveLength(2);
  });
});

describe('after the day', () => {
  it('writes down a step with its day and takes it back', async () => {
    const { host, user } = await client('after');
    const filed = within(screen.getAllByTestId('after-filed')[0] ?? missing()).getByLabelText('Filed');
    await user.type(filed, '11/2026');
    await user.tab();
    expect(await screen.findByText(/Type the whole day/)).toBeVisible();
    await user.clear(filed);
    await user.type(filed, '11/21/2026');
    await user.tab();
    const [row] = await host.clients.list('');
    const filings = async () => (await host.clients.open(row?.id ?? missing())).filings;
    await waitFor(async () => expect(await filings()).toMatchObject([{ case: 0, count: 0, step: 'filed', date: '2026-11-21' }]));
    await user.clear(filed);
    await user.tab();
    await waitFor(async () => expect(await filings()).toEqual([]));
  });
});

function missing(): never {
  throw new Error('not there');
}
