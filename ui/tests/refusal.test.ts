import { expect, it } from 'vitest';
import { Refusal } from '../src/host';
import { speak, told } from '../src/words';

it('says our own words where they leave nothing out', () => {
  expect(told(new Refusal('wrong_passphrase', 'the passphrase is wrong', 'Check the Caps Lock key'))).toEqual({
    what: 'That is not the passphrase of this person.',
    then: 'Nothing was changed. Check Caps Lock and try again.',
    exact: null,
  });
});

it('keeps the exact words where they say more', () => {
  const why = new Refusal('sheet', 'the PDF is locked with a password', 'open it with the password');
  expect(told(why)).toEqual({ what: 'The PDF is locked with a password.', then: 'Open it with the password.', exact: null });
  speak('es');
  expect(told(why).what).toBe('Este archivo no se pudo leer como hoja de antecedentes.');
  expect(told(why).exact).toBe('The PDF is locked with a password. Open it with the password.');
});

it('shows a refusal nobody foresaw as it is', () => {
  speak('es');
  expect(told(new Refusal('new_code', 'something else', ''))).toEqual({ what: 'Something else.', then: '', exact: null });
});
