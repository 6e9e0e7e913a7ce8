import { screen, waitFor } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import { list } from './app';

it('shows initials until asked', async () => {
  const { user } = await list();
  expect(await screen.findByTestId('client-row')).toHaveTextContent('J. D.');
  expect(document.body).not.toHaveTextContent('Jane');
  await user.click(screen.getByRole('button', { name: 'Show names' }));
  expect(screen.getByTestId('client-row')).toHaveTextContent('Jane Doe');
});

it('searches as one types, and opens with Enter', async () => {
  const { user } = await list();
  await screen.findByTestId('client-row');
  await user.type(screen.getByRole('combobox'), 'zzz');
  expect(await screen.findByText('No client for “zzz”')).toBeVisible();
  await user.clear(screen.getByRole('combobox'));
  await user.type(screen.getByRole('combobox'), '05f0');
  await screen.findByTestId('client-row');
  await user.keyboard('{Enter}');
  expect(await screen.findByTestId('client-name')).toHaveTextContent('Jane Rose Doe');
});

it('drops an answer that comes after a newer one', async () => {
  const late: (() => void)[] = [];
  const { user } = await list({}, (host) => {
    const real = host.clients.list;
    host.clients.list = vi.fn(async (query: string) => {
      const rows = await real(query);
      if (query === 'z') await new Promise<void>((done) => late.push(done));
      return rows;
    });
  });
  await screen.findByTestId('client-row');
  const find = screen.getByRole('combobox');
  await user.type(find, 'z');
  await user.clear(find);
  await screen.findByTestId('client-row');
  for (const done of late) done();
  await new Promise((done) => setTimeout(done, 20));
  expect(screen.getByTestId('client-row')).toBeVisible();
});

it('adds a client by keyboard; a date that is none is named and nothing typed is lost', async () => {
  const { user } = await list();
  await user.click(screen.getByTestId('new-client'));
  await user.keyboard('Hester{Tab}Tarragon{Tab}19820002{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('“19820002” is not a date');
  expect(screen.getByLabelText('Given name')).toHaveValue('Hester');
  await user.clear(screen.getByLabelText('Date of birth'));
  await user.type(screen.getByLabelText('Date of birth'), '3/1976{Enter}');
  expect(await screen.findByTestId('client-name')).toHaveTextContent('Hester Tarragon');
  expect(screen.getByLabelText('Date of birth')).toHaveValue('3/1976');
});

it.each([`O'Neil "Ann"`, '<script>alert(1)</script>', 'شمس الدين', 'x'.repeat(200)])('shows the name %s as it is', async (given) => {
  const { host, user } = await list();
  const id = await host.clients.add({ given, family: 'Doe', born: null });
  expect(id).toBeDefined();
  await user.type(screen.getByRole('combobox'), ' ');
  await user.click(screen.getByRole('button', { name: 'Show names' }));
  await waitFor(() => expect(screen.getByText(`${given} Doe`)).toBeVisible());
  expect(document.querySelector('script')).toBeNull();
});

it('shows as many as anybody reads, and says so', async () => {
  const { host, user } = await list();
  for (let i = 0; i < 200; i += 1) await host.clients.add({ given: 'Sam', family: `Number${i}`, born: null });
  await user.type(screen.getByRole('combobox'), 'sam');
  expect(await screen.findByText(/^The first 60 are shown: type to narrow\./)).toBeVisible();
  expect(screen.getAllByTestId('client-row')).toHaveLength(60);
});

it('finds with / from anywhere but a field', async () => {
  const { user } = await list();
  await user.click(await screen.findByTestId('client-row'));
  await screen.findByTestId('client-name');
  await user.click(screen.getByLabelText('Telephone'));
  await user.keyboard('/5');
  expect(screen.getByLabelText('Telephone')).toHaveValue('/5');
  await user.keyboard('{Escape}');
  expect(screen.getByLabelText('Telephone')).toHaveValue('/5');
  await user.keyboard('/');
  await waitFor(() => expect(screen.getByRole('combobox')).toHaveFocus());
});
