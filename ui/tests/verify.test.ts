import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { ClientRecord, Host, SheetLine, SheetPlace } from '../src/host';
import { framed, printed } from '../src/verify/boxes';
import { typing } from '../src/verify/places';
import { sentenceFrom, sentenceText, type Part } from '../src/verify/sentence';
import { client } from './app';

// An engine that is at work for ever: jsdom has no workers.
vi.mock('../src/reading/load', () => ({ start: () => new Promise(() => undefined) }));

const places = async () => within(await screen.findByTestId('places')).findAllByTestId('place');
const kept = async (host: Host) => {
  const [row] = await host.clients.list('');
  if (!row) throw new Error('nobody');
  return host.clients.open(row.id);
};

describe('a sheet beside its original', () => {
  it('lists what was not understood first, and counts nothing that nobody looked at', async () => {
    await client('record');
    const [first, second, third] = await places();
    expect(first).toHaveTextContent('ADR:022105 SEE SUPPLMNT');
    expect(second).toHaveTextContent('Not understood');
    expect(third).toHaveTextContent("The date is not clear");
    expect(screen.getByTestId('compared')).toHaveTextContent('0 of 5 places compared. 2 lines were not understood');
    expect(screen.getByTestId('whole')).toBeDisabled();
    expect(screen.queryByText('✓')).toBeNull();
  });

  it('is gone through with Enter alone, and a correction is typed', { timeout: 60_000 }, async () => {
    const { host, user } = await client('record');
    const [first, second] = await places();
    within(first ?? missing()).getByTestId('place-go').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('compared')).toHaveTextContent('1 of 5'));
    await waitFor(() => expect(second?.contains(document.activeElement)).toBe(true));
    await user.keyboard('{Enter}');
    // A guess of the reader stands in the field, and is not in the record until somebody says so.
    const date = await screen.findByLabelText('The original says: case 1, filing date');
    await waitFor(() => expect(date).toHaveFocus());
    expect(date).toHaveValue('2/21/2005');
    expect((await kept(host)).record.cases[0]?.filed ?? null).toBeNull();
    await user.keyboard('{Enter}');
    await waitFor(async () => expect((await kept(host)).record.cases[0]?.filed).toBe('2005-02-21'));
    // A list is confirmed with Enter too.
    const level = await screen.findByLabelText('case 1, count 1, level');
    await waitFor(() => expect(level).toHaveFocus());
    await user.keyboard('{Enter}');
    const section = await screen.findByLabelText('The original says: case 2, count 1, section');
    await waitFor(() => expect(section).toHaveFocus());
    await user.keyboard('VC 23152(b){Enter}');
    await waitFor(async () => expect((await kept(host)).record.cases[1]?.counts[0]?.section).toBe('VC 23152(b)'));
    await waitFor(() => expect(screen.getByTestId('whole')).toHaveFocus());
    expect((await kept(host)).sheets[0]?.verified).toBeNull();
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/compared with the original by A. Lee/)).toBeVisible();
    expect((await kept(host)).sheets[0]?.verified).toMatchObject({ by: 'A. Lee' });
  });

  it('points from a fact to its line, and from a line to its fact and its place', { timeout: 60_000 }, async () => {
    const { user } = await client('record');
    const original = await screen.findByTestId('original');
    await user.click(within(screen.getByTestId('understood')).getByRole('button', { name: /case 2, case number 98M22110/ }));
    await waitFor(() => expect(original.querySelector('.lit')).toHaveTextContent('CNT:01 #98M22110'));
    await user.click(within(original).getByText(/23152\(A\) VC-DUI/));
    expect(within(screen.getByTestId('understood')).getByRole('button', { name: /count 1, section VC 23152/ })).toHaveAttribute('aria-pressed', 'true');
    const chosen = (await places()).find((place) => place.classList.contains('chosen'));
    expect(chosen).toHaveTextContent('case 2, count 1, section');
  });

  it('keeps the words of a date that is none', { timeout: 60_000 }, async () => {
    const { host, user } = await client('record');
    const all = await places();
    await user.click(within(all[2] ?? missing()).getByRole('button'));
    const date = await screen.findByLabelText('The original says: case 1, filing date');
    await user.clear(date);
    await user.type(date, '19820002{Enter}');
    expect(await within(await screen.findByTestId('places')).findByRole('alert')).toHaveTextContent('19820002');
    expect(date).toHaveValue('19820002');
    expect((await kept(host)).sheets[0]?.places[2]?.checked).toBeNull();
  });
});

describe('the reading of a picture', () => {
  it('is stopped at once, keeps nothing, and says no word of blame', { timeout: 60_000 }, async () => {
    const { host, user } = await client('record');
    await user.upload(await screen.findByTestId('sheet-file'), new File(['PICTURE'], 'scan.png', { type: 'image/png' }));
    expect(await screen.findByText('Reading scan.png: page 1 of 2')).toBeVisible();
    await user.click(screen.getByTestId('stop-reading'));
    await waitFor(() => expect(screen.queryByTestId('stop-reading')).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
    expect((await kept(host)).sheets).toHaveLength(1);
  });
});

describe('where a line stands on the page', () => {
  const line = (line: number, text: string, frame: SheetLine['frame'] = null): SheetLine => ({ page: 1, line, text, fate: 'used', why: null, facts: [], frame });

  it('is its frame on the picture its letters were recognised on', () => {
    expect(framed([line(3, 'CNT:01', [10, 20, 60, 40]), line(4, '')], 100, 200)).toEqual([{ line: 3, left: 0.1, top: 0.1, width: 0.5, height: 0.1 }]);
  });

  it('is where the same letters stand in order, also twice, in a text of its own', () => {
    const piece = (text: string, left: number, top: number) => ({ text, left, top, width: 0.2, height: 0.02 });
    const pieces = [piece('CNT:01', 0.1, 0.5), piece('COURT:', 0.1, 0.1), piece('NAM:01', 0.5, 0.1), piece('CNT:01', 0.1, 0.3)];
    const boxes = printed([line(1, 'COURT:     NAM:01'), line(2, ''), line(3, '  CNT:01'), line(4, 'SSN ***'), line(5, 'CNT:01')], pieces);
    expect(boxes.map((box) => [box.line, box.top])).toEqual([[1, 0.1], [3, 0.3], [5, 0.5]]);
    expect(boxes[0]?.width).toBeCloseTo(0.6);
  });
});

function missing(): never {
  throw new Error('not there');
}

describe('names and sentences', () => {
  const record = {
    schema: 'relief-desk/record/1',
    person: { name: { given: 'JANE', family: 'D0E' }, aliases: [{ given: 'J', family: 'ROE' }, { family: 'POE' }] },
    cases: [{ court: {}, counts: [{ sentence: { parts: [{ kind: 'probation', years: 3, suspended: false }, { kind: 'jail', days: 90 }], status: 'completed' } }] }],
  } as unknown as ClientRecord;
  const place = (fact: string, proposal: string | null = null): SheetPlace => ({ key: 'k', doubt: 'doubtful_letters', facts: [fact], page: 1, line: 1, text: '', proposal, checked: null });
  const sentence = 'cases[0].counts[0].sentence';

  it('a name is typed as a whole', () => {
    const field = typing(record, place('person.name'));
    expect(field?.text).toBe('JANE D0E');
    expect(field?.value('Doe, Jane Rose')).toEqual({ given: 'Jane', middle: 'Rose', family: 'Doe' });
    expect(field?.value('JANE DOE')).toEqual({ given: 'JANE', family: 'DOE' });
    expect(field?.value(' ')).toBeUndefined();
    expect(typing(record, place('person.aliases[0]'))?.value('Roe, Jo')).toEqual({ given: 'Jo', family: 'Roe' });
    expect(typing(record, place('person.aliases'))?.text).toBe('J ROE; POE');
  });

  it('a whole sentence is one line, in the words that are on the screen', () => {
    const field = typing(record, place(sentence));
    expect(field?.text).toBe('3 years probation, 90 days jail');
    // What stands as it was keeps what the line does not say of it; the rest of the sentence stands.
    expect(field?.value('3 years probation, 120 days jail')).toEqual({
      parts: [{ kind: 'probation', years: 3, suspended: false }, { kind: 'jail', days: 120 }], status: 'completed',
    });
    expect(field?.value('')).toEqual({ status: 'completed' });
    expect(field?.value('3 years of what')).toBeUndefined();
    expect(typing(record, place(`${sentence}.parts[1]`))?.value('one year jail')).toEqual({ kind: 'jail', years: 1 });
    expect(typing(record, place(`${sentence}.parts[1]`))?.value('1y jail, fine')).toBeUndefined();
  });

  it('is read in every spelling of volunteers, in both languages', () => {
    const parts: [string, unknown][] = [
      ['16m prison', [{ kind: 'prison', months: 16 }]],
      ['2 yrs 4 mos prison (suspended), 5y prob', [{ kind: 'prison', years: 2, months: 4, suspended: true }, { kind: 'probation', years: 5 }]],
      ['fine, restitution; 40 days community service', [{ kind: 'fine' }, { kind: 'restitution' }, { kind: 'community_service', days: 40 }]],
      ['3 años libertad condicional, 90 días de cárcel (suspendida), multa', [{ kind: 'probation', years: 3 }, { kind: 'jail', days: 90, suspended: true }, { kind: 'fine' }]],
      ['un año prisión', [{ kind: 'prison', years: 1 }]],
    ];
    for (const [text, wanted] of parts) expect(sentenceFrom(text, []), text).toEqual(wanted);
    for (const text of ['3 probation', 'pr', '2 years 3 years jail', 'jail 90 days', 'x']) expect(sentenceFrom(text, []), text).toBeNull();
  });

  it('what is shown is read back as it stands', () => {
    const all = [{ kind: 'prison', years: 1, months: 2, days: 3, suspended: true }, { kind: 'parole', months: 1 }, { kind: 'other' }] as Part[];
    expect(sentenceFrom(sentenceText(all), [])).toEqual(all);
  });

  it('is corrected with the keyboard at its place', { timeout: 60_000 }, async () => {
    const { host, user } = await client('record', (host) => {
      const open = host.clients.open;
      host.clients.open = async (id) => {
        const found = await open(id);
        for (const sheet of found.sheets) sheet.places = sheet.places.map((known, i) => (i === 0 ? { ...known, facts: [sentence], doubt: 'doubtful_letters' } : known));
        return found;
      };
    });
    const said = vi.spyOn(host.reading, 'check');
    const field = await screen.findByLabelText(/The original says: case 1, count 1, sentence/);
    expect(field).toHaveValue('3 years probation, 90 days jail, fine');
    await user.clear(field);
    await user.type(field, '3 years probation, gold{Enter}');
    expect(await screen.findByText(/not understood as a sentence/)).toBeVisible();
    await user.clear(field);
    await user.type(field, '5y probation{Enter}');
    await waitFor(() => expect(said).toHaveBeenCalled());
    expect(said.mock.lastCall?.[0].said).toEqual({ kind: 'corrected', value: { parts: [{ kind: 'probation', years: 5 }], status: 'completed', completed: '2008-06-01' } });
  });
});
