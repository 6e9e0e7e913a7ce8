import { screen, waitFor, within } from '@testing-library/svelte';
import axe from 'axe-core';
import { expect, it, vi } from 'vitest';
import { older, whole } from '../src/clinic/addresses';
import { client, list } from './app';

vi.mock('../src/papers/draw', () => ({ open: async () => ({ pages: 1, draw: async () => ({ text: '', pieces: [] }), close: async () => undefined }) }));

it('keeps an address, makes sure of it today, and asks again once it is typed anew', async () => {
  const { host, user } = await list();
  await user.click(screen.getByRole('button', { name: 'The office' }));
  const place = within(await screen.findByTestId('addresses'));
  await user.type(place.getByLabelText('County'), 'Sacramento{Enter}');
  const field = await place.findByLabelText('Prosecuting agency');
  await user.type(field, 'District Attorney{Enter}901 G Street');
  await user.tab();
  const kept = async () => (await host.clinic.get()).counties;
  await waitFor(async () => expect(await kept()).toEqual([{ county: 'Sacramento', addresses: [{ to: 'prosecutor', lines: ['District Attorney', '901 G Street'], confirmed: null }] }]));
  expect(place.getByText('Nobody has made sure of it yet.')).toBeVisible();
  await user.click(place.getByRole('button', { name: 'The address is right today: Prosecuting agency, Sacramento' }));
  expect(await place.findByText(/^Made sure of on/)).toBeVisible();
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html}`))).toEqual([]);
  await user.type(field, '{Enter}Sacramento, CA 95814');
  await user.tab();
  expect(await place.findByText('Nobody has made sure of it yet.')).toBeVisible();
  await user.clear(field);
  await user.tab();
  await waitFor(async () => expect(await kept()).toEqual([{ county: 'Sacramento', addresses: [] }]));
});

it('says beside the papers whose address is missing, and no longer once it is there', async () => {
  const clear = (host: Parameters<NonNullable<Parameters<typeof client>[1]>>[0]) => {
    void host.clients.list('').then(([row]) => row && host.papers.clear(row.id, 'Born in Fresno'));
  };
  const { host, user } = await client('papers', clear);
  expect(await screen.findByTestId('no-address')).toHaveTextContent('No postal address: Prosecuting agency in Sacramento.');
  const clinic = await host.clinic.get();
  await host.clinic.set({ ...clinic, counties: [{ county: 'sacramento ', addresses: [{ to: 'prosecutor', lines: ['District Attorney', '901 G Street'] }] }] });
  await user.click(screen.getByTestId('step-results'));
  await user.click(screen.getByTestId('step-papers'));
  await screen.findByTestId('paper-petition');
  await waitFor(() => expect(screen.queryByTestId('no-address')).toBeNull());
});

it('takes a name alone for no address, and a day of more than a year ago for old', () => {
  expect(whole({ to: 'court', lines: ['Clerk', ' '] })).toBe(false);
  expect(older('2025-11-22', '2026-11-23')).toBe(true);
  expect(older('2025-11-23', '2026-11-23')).toBe(false);
});
