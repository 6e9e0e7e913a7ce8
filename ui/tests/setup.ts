import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/svelte';
import { afterEach, beforeEach } from 'vitest';
import { desk } from '../src/desk.svelte';
import { speak } from '../src/words';

// A machine that builds beside the tests is slow, not wrong.
configure({ asyncUtilTimeout: 8_000 });

// What a window has and jsdom has not.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.removeAttribute('open');
  this.dispatchEvent(new Event('close'));
};
Element.prototype.scrollIntoView ??= () => undefined;
window.scrollTo = () => undefined;

beforeEach(() => {
  desk.session = null;
  desk.place = { at: 'clients' };
  desk.covered = false;
  desk.trouble = null;
  speak('en');
});
afterEach(cleanup);
