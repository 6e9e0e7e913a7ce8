/**
 * The host in memory: made-up people for component tests and for laying screens out in a browser. It keeps nothing, encrypts
 * nothing, knows no law and cannot print; where the app would do one of these, it refuses and says why.
 */
import { Refusal, type Host } from '../index';
import type { BulkView, Client, ClientId, ClientRow, Clinic, Member, PacketView, PaperView, Session, SignOffState } from '../views';
import * as at from './path';
import { sampleForms, samplePaper, sampleTellings } from './paper';
import { blank, jane } from './people';
import { memoryReading } from './reading';
import { memoryReview } from './review';
import { memorySafe } from './safe';
import { sampleStatutes } from './statutes';
import { sampleChanges, sampleNews, sampleResults } from './results';

const TODAY = '2026-11-21';
const PASSPHRASE = 'correct horse battery';

function initials(client: Client): string {
  const { given, family } = client.record.person.name;
  return [given, family].filter(Boolean).map((part) => `${String(part).charAt(0)}.`).join(' ');
}

function row(client: Client): ClientRow {
  const { given, family } = client.record.person.name;
  return {
    id: client.id,
    name: [given, family].filter(Boolean).join(' '),
    initials: initials(client),
    cases: client.record.cases.length,
    counties: [...new Set(client.record.cases.map((c) => c.court?.county).filter((c): c is string => !!c))],
    status: client.record.cases.length ? 'questions' : 'no_record',
    changed: client.kept_at,
  };
}

export function memory(start: { phase?: Session['phase']; people?: boolean; who?: Partial<Member> } = {}): Host {
  let minute = 2;
  let next = 2;
  const name = (n: number) => `p${n}` as unknown as ClientId;
  const moment = () => `${TODAY}T14:${String(minute++ % 60).padStart(2, '0')}:00Z`;
  const clients = new Map<ClientId, Client>();
  const past = new Map<ClientId, Client[]>();
  const signed = new Map<ClientId, SignOffState>();
  let bulk: { ids: ClientId[]; view: BulkView } | null = null;
  const lee = { id: 's1', name: 'A. Lee', role: 'administrator' as const, attorney: true, must_change: false };
  const session: Session = {
    phase: start.phase ?? 'locked', clinic: 'Riverside Legal Aid', people: [lee], who: null,
    jurisdictions: [{ key: 'us-ca', text: 'California' }], training: true, training_passphrase: PASSPHRASE, today: TODAY, idle_minutes: 5, lang: 'en', wrong_tries: 0, version: 'sample',
  };
  let clinic: Clinic = {
    schema: 'relief-desk/clinic/1', name: 'Riverside Legal Aid', address: ['1 Main Street', 'Sacramento, CA 95814'],
    phone: '(916) 555-0100', language: 'en', attorneys: [{ name: 'A. Lee', bar: '123456' }], counties: [], require_sign_off: false,
  };
  if (session.phase === 'new') Object.assign(session, { clinic: null, people: [] });
  if (session.phase === 'open') session.who = { ...lee, ...start.who };
  if (start.who?.id) session.people.push({ ...lee, ...start.who });
  if (start.people !== false) clients.set(name(1), jane(name(1), moment()));

  const find = (id: ClientId): Client => {
    const client = clients.get(id);
    if (!client) throw new Refusal('unknown_client', 'This client is not in the vault.', 'Go back to the list.');
    return client;
  };
  const change = (id: ClientId, act: (client: Client) => void): Promise<Client> => {
    const before = find(id);
    const after = structuredClone(before);
    act(after);
    past.set(id, [...(past.get(id) ?? []), before]);
    after.kept_at = moment();
    after.undo = 'change_record';
    clients.set(id, after);
    const word = signed.get(id);
    if (word?.said === 'signed') signed.set(id, { ...word, said: 'ended', who: lee.name, at: after.kept_at, changed: ['person.name'] });
    return Promise.resolve(structuredClone(after));
  };
  const unlocked = (who = session.people[0] ?? lee): Promise<Session> => {
    Object.assign(session, { phase: 'open', who });
    return Promise.resolve({ ...session });
  };

  /** What is locked has no clients, here as in the app. */
  const behindTheDoor = <T extends object>(topic: T): T =>
    new Proxy(topic, {
      get(target, verb, self) {
        const act: unknown = Reflect.get(target, verb, self);
        if (typeof act !== 'function') return act;
        return async (...args: unknown[]): Promise<unknown> => {
          if (session.phase !== 'open') throw new Refusal('locked', 'the office is locked', 'Unlock it. What was kept before is safe.');
          return await (act as (...args: unknown[]) => unknown)(...args);
        };
      },
    });

  const host: Host = {
    real: false,
    session: {
      state: async () => ({ ...session }),
      create: async (args) => {
        const who = { ...lee, name: args.person };
        Object.assign(session, { clinic: args.clinic, people: [who], phase: 'open', who, training_passphrase: args.passphrase });
        return { recovery_code: 'SAMP-LE00-ONLY-NOT0-ARE4-LKEY' };
      },
      unlock: async ({ person, passphrase }) => {
        if (passphrase !== session.training_passphrase) {
          session.wrong_tries += 1;
          throw new Refusal('wrong_passphrase', 'That is not the passphrase of this person.', 'Nothing was changed. Check capital letters and try again.');
        }
        return unlocked(session.people.find((p) => p.id === person));
      },
      recover: async ({ new_passphrase }) => unlocked(Object.assign(session, { training_passphrase: new_passphrase }).people[0]),
      restore: async ({ secret, put_aside }) => {
        if (session.phase !== 'new' && !put_aside) throw new Refusal('office_here', 'An office is here already.', '');
        if (secret !== PASSPHRASE) throw new Refusal('wrong_passphrase', 'That is not a passphrase of this backup.', '');
        const aside = session.phase === 'new' ? null : 'vault.before-2026-11-21';
        Object.assign(session, { phase: 'locked', clinic: 'Harbor Record Clinic', people: [lee] });
        return { made: '2026-11-20T17:00:00Z', clients: 2, aside };
      },
      lock: async () => void Object.assign(session, { phase: 'locked', who: null }),
      language: async (lang) => void Object.assign(session, { lang }),
    },
    clients: {
      list: async (query) => {
        const words = query.toLowerCase().split(/\s+/).filter(Boolean);
        const hay = (c: Client) => `${row(c).name} ${c.record.cases.map((k) => k.number).join(' ')}`.toLowerCase();
        return [...clients.values()].filter((c) => words.every((w) => hay(c).includes(w))).map(row);
      },
      add: async ({ given, family, born }) => {
        const id = name(next++);
        clients.set(id, blank(id, given, family, born, moment()));
        return id;
      },
      open: async (id) => structuredClone(find(id)),
      contact: (id, contact) => change(id, (c) => void (c.contact = contact)),
      answer: (id, path, value) => change(id, (c) => {
        at.set(c.record, path, value);
        c.record.cases.forEach((known, n) => (known.id ??= `k${n}`));
      }),
      note: (id, text) => change(id, (c) => void c.notes.push({ by: lee.name, at: moment(), text })),
      undo: async (id) => {
        const before = past.get(id)?.pop();
        if (before) clients.set(id, before);
        return structuredClone(find(id));
      },
      statutes: async (_jurisdiction, typed) => sampleStatutes(typed),
    },
    reading: memoryReading({ find, change, who: () => lee.name, others: (id) => [...clients.values()].filter((c) => c.id !== id).slice(0, 1).map(row) }),
    results: {
      screen: async (id, asOf) => {
        const client = find(id);
        if (!client.record.cases.length) return { as_of: asOf ?? TODAY, packs: [], cases: [], person: [], first_question: null, notes: [] };
        return sampleResults(client, asOf ?? TODAY);
      },
      news: async () => sampleNews(clients.size),
      rescreen: async () => sampleChanges([...clients.values()].map(row)),
    },
    papers: {
      prepare: async (id): Promise<PacketView> => {
        const client = find(id);
        const cleared = client.record.person.citizenship === 'citizen' || client.clearance !== null;
        const word: SignOffState = signed.get(id) ?? { said: 'open' };
        const signing = { sign_off: word, needs_sign_off: clinic.require_sign_off && word.said !== 'signed', needs_signer: !client.elections.signer, attorneys: clinic.attorneys.map((attorney) => attorney.name), tellings: sampleTellings(client, session.lang) };
        const paper = (key: string, kind: string, title: string, recipient: string, pages: number, blanks: PaperView['blanks'] = []): PaperView =>
          ({ key, kind, title, recipient, pages, blanks, file: `${kind}.pdf`, case: kind === 'client' ? null : 0, sha256: '', marks: [{ what: 'case number', value: '05F01234', from: [{ fact: 'cases[0].number', giver: 'client', who: null, on: TODAY, lines: [] }] }] });
        const own = paper('client', 'client', 'What happens next', 'client', 1);
        const filed = [
          paper('k1/cover', 'cover', 'Cover sheet', 'file', 1),
          paper('k1/petition', 'petition', 'Application to dismiss and seal', 'court', 3, [{ what: 'Signature and date', why: 'The attorney signs by hand.' }]),
          paper('k1/order', 'order', 'Proposed order', 'court', 1, [{ what: 'Judge and date', why: 'Only the court fills this.' }]),
          paper('k1/service', 'service', 'Proof of service', 'prosecutor', 1, [{ what: 'Date and way of service', why: 'The person who serves fills it when it is done.' }]),
        ];
        return cleared
          ? { papers: [...filed, own], ready: true, why_not: [], needs_clearance: false, as_of: TODAY, ...signing }
          : { papers: [own], ready: false, why_not: ['This client is not known to be a citizen. Filing can bring harm that cannot be undone.'], needs_clearance: true, as_of: TODAY, ...signing };
      },
      bytes: async (_id, key) => samplePaper(`SAMPLE ${key}`, key.endsWith('petition') ? 3 : 1),
      print: async () => {
        throw new Refusal('no_printer', 'A browser page cannot send these pages to a printer.', 'Open the app to print.');
      },
      saveForEfiling: async () => {
        throw new Refusal('no_files', 'A browser page cannot write the packet to a folder.', 'Open the app to save.');
      },
      save: async () => {
        throw new Refusal('no_files', 'A browser page cannot write the packet to a folder.', 'Open the app to save.');
      },
      signOff: async (id) => {
        signed.set(id, { said: 'signed', by: `${lee.name}, SBN 123456`, on: TODAY, at: moment() });
        return await host.papers.prepare(id);
      },
      sendBack: async (id, reason) => {
        const client = await change(id, () => undefined);
        signed.set(id, { said: 'sent_back', by: `${lee.name}, SBN 123456`, on: TODAY, at: moment(), reason });
        return client;
      },
      clear: (id, reason) => change(id, (c) => void (c.clearance = { by: `${lee.name}, SBN 123456`, on: TODAY, reason })),
      withdraw: (id) => change(id, (c) => void (c.clearance = null)),
      declare: (id, { case: item, count, told, ...rest }) =>
        change(id, (c) => {
          c.declarations = c.declarations.filter((d) => d.case !== item || d.count !== count);
          if (told.length || rest.language || rest.interpreter) c.declarations.push({ case: item, count, told, ...rest, by: lee.name, at: moment() });
        }),
      elect: (id, elections) => change(id, (c) => void (c.elections = elections)),
    },
    bulk: {
      begin: async (ids) => {
        bulk = { ids, view: { done: 0, of: ids.length, packets: 0, papers: 0, left_out: [] } };
        return structuredClone(bulk.view);
      },
      next: async () => {
        if (!bulk) throw new Refusal('stale', 'no job is on its way', 'Begin again.');
        const client = bulk.ids[bulk.view.done];
        if (client !== undefined) {
          const packet = await host.papers.prepare(client);
          const { id, initials, name } = row(find(client));
          bulk.view.done += 1;
          if (packet.needs_clearance) bulk.view.left_out.push({ id, initials, name, why: 'clearance' });
          else [bulk.view.packets, bulk.view.papers] = [bulk.view.packets + 1, bulk.view.papers + packet.papers.length];
        }
        return structuredClone(bulk.view);
      },
      stop: async () => void (bulk = null),
      print: async () => {
        throw new Refusal('no_printer', 'A browser page cannot send these pages to a printer.', 'Open the app to print.');
      },
      save: async () => {
        throw new Refusal('no_files', 'A browser page cannot write the packets to a folder.', 'Open the app to save.');
      },
      saveForEfiling: async () => {
        throw new Refusal('no_files', 'A browser page cannot write the packets to a folder.', 'Open the app to save.');
      },
    },
    forms: {
      list: async () => structuredClone(sampleForms),
      add: async () => {
        throw new Refusal('form_unknown', 'A browser page keeps no forms.', 'Open the app to add one.');
      },
    },
    review: memoryReview(),
    filings: {
      set: (id, where, step, date) =>
        change(id, (c) => {
          c.filings = c.filings.filter((f) => f.case !== where.case || f.count !== where.count || f.step !== step);
          if (date) c.filings.push({ ...where, step, date });
        }),
    },
    people: {
      add: async ({ name, roles, passphrase }) => {
        if (passphrase.length < 12) throw new Refusal('passphrase_weak', 'the passphrase is too weak', 'Add more words.');
        const role = roles[0] ?? 'volunteer';
        session.people.push({ id: `s${session.people.length + 1}`, name, role, attorney: roles.includes('attorney'), must_change: true });
        return structuredClone(session);
      },
      remove: async (person) => {
        session.people = session.people.filter((known) => known.id !== person);
        return structuredClone(session);
      },
      passphrase: async (change) => {
        if (change.old !== session.training_passphrase) throw new Refusal('wrong_passphrase', 'That is not the passphrase of this person.', 'Nothing was changed.');
        session.training_passphrase = change.new;
        if (session.who) session.who = { ...session.who, must_change: false };
        return structuredClone(session);
      },
      roles: async (person, roles) => {
        session.people = session.people.map((known) => (known.id === person ? { ...known, role: roles[0] ?? known.role, attorney: roles.includes('attorney') } : known));
        return structuredClone(session);
      },
      force: async (person) => {
        session.people = session.people.map((known) => (known.id === person ? { ...known, must_change: true } : known));
        return structuredClone(session);
      },
      changeKey: async () => structuredClone(session),
      newCode: async () => ({ recovery_code: 'SAMP-LE00-ONLY-NOT0-ARE4-NEW0' }),
      codeWritten: async () => undefined,
      printCode: async () => {
        throw new Refusal('no_printer', 'A browser page cannot send these pages to a printer.', 'Write the code down by hand.');
      },
    },
    ...memorySafe({ clients: () => [...clients.values()], change, forget: (id) => void clients.delete(id) }),
    clinic: { get: async () => structuredClone(clinic), set: async (value) => structuredClone((clinic = value)) },
  };
  const { clients: list, reading, results, papers, bulk: many, forms, review, filings, people, clinic: office, safe, laptops, keeping } = host;
  return {
    ...host,
    clients: behindTheDoor(list),
    reading: behindTheDoor(reading),
    results: behindTheDoor(results),
    papers: behindTheDoor(papers),
    bulk: behindTheDoor(many),
    forms: behindTheDoor(forms),
    review: behindTheDoor(review),
    filings: behindTheDoor(filings),
    people: behindTheDoor(people),
    clinic: behindTheDoor(office),
    safe: behindTheDoor(safe),
    laptops: behindTheDoor(laptops),
    keeping: behindTheDoor(keeping),
  };
}
