import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { client, list } from './app';

// jsdom has no canvas: what is drawn is looked at in the real window. Here: which bytes the preview is given.
const opened = vi.hoisted(() => vi.fn());
vi.mock('../src/papers/draw', () => ({
  open: async (bytes: Uint8Array) => {
    opened(new TextDecoder().decode(bytes.slice(0, 5)));
    return { pages: 2, draw: async (page: number) => ({ text: `words of page ${page}`, pieces: [{ text: `Case No. 05F01234, page ${page}`, left: 0.1, top: 0.2, width: 0.5, height: 0.02 }] }), close: async () => undefined };
  },
}));
beforeEach(() => opened.mockClear());

it('makes nothing to be filed before an attorney clears it by name and reason', async () => {
  const { host, user } = await client('papers');
  const clear = await screen.findByTestId('clear');
  expect(screen.queryByTestId('paper-petition')).toBeNull();
  expect(screen.getByTestId('paper-client')).toBeVisible();
  expect(within(clear).getByTestId('clear-go')).toBeDisabled();
  await user.type(within(clear).getByLabelText('Why these papers may be filed'), 'Born in Fresno');
  await user.click(within(clear).getByRole('button', { name: 'Clear as A. Lee' }));
  expect(await screen.findByTestId('paper-petition')).toBeVisible();
  const row = (await host.clients.list(''))[0];
  expect((await host.clients.open(row?.id ?? (undefined as never))).clearance).toMatchObject({ reason: 'Born in Fresno' });
});

it('lists papers by case with recipient, pages and blanks, and draws the bytes of the chosen one', async () => {
  const { user } = await cleared();
  expect(screen.getByRole('heading', { name: '05F01234, Sacramento' })).toBeVisible();
  expect(screen.getByTestId('paper-petition')).toHaveTextContent('for the court');
  expect(screen.getByTestId('paper-petition')).toHaveTextContent('3 pages');
  expect(screen.getByText('The attorney signs by hand.', { exact: false })).toBeVisible();
  await waitFor(() => expect(screen.getAllByTestId('page-text')[1]).toHaveTextContent('words of page 2'));
  expect(opened).toHaveBeenCalledWith('%PDF-');
  await user.click(screen.getByTestId('paper-service'));
  expect(screen.getByText('The person who serves fills it', { exact: false })).toBeVisible();
});

it('shows where a mark comes from, over the page: which fact, who gave it, when', async () => {
  const { user } = await cleared();
  expect(screen.queryByTestId('spot')).toBeNull();
  await user.click(screen.getByTestId('ask-marks'));
  const [spot] = await screen.findAllByTestId('spot');
  if (!spot) throw new Error('no spot');
  expect(Number.parseFloat(spot.style.left)).toBeGreaterThan(20);
  expect(Number.parseFloat(spot.style.width)).toBeLessThan(20);
  await user.click(spot);
  const origin = screen.getAllByTestId('origin').find((found) => found.closest('[data-testid=preview]'));
  expect(origin).toHaveTextContent('case number: the client said it, Nov 21, 2026');
});

it('asks once before printing, and says when the printer refused', async () => {
  const { user } = await cleared();
  await user.click(screen.getByTestId('print'));
  expect(await screen.findByRole('heading', { name: 'Print 5 papers, 7 pages?' })).toBeVisible();
  await user.click(screen.getByTestId('print-go'));
  expect(await screen.findByRole('alert')).toHaveTextContent('cannot send these pages to a printer');
});

it('prints one job of sets, on both sides where the printer uses them', async () => {
  const print = vi.fn(async () => ({ sets: 5, pages: 27 }));
  const { user } = await cleared((host) => {
    host.papers.print = print;
  });
  await user.click(screen.getByTestId('print'));
  await user.click(await screen.findByLabelText('The printer uses both sides'));
  await user.click(await screen.findByTestId('print-go'));
  expect(await screen.findByText('Sent to the printer: 5 sets, 27 pages.')).toBeVisible();
  expect(print).toHaveBeenCalledWith(expect.anything(), true);
});

it('lets nothing leave before the sign-off, says what ended one, and shows why papers were sent back', async () => {
  const { host, user } = await cleared((opened) => {
    void opened.clinic.get().then((clinic) => opened.clinic.set({ ...clinic, require_sign_off: true }));
  });
  expect(screen.getByTestId('print')).toBeDisabled();
  await user.click(screen.getByTestId('sign-off-go'));
  expect(await screen.findByText('Signed off by A. Lee, SBN 123456.')).toBeVisible();
  expect(screen.getByTestId('print')).toBeEnabled();
  const row = (await host.clients.list(''))[0];
  await host.clients.answer(row?.id ?? (undefined as never), 'person.name.family', 'Else');
  await user.click(screen.getByTestId('step-results'));
  await user.click(screen.getByTestId('step-papers'));
  expect(await screen.findByText('The sign-off no longer holds.')).toBeVisible();
  expect(screen.getByTestId('print')).toBeDisabled();
  await user.click(screen.getByText('Send back with a reason'));
  await user.type(screen.getByLabelText('What must be put right'), 'Wrong county');
  await user.click(screen.getByTestId('send-back'));
  expect(await screen.findByText('Wrong county')).toBeVisible();
});

it('makes the packets of many clients, and says who is left out and why', async () => {
  const { user } = await list();
  await user.click(screen.getByTestId('bulk'));
  await user.click(await screen.findByTestId('bulk-all'));
  await user.click(screen.getByTestId('bulk-make'));
  expect(await screen.findByTestId('left-out')).toHaveTextContent('an attorney must clear this client first.');
  expect(screen.getByTestId('bulk-print')).toBeDisabled();
});

it('says where the packet was saved, and that those files are not encrypted', async () => {
  const { user } = await cleared((host) => {
    host.papers.save = async () => ({ folder: '/media/stick/jane', files: ['a.pdf', 'b.pdf'] });
  });
  await user.click(screen.getByTestId('save'));
  expect(await screen.findByText('Saved: 2 files in /media/stick/jane. These files are not encrypted.')).toBeVisible();
});

it('elects nothing that was not asked', async () => {
  const { host, user } = await cleared();
  await user.click(screen.getByText('Asked of the client'));
  const judge = screen.getByRole('group', { name: /another judge/ });
  expect(within(judge).getByRole('radio', { name: 'Not asked' })).toBeChecked();
  await user.click(within(judge).getByRole('radio', { name: 'No' }));
  const row = (await host.clients.list(''))[0];
  await waitFor(async () => {
    const { elections } = await host.clients.open(row?.id ?? (undefined as never));
    expect(elections).toMatchObject({ waive_original_judge: false, waive_appearance: null });
  });
});

async function cleared(change?: Parameters<typeof client>[1]): ReturnType<typeof client> {
  const shown = await client('papers', change);
  await shown.user.type(await screen.findByLabelText('Why these papers may be filed'), 'Born in Fresno');
  await shown.user.click(screen.getByTestId('clear-go'));
  await screen.findByTestId('paper-petition');
  return shown;
}
