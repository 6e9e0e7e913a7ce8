import { screen, waitFor, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect, it, vi } from 'vitest';
import { changed, withPart } from '../src/papers/telling';
import { client, PASSPHRASE, type Opened } from './app';

vi.mock('../src/papers/draw', () => ({ open: async () => ({ pages: 1, draw: async () => ({ text: '', pieces: [] }), close: async () => undefined }) }));

async function telling(change?: Parameters<typeof client>[1]): Promise<Opened & { declared: () => Promise<unknown[]> }> {
  const opened = await client('papers', change);
  await opened.user.click(await screen.findByTestId('tellings'));
  await opened.user.click(within(await screen.findByRole('main')).getByRole('button', { name: /HS 11360\(a\).*nothing yet/ }));
  await screen.findByTestId('telling');
  const declared = async () => {
    const row = (await opened.host.clients.list(''))[0];
    return (await opened.host.clients.open(row?.id ?? (undefined as never))).declarations;
  };
  return { ...opened, declared };
}

it('asks one question at a time, keeps every field, and puts the words on the paper only where an attorney says so', async () => {
  const { user, declared } = await telling();
  await user.click(screen.getByRole('radio', { name: 'Spanish' }));
  await user.click(screen.getByTestId('tell-next'));
  const [own, english, ...more] = screen.getAllByRole('textbox');
  expect(more).toEqual([]);
  expect(own).toHaveFocus();
  expect(own).toHaveAccessibleDescription(/What have you done since then/);
  expect(own).toHaveAttribute('lang', 'es');
  await user.type(own as HTMLElement, 'Trabajo en un taller.');
  await user.type(english as HTMLElement, 'I work in a shop.');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(screen.getByText('Question 2 of 2')).toBeVisible();
  await user.keyboard('Un alquiler.{Control>}{Enter}{/Control}');
  expect(screen.getByRole('heading', { name: 'Read it back to the client' })).toHaveFocus();
  const read = screen.getByTestId('read-back');
  expect(read).toHaveTextContent('Trabajo en un taller.');
  expect(read).toHaveTextContent('I work in a shop.');
  expect(within(read).getByText('Not in English yet')).toBeVisible();
  await user.type(screen.getByLabelText('Who translated it?'), 'Ines Paz');
  expect(await declared()).toMatchObject([{ on_paper: false, language: 'Spanish' }]);
  await user.click(within(screen.getByRole('group', { name: 'Does it go on the paper?' })).getByRole('radio', { name: 'Yes' }));
  await waitFor(async () =>
    expect(await declared()).toMatchObject([
      {
        case: 0, count: 0, language: 'Spanish', interpreter: 'Ines Paz', on_paper: true,
        told: [{ prompt: 'p0', text: 'Trabajo en un taller.', english: 'I work in a shop.' }, { prompt: 'p1', text: 'Un alquiler.', english: '' }],
      },
    ]),
  );
  await user.click(screen.getByTestId('tell-done'));
  expect(await screen.findByRole('button', { name: /HS 11360\(a\).*on the paper/ })).toBeVisible();
});

it('reads the question aloud in the language of the client', async () => {
  const { user } = await telling();
  await user.click(screen.getByTestId('tell-next'));
  const aloud = screen.getByText(/¿Qué ha hecho desde entonces\?/);
  expect(aloud).toHaveAttribute('lang', 'es');
});

it('keeps what was typed a moment before a lock', async () => {
  const { user, host } = await telling();
  await user.click(screen.getByTestId('tell-next'));
  await user.type(screen.getByRole('textbox'), 'Half a senten');
  await user.keyboard('{F9}');
  await user.type(await screen.findByLabelText('Passphrase'), PASSPHRASE);
  await user.keyboard('{Enter}');
  const row = await waitFor(async () => (await host.clients.list(''))[0]);
  const { declarations } = await host.clients.open(row?.id ?? (undefined as never));
  expect(declarations).toMatchObject([{ told: [{ text: 'Half a senten' }], on_paper: false }]);
});

it('lets a volunteer take words down, and leave what is on a paper to an attorney', async () => {
  const volunteer: Parameters<typeof client>[1] = (host) => {
    const state = host.session.state;
    host.session.state = async () => {
      const session = await state();
      return { ...session, who: session.who && { ...session.who, attorney: false } };
    };
  };
  const { user, host } = await telling(volunteer);
  await user.click(screen.getByTestId('tell-next'));
  await user.type(screen.getByRole('textbox'), 'I work.');
  await user.click(screen.getByRole('button', { name: 'Read it back' }));
  expect(await screen.findByText('It waits for an attorney, who puts it on the paper.')).toBeVisible();
  expect(screen.queryByRole('group', { name: 'Does it go on the paper?' })).toBeNull();
  const row = (await host.clients.list(''))[0];
  const opened = await host.clients.open(row?.id ?? (undefined as never));
  await host.papers.declare(opened.id, changed(opened, { case: 0, count: 0 }, { on_paper: true }));
  await user.click(screen.getByTestId('step-results'));
  await user.click(screen.getByTestId('step-papers'));
  await user.keyboard('{Escape}');
  await user.click(await screen.findByTestId('client-row'));
  await user.click(await screen.findByTestId('step-papers'));
  await user.click(await screen.findByTestId('tellings'));
  await user.click(screen.getByRole('button', { name: /HS 11360\(a\).*on the paper/ }));
  expect(await screen.findByText('It is on the paper. Only an attorney changes it.')).toBeVisible();
  expect(screen.queryByRole('textbox')).toBeNull();
});

it('has the structure a screen reader needs, at every step', async () => {
  const { user } = await telling();
  for (const name of ['Language', 'Question 1', 'Read it back']) {
    await user.click(screen.getByRole('button', { name }));
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html}`))).toEqual([]);
  }
});

it('keeps the parts in the order in which they are asked', () => {
  const part = (prompt: string, text = '') => ({ prompt, text, english: '' });
  expect(withPart([part('b'), part('')], ['a', 'b'], part('a', 'x'))).toEqual([part('a', 'x'), part('b'), part('')]);
});
