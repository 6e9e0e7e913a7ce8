import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { Refusal } from '../src/host';
import { client } from './app';

const card = (n: number): HTMLElement => screen.getAllByTestId('card')[n] ?? document.body;

it('gives one card per conviction, the answer in a sentence first', async () => {
  await client('results');
  expect(await screen.findAllByTestId('card')).toHaveLength(3);
  expect(within(card(0)).getByTestId('headline')).toHaveTextContent(/^Ask the court to dismiss and seal this conviction\./);
  expect(card(2)).toHaveTextContent('Proposition 64 does not help');
});

it('says every status in a word and a shape of its own', async () => {
  await client('results');
  await screen.findAllByTestId('card');
  const words = ['can be asked for', 'needs a fact', 'not eligible'];
  const shapes = words.map((word, n) => {
    expect(card(n)).toHaveTextContent(word);
    return card(n).querySelector('svg')?.innerHTML;
  });
  expect(new Set(shapes).size).toBe(3);
});

it('opens from the answer to the citation to the line of the sheet', async () => {
  const { user } = await client('results');
  await screen.findAllByTestId('card');
  await user.click(within(card(0)).getByText('Why'));
  await user.click(within(card(0)).getByText('Age 28 on the offense date'));
  expect(within(card(0)).getByText('HSC 11362.1(a)')).toBeVisible();
  expect(within(card(0)).getByText(/DOB\/19760412/)).toBeVisible();
});

it('says "ask for" where something is presumed, and flags law that was not checked', async () => {
  await client('results');
  await screen.findAllByTestId('card');
  expect(card(0)).toHaveTextContent("taken in the client's favor");
  expect(card(1)).toHaveTextContent('law not confirmed by an attorney');
  expect(card(0)).not.toHaveTextContent('law not confirmed');
});

it('asks one question once, and answers it in place', async () => {
  const { user } = await client('results');
  const question = await screen.findByTestId('first-question');
  expect(screen.getAllByText('Is the sentence on this conviction completed?')).toHaveLength(1);
  expect(card(1)).toHaveTextContent('the question at the top');
  await user.click(within(question).getByRole('radio', { name: 'completed' }));
  await waitFor(() => expect(card(1)).toHaveTextContent('The court must make this conviction a misdemeanor.'));
  expect(screen.queryByTestId('first-question')).toBeNull();
});

it('tells the client everything once, harm first', async () => {
  await client('results', (host) => {
    const real = host.results.screen;
    host.results.screen = async (id, asOf) => {
      const found = await real(id, asOf);
      const warnings = [
        { code: 'dna', text: 'A sample stays.', cite: null },
        { code: 'immigration', text: 'See an immigration lawyer first.', cite: 'a case' },
      ];
      for (const item of found.cases) for (const each of item.cards) each.warnings = warnings;
      return found;
    };
  });
  const tell = await screen.findByTestId('tell');
  expect(screen.getAllByText('See an immigration lawyer first.', { exact: false })).toHaveLength(1);
  expect(within(tell).getByText('See an immigration lawyer first.', { exact: false })).toBeVisible();
  expect(within(tell).getByText('A sample stays.', { exact: false })).not.toBeVisible();
  expect(within(tell).getByText('One thing more')).toBeVisible();
});

it('never keeps an amount that is no number, and keeps one that is', async () => {
  const { host, user } = await client('results');
  await screen.findAllByTestId('card');
  const amount = within(card(0)).getByLabelText('Amount');
  await user.type(amount, 'a lot{Enter}');
  expect(await within(card(0)).findByRole('alert')).toHaveTextContent('“a lot” is not an amount');
  expect(amount).toHaveValue('a lot');
  await user.clear(amount);
  await user.type(amount, '28.5{Enter}');
  const row = (await host.clients.list(''))[0];
  await waitFor(async () => {
    const { record } = await host.clients.open(row?.id ?? (undefined as never));
    expect(record.cases[0]?.counts[0]?.amounts).toEqual([{ form: 'flower', value: '28.5', unit: 'g', bound: 'exact' }]);
  });
});

it('asks the law for the day that is set, and shows no older answer when it is refused', async () => {
  const screened = vi.fn();
  const { user } = await client('results', (host) => {
    const real = host.results.screen;
    host.results.screen = async (id, asOf) => {
      screened(asOf);
      if (asOf === '2015-01-01') throw new Refusal('before', 'The rules begin in 2016.', 'Ask for a later day.');
      return real(id, asOf);
    };
  });
  const day = await screen.findByLabelText('Answers for the day');
  await user.clear(day);
  await user.type(day, '1/1/2015{Enter}');
  expect(await screen.findByText('The rules begin in 2016.')).toBeVisible();
  expect(screen.queryByTestId('card')).toBeNull();
  expect(screened).toHaveBeenLastCalledWith('2015-01-01');
});
