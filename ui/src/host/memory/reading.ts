/** Reading in memory: a text that looks like a sheet is the sample sheet, and a picture is one page of it. */
import { Refusal, type Host } from '../index';
import type { Client, ClientId, ClientRow } from '../views';
import * as at from './path';
import { readSheet, sheetLines } from './people';

interface Around {
  find: (id: ClientId) => Client;
  change: (id: ClientId, act: (client: Client) => void) => Promise<Client>;
  who: () => string;
  others: (id: ClientId) => ClientRow[];
}

export function memoryReading({ find, change, who, others }: Around): Host['reading'] {
  let now: { id: ClientId; name: string; whose: string | undefined } | null = null;
  const nothing = () => new Refusal('not_reading', 'no sheet is being read', 'Choose the file again.');
  return {
    begin: async (id, name, bytes) => {
      const text = new TextDecoder().decode(bytes);
      // In memory, a sheet says in its own name whose it is.
      now = { id, name, whose: /^NAM\/(\S+)/m.exec(text)?.[1] };
      if (text.startsWith('PICTURE')) return { kind: 'picture', page: 1, pages: 2 };
      if (/ARR\/DET|COURT:/.test(text)) return { kind: 'read' };
      now = null;
      throw new Refusal('sheet', `the file ${name} is not a RAP sheet`, 'Nothing was changed. Choose the text or PDF that came from the Department of Justice.');
    },
    picture: async () => new TextEncoder().encode('P5\n1 1\n255\n '),
    words: async () => {
      if (!now) throw nothing();
      return { kind: 'read' };
    },
    keep: async (sure) => {
      const reading = now;
      if (!reading) throw nothing();
      const { id, name, whose } = reading;
      if (whose && !sure) return { kind: 'doubtful', name: whose, born: null, somebody_else: true, others: others(id) };
      now = null;
      return { kind: 'kept', client: await change(id, (c) => Object.assign(c, readSheet(name))) };
    },
    stop: async () => void (now = null),
    original: async () => new TextEncoder().encode(sheetLines().map((line) => line.text).join('\n')),
    page: async () => {
      throw new Refusal('not_found', 'the sample has no pictures', '');
    },
    check: (check) =>
      change(check.id, (client) => {
        const sheet = find(check.id).sheets.findIndex((known) => known.id === check.sheet);
        const kept = client.sheets[sheet];
        if (!kept) throw nothing();
        const corrected = check.said.kind === 'corrected';
        const word = check.said.kind === 'open' ? null : { by: who(), at: client.kept_at, corrected };
        if (check.place === 'whole') {
          kept.verified = word;
          return;
        }
        for (const place of kept.places.filter((known) => known.key === check.place)) {
          place.checked = word;
          if (check.said.kind === 'corrected') for (const fact of place.facts) at.set(client.record, fact, check.said.value);
        }
        if (!word) kept.verified = null;
      }),
  };
}
