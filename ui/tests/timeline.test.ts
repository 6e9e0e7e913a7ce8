import { expect, it } from 'vitest';
import { timeline, year } from '../src/results/timeline';
import type { ClientRecord, Results } from '../src/host';

it('puts a date where it lies, and one known in part in its middle', () => {
  expect(year('2008-01-01')).toBe(2008);
  expect(year('2008')).toBe(2008.5);
  expect(year('2008-07')).toBeCloseTo(2008.54, 2);
  expect(year(null)).toBeNull();
  expect(year('not known')).toBeNull();
});

const results = (earliest: string | null): Results =>
  ({
    as_of: '2026-01-01',
    cases: [{ case: 0, number: '1', cards: [{ count: 0, status: 'not_yet', alternatives: [], finding: { status: 'not_yet', earliest } }] }],
  }) as unknown as Results;
const record = (sentence: unknown): ClientRecord =>
  ({ cases: [{ counts: [{ disposition: { date: '2020-01-01' }, sentence }] }] }) as unknown as ClientRecord;

it('draws a sentence to its end and a wait to its day', () => {
  const line = timeline(record({ parts: [{ kind: 'probation', years: 3 }, { kind: 'prison', years: 9, suspended: true }] }), results('2030-01-01'));
  expect(line?.lanes).toEqual([
    { case: 0, number: '1', marks: [{ at: 2020, open: false }], sentences: [{ from: 2020, to: 2023 }], waits: [2030] },
  ]);
  expect([line?.start, line?.end, line?.now]).toEqual([2020, 2030, 2026]);
  expect(line?.years).toEqual([2020, 2025, 2030]);
});

it('takes the day a sentence ended over the day it was to end', () => {
  const line = timeline(record({ parts: [{ kind: 'probation', years: 3 }], completed: '2021-01-01' }), results(null));
  expect(line?.lanes[0]?.sentences).toEqual([{ from: 2020, to: 2021 }]);
});

it('draws nothing where no date is known', () => {
  expect(timeline({ cases: [{ counts: [{}] }] } as unknown as ClientRecord, results('2030-01-01'))).toBeNull();
});
