import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { desk } from '../src/desk.svelte';
import { question } from '../src/review/question.svelte';
import { list } from './app';
import { chosen, done, faults, review } from './reviewing';

describe('who may review', () => {
  it('is not a volunteer', async () => {
    await list({ who: { id: 's2', name: 'V. Moss', role: 'volunteer', attorney: false } });
    expect(screen.queryByTestId('review')).toBeNull();
  });
});

describe('choosing', () => {
  it('says what is missing, and names a file that is no export', async () => {
    const { user } = await review();
    expect(screen.getByTestId('review-begin')).toBeDisabled();
    expect(screen.getByText('Still to choose: files, the county, the folder.')).toBeInTheDocument();
    await user.click(screen.getByTestId('review-files'));
    await screen.findByText('The first 200 rows look right.');
    await user.click(screen.getByTestId('review-files'));
    await screen.findByText(/This is not the export: its first row has 3 columns/);
    expect(screen.getByText(/take off what is not the export/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Take list.csv off the list' }));
    await waitFor(() => expect(screen.queryByText(/This is not the export/)).toBeNull());
    await user.clear(screen.getByLabelText('As of'));
    expect(screen.getByText('Write month, day and year, such as 7/1/2020.')).toBeInTheDocument();
    expect(await faults()).toEqual([]);
  });

  it('sends the day and the lock, and no path', async () => {
    let sent: unknown;
    const { user } = await chosen((host) => {
      const begin = host.review.begin;
      host.review = { ...host.review, begin: (ask) => ((sent = ask), begin(ask)) };
    });
    await user.clear(screen.getByLabelText('As of'));
    await user.type(screen.getByLabelText('As of'), '7/1/2020');
    await user.click(screen.getByTestId('review-parquet'));
    await user.click(screen.getByLabelText('Locked with a passphrase'));
    expect(screen.getByTestId('review-begin')).toBeDisabled();
    await user.type(screen.getByLabelText('Passphrase for the results'), 'four words or more');
    await user.click(screen.getByTestId('review-begin'));
    await screen.findByTestId('review-at');
    expect(sent).toEqual({ county: 'Sacramento', as_of: '2020-07-01', policy: 'statewide', parquet: true, lock: 'passphrase', secret: 'four words or more' });
    expect(question.secret).toBe('');
    // What is locked goes on only with what opens it.
    await user.click(screen.getByTestId('review-later'));
    const secret = await screen.findByLabelText('The passphrase for its results');
    expect(screen.getByTestId('review-go-on')).toBeDisabled();
    await user.type(secret, 'four words or more');
    await user.click(screen.getByTestId('review-go-on'));
    await screen.findByTestId('number-all');
  });
});

describe('a review that runs', () => {
  it('tells bytes and people, waits, goes on, and is cancelled', async () => {
    const { user } = await chosen();
    await user.click(screen.getByTestId('review-begin'));
    await user.click(await screen.findByTestId('review-pause'));
    await screen.findByText('Paused');
    expect(screen.getByTestId('review-at').textContent).toMatch(/of 4.2 MB read, .*decided on/);
    expect(screen.getByRole('progressbar')).toBeInTheDocument();
    expect(await faults()).toEqual([]);
    await user.click(screen.getByTestId('review-resume'));
    await user.click(await screen.findByTestId('review-cancel'));
    await screen.findByText('Cancelled. Nothing was kept.');
    expect(screen.getByTestId('review-begin')).toBeEnabled();
  });

  it('is stopped and goes on', async () => {
    const { user } = await chosen();
    await user.click(screen.getByTestId('review-begin'));
    await user.click(await screen.findByTestId('review-later'));
    await screen.findByText('An unfinished review is here');
    expect(screen.getByText(/Sacramento County/)).toBeInTheDocument();
    await user.click(screen.getByTestId('review-go-on'));
    await screen.findByTestId('number-all');
    expect(screen.getByText(/It went on where the last one had stopped/)).toBeInTheDocument();
  });
});

describe('results', () => {
  it('move with the policy and say what the files are under', async () => {
    const { user } = await done();
    expect(screen.getByTestId('number-dismiss').textContent).toContain('592');
    expect(await faults()).toEqual([]);
    await user.selectOptions(screen.getByTestId('review-under'), 'los-angeles');
    await waitFor(() => expect(screen.getByTestId('number-dismiss').textContent).toContain('1,036'));
    expect(screen.getByText(/The files in the folder, and the list of people, are under Statewide default/)).toBeInTheDocument();
    const plot = screen.getByRole('region', { name: 'By section' });
    expect(within(plot).getAllByRole('row', { hidden: true }).length).toBeGreaterThan(3);
  });

  it('open to people and reasons, a page at a time, with initials first', async () => {
    const { user } = await done();
    await user.click(screen.getByTestId('tab-people'));
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(50));
    expect(screen.getByTestId('find-count').textContent).toContain('60 decisions, 1 to 50');
    expect(screen.queryByText(/SKYWALKER/)).toBeNull();
    await user.click(screen.getByTestId('find-next'));
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(10));
    await user.selectOptions(screen.getByTestId('find-outcome'), 'review');
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(12));
    expect(await faults()).toEqual([]);
    await user.click(within(screen.getAllByTestId('decision')[0] as HTMLElement).getByRole('button'));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('HSC 11361.8(a); 11362.1(a)');
    expect(within(dialog).getByRole('heading', { name: 'SKYWALKER,LUKE J 0' })).toBeInTheDocument();
    expect(within(dialog).getByText('This rule is not verified: a lawyer must look at it.')).toBeInTheDocument();
    await user.click(screen.getByTestId('person-close'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.type(screen.getByTestId('find-words'), '85F00005');
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(1));
  });

  it('are refused in words where the table is gone', async () => {
    const { user } = await done((host) => {
      host.review = { ...host.review, rows: async () => Promise.reject(Object.assign(new Error('x'), { name: 'Refusal' })) };
    });
    await user.click(screen.getByTestId('tab-people'));
    await screen.findByRole('alert');
  });

  it('speak Spanish', async () => {
    const { user } = await done();
    await user.click(screen.getByRole('button', { name: 'Español' }));
    await screen.findByText('Qué resulta de ellas');
    expect(desk.session?.lang ?? 'es').toBe('es');
  });
});
