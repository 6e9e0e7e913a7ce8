import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { PolicyRules } from '../src/host';
import { done, faults, review } from './reviewing';

describe('a decision by hand', () => {
  it('is given in the queue, moves on, waits for the tables, and can be taken back', async () => {
    const { user } = await done();
    await user.click(screen.getByTestId('tab-people'));
    await user.click(await screen.findByTestId('find-queue'));
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(12));
    await user.click(within(screen.getAllByTestId('decision')[0] as HTMLElement).getByRole('button'));
    const give = await screen.findByTestId('hand-give');
    expect(give).toBeDisabled();
    await user.selectOptions(screen.getByTestId('hand-what'), 'dismiss');
    await user.type(screen.getByTestId('hand-note'), 'born in 1950, says the court file');
    await user.click(give);
    await screen.findByText('Decided by Ada Lindqvist: born in 1950, says the court file');
    expect(await faults()).toEqual([]);
    // It left the queue, and the next in it is a click away.
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(11));
    await user.click(screen.getByTestId('person-next'));
    await screen.findByRole('heading', { name: /ANDOR|ERSO|CALRISSIAN|ORGANA|SOLO/ });
    await user.click(screen.getByTestId('person-close'));
    expect(screen.getByTestId('to-write').textContent).toContain('One decision by hand is in the numbers');
    // Papers wait for the tables.
    await user.click(screen.getByTestId('tab-after'));
    await screen.findByText(/Write the tables again first/);
    await user.click(screen.getByTestId('hand-write'));
    await screen.findByTestId('number-all');
    expect(screen.queryByTestId('to-write')).toBeNull();
  });

  it('is taken back', async () => {
    const { user } = await done();
    await user.click(screen.getByTestId('tab-people'));
    await waitFor(() => expect(screen.getAllByTestId('decision')).toHaveLength(50));
    await user.click(within(screen.getAllByTestId('decision')[0] as HTMLElement).getByRole('button'));
    await user.selectOptions(await screen.findByTestId('hand-what'), 'not_eligible');
    await user.click(screen.getByTestId('hand-give'));
    await user.click(await screen.findByTestId('hand-back'));
    await waitFor(() => expect(screen.queryByTestId('hand-back')).toBeNull());
    expect(screen.queryByTestId('to-write')).toBeNull();
  });
});

describe('the rules of a policy', () => {
  it('are changed one by one, the numbers follow at once, and they are kept under a name', async () => {
    const asked: (PolicyRules | null)[] = [];
    const { user } = await done((host) => {
      const numbers = host.review.numbers;
      host.review = { ...host.review, numbers: (policy, edited) => (asked.push(edited), numbers(policy, edited)) };
    });
    await user.click(screen.getByTestId('rules-change'));
    await screen.findByText('No rule: the law alone decides.');
    await user.selectOptions(screen.getByTestId('rule-which'), 'At least this old');
    await user.click(screen.getByTestId('rule-add'));
    await waitFor(() => expect(screen.getByTestId('number-dismiss').textContent).toContain('1,036'));
    expect(screen.getByTestId('edited')).toBeInTheDocument();
    await user.clear(screen.getByTestId('rule-age'));
    await user.type(screen.getByTestId('rule-age'), '65');
    await screen.findByText('65 years or older');
    await waitFor(() => expect(asked.at(-1)?.rules).toEqual([{ when: { age: 65 }, then: 'dismiss', say: '65 years or older' }]));
    await user.selectOptions(screen.getByTestId('rule-then'), 'reduce');
    await waitFor(() => expect(asked.at(-1)?.rules[0]?.then).toBe('reduce'));
    expect(await faults()).toEqual([]);
    await user.type(screen.getByTestId('rules-name'), 'Ours');
    await user.click(screen.getByTestId('rules-keep'));
    await waitFor(() => expect(screen.getByTestId('review-under')).toHaveDisplayValue('Ours'));
    expect(screen.queryByTestId('rules')).toBeNull();
    expect(screen.getByText(/The files in the folder, and the list of people/)).toBeInTheDocument();
  });

  it('go back to what they were, and a new one stands above the rule for everything', async () => {
    const { user } = await done();
    await user.selectOptions(screen.getByTestId('review-under'), 'los-angeles');
    await user.click(await screen.findByTestId('rules-change'));
    await waitFor(() => expect(screen.getAllByTestId('rule')).toHaveLength(3));
    await user.selectOptions(screen.getByTestId('rule-which'), 'The person died');
    await user.click(screen.getByTestId('rule-add'));
    const rules = screen.getAllByTestId('rule').map((rule) => rule.textContent);
    expect(rules[2]).toContain('The person died');
    expect(rules[3]).toContain('Everything else');
    await user.click(screen.getByRole('button', { name: 'Move rule 3 up' }));
    expect(screen.getAllByTestId('rule')[1]?.textContent).toContain('The person died');
    await user.click(screen.getByRole('button', { name: 'Remove rule 1' }));
    expect(screen.getAllByTestId('rule')).toHaveLength(3);
    await user.click(screen.getByTestId('rules-close'));
    await waitFor(() => expect(screen.queryByTestId('edited')).toBeNull());
    expect(screen.queryByTestId('rules')).toBeNull();
  });
});

describe('papers and lists', () => {
  it('are made with progress, say what is missing, and the answers of the court follow', async () => {
    const { user } = await done();
    await user.click(screen.getByTestId('tab-after'));
    await user.click(await screen.findByTestId('papers-make'));
    await screen.findByTestId('after-done');
    expect(screen.getByText('Nobody cleared the question of immigration.')).toBeInTheDocument();
    expect(screen.getByTestId('came-orders').textContent).toBe('700');
    await user.click(screen.getByTestId('track-list'));
    await waitFor(() => expect(screen.getByTestId('track-case')).toHaveDisplayValue('Case Number'));
    expect(screen.getByTestId('track-outcome')).toHaveDisplayValue('Outcome');
    await user.click(screen.getByTestId('track-go'));
    await screen.findByText('Of 247 petitions, 237 granted.');
    await user.click(screen.getByTestId('compare-go'));
    await waitFor(() => expect(screen.getByTestId('came-matched').textContent).toBe('9'));
    expect(screen.getByTestId('came-export_cases').textContent).toBe('700');
    expect(await faults()).toEqual([]);
  });

  it('open results of another day', async () => {
    const { user } = await review();
    await user.click(screen.getByTestId('results-open'));
    await screen.findByTestId('number-all');
    expect(screen.getByText(/The results are in \/office\/review-2026/)).toBeInTheDocument();
  });
});
