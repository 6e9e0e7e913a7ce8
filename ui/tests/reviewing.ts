/** A review in the window's twin, chosen and run as a person does it. */
import { screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { beforeEach } from 'vitest';
import type { Host } from '../src/host';
import { question } from '../src/review/question.svelte';
import { list, type Opened } from './app';

beforeEach(() => Object.assign(question, { county: '', day: '', policy: '', lock: 'open', parquet: false, secret: '' }));

export async function review(change?: (host: Host) => void): Promise<Opened> {
  const opened = await list({}, change);
  await opened.user.click(screen.getByTestId('review'));
  await screen.findByTestId('review-begin');
  return opened;
}

/** Everything chosen, as a person does it. */
export async function chosen(change?: (host: Host) => void): Promise<Opened> {
  const opened = await review(change);
  await opened.user.click(screen.getByTestId('review-files'));
  await screen.findByText('The first 200 rows look right.');
  await opened.user.selectOptions(screen.getByTestId('review-county'), 'Sacramento');
  await opened.user.click(screen.getByTestId('review-folder'));
  await screen.findByText('/office/review-2026');
  return opened;
}

export async function done(change?: (host: Host) => void): Promise<Opened> {
  const opened = await chosen(change);
  await opened.user.click(screen.getByTestId('review-begin'));
  await screen.findByTestId('number-all');
  return opened;
}

export async function faults(): Promise<string[]> {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html}`));
}
