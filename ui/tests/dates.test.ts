import { expect, it } from 'vitest';
import { clock, day, dayOf, slashed, speak, typed } from '../src/words';

it.each([
  ['3/14/2008', '2008-03-14'],
  ['03/14/2008', '2008-03-14'],
  ['3-14-2008', '2008-03-14'],
  ['3/2008', '2008-03'],
  ['2008', '2008'],
  ['2008-03', '2008-03'],
  ['2008-3-4', '2008-03-04'],
  [' 2/29/2008 ', '2008-02-29'],
])('reads %s as %s', (text, date) => expect(typed(text)).toBe(date));

it.each(['19820002', '2/29/2007', '13/1/2008', '0/2008', '3/0/2008', 'May', '3/14/08', '1776', ''])('does not read %j as a date', (text) =>
  expect(typed(text)).toBeNull(),
);

it('writes a date as far as it is known', () => {
  expect(day('2008-03-14')).toBe('Mar 14, 2008');
  expect(day('2008-03')).toBe('Mar 2008');
  expect(day('2008')).toBe('2008');
  expect(day('19820002')).toBe('19820002');
  speak('es');
  expect(day('2008-03-14')).toBe('14 mar 2008');
});

it.each(['2008-03-14', '2008-03', '2008'])('%s comes back from the form it is typed in', (date) => expect(typed(slashed(date))).toBe(date));

it('says when something was kept in the time of the place, not of the meridian', () => {
  expect(clock('2026-11-22T01:02:05Z', 'America/Los_Angeles')).toBe('17:02');
  expect(dayOf('2026-11-22T01:02:05Z', 'America/Los_Angeles')).toBe('2026-11-21');
  expect(dayOf('2026-11-22T01:02:05Z', 'UTC')).toBe('2026-11-22');
  expect(clock('no moment')).toBe('no moment');
});
