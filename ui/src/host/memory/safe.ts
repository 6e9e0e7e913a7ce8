/** The safe in memory: a backup that is a name, laptops that are made up. It writes no file and encrypts nothing. */
import { Refusal, type Host } from '../index';
import type { BackupsView, Client, ClientId, DisputeView, KeepingView, LaptopsView } from '../views';

const AT = '2026-11-21T18:30:00Z';
const HEAD = `7:${'5f'.repeat(32)}`;
const WORDS = 'amber canoe drift lantern oyster violin';

interface Inside {
  clients(): Client[];
  change(id: ClientId, act: (client: Client) => void): Promise<Client>;
  forget(id: ClientId): void;
}

export function memorySafe(inside: Inside): Pick<Host, 'safe' | 'laptops' | 'keeping'> {
  let backups: BackupsView = { last: null, steps_since: 0, reminder: 'never', days: 0, folder: null, code_unsure: false, as_it_stands: false };
  let laptops: LaptopsView = { words: 'maple orbit quiet river saddle tulip', known: [], sent: [], received: [] };
  const decided = new Map<ClientId, KeepingView>();
  const nameOf = (client: Client) => [client.record.person.name.given, client.record.person.name.family].filter(Boolean).join(' ');
  let dispute: DisputeView | null = null;
  const look = () => structuredClone(laptops);

  return {
    safe: {
      backups: async () => structuredClone(backups),
      backup: async () => {
        backups = { ...backups, last: AT, steps_since: 0, reminder: null };
        return { file: 'relief-desk-2026-11-21.backup', clients: inside.clients().length, audit_rows: 7, untold: 0 };
      },
      folder: async () => structuredClone((backups = { ...backups, folder: '/media/backups' })),
      noFolder: async () => structuredClone((backups = { ...backups, folder: null })),
      rehearse: async (secret) => {
        if (secret === 'wrong') throw new Refusal('wrong_passphrase', 'the passphrase is wrong', 'Try again.');
        return { made: AT, clients: 1, audit_rows: 7, rows: 42, same: true, problems: [], log_holds: true };
      },
      log: async (before) => ({
        rows: (before === null ? [7, 6, 5, 4] : [3, 2, 1]).map((seq) => ({
          seq, at: AT, who: 'A. Lee', what: seq === 7 ? 'open_client' : 'change_settings', client: seq === 7 ? (inside.clients()[0]?.id ?? null) : null, initials: seq === 7 ? 'J. D.' : null, subject: null,
        })),
        next: before === null ? 4 : null,
        head: HEAD,
      }),
      verify: async (head) => {
        if (head !== null && !/^\d+:[0-9a-f]{64}$/.test(head)) throw new Refusal('no_head', 'this head of the log is not in the vault', 'Type it as printed.');
        return { problems: [], rows: 7, holds: head === null ? null : head === HEAD, head: HEAD };
      },
      printLog: async () => undefined,
      saveLog: async () => ({ file: 'audit-log-2026-11-21.pdf', clients: 7 }),
      table: async ({ passphrase, reason }) => {
        if (passphrase === null && !reason?.trim()) throw new Refusal('name_empty', 'the reason is missing', 'Type it and try again.');
        return { file: passphrase === null ? 'clients-2026-11-21.csv' : 'clients-2026-11-21.csv.age', clients: inside.clients().length };
      },
      record: async (_id, { passphrase }) => ({ file: passphrase === null ? 'record-2026-11-21.json' : 'record-2026-11-21.json.age', clients: 1 }),
      count: async (smallest) => ({ clients: null, smallest, tables: [{ of: 'status', rows: [['questions', 12], ['ready', null]] }, { of: 'county', rows: [] }] }),
      lostBackup: async () => ({
        clinic: 'Riverside Legal Aid', from_backup: true, as_of: AT, last_locked: AT, last_opened: AT,
        keys: [{ name: 'A. Lee', memory_mib: 256 }, { name: null, memory_mib: 256 }],
        clients: inside.clients().map((client) => ({ name: nameOf(client), held: ['birth date', '2 cases'] })),
      }),
      lostLaptop: async (vault) => ({
        clinic: laptops.known.find((known) => known.id === vault)?.name ?? '', from_backup: false, as_of: AT, last_locked: null, last_opened: null, keys: [], clients: [{ name: null, held: [] }],
      }),
    },
    laptops: {
      open: async () => look(),
      card: async () => ({ file: 'relief-desk-card.json', clients: 0 }),
      confirm: async (words) => {
        if (words.trim().toLowerCase() !== WORDS) throw new Refusal('words_differ', 'these are not the six words of this card', 'Ask again.');
        laptops = { ...laptops, known: [...laptops.known, { id: 'v2', name: 'North branch' }] };
        return look();
      },
      forget: async (laptop) => {
        laptops = { ...laptops, known: laptops.known.filter((known) => known.id !== laptop) };
        return look();
      },
      send: async ({ to, clients, moving }) => {
        const name = laptops.known.find((known) => known.id === to)?.name ?? '';
        const of = clients.map((id) => ({ id, name: inside.clients().filter((client) => client.id === id).map(nameOf)[0] ?? null, taken: false }));
        laptops = { ...laptops, sent: [{ to: name, sequence: laptops.sent.length + 1, at: AT, moving, receipt: false, clients: of }, ...laptops.sent] };
        return { file: 'hand-over-2026-11-21.relief', clients: clients.length };
      },
      takeIn: async () => {
        const client = inside.clients()[0];
        if (!client) return null;
        dispute = {
          field: 'person/born', path: 'person.born',
          values: [{ version: 'a:1', value: '1976-04-12', here: true }, { version: 'b:1', value: '1967-04-12', here: false }],
        };
        laptops = { ...laptops, received: [{ from: 'North branch', sequence: 1, at: AT }] };
        return { from: 'North branch', replay: false, clients: [{ id: client.id, name: nameOf(client), outcome: 'merged', disputed: 1, like: 0 }] };
      },
      saveReceipt: async () => ({ file: 'receipt.json', clients: 1 }),
      receipt: async () => {
        const [last] = laptops.sent;
        if (!last) throw new Refusal('receipt_for_another', 'this receipt does not belong here', 'Keep the clients here.');
        last.receipt = true;
        return { may_go: last.moving ? structuredClone(last.clients).map((client) => ({ ...client, taken: true })) : [] };
      },
      purge: async (clients) => {
        for (const id of clients) inside.forget(id);
        return look();
      },
      disputed: async () => {
        const client = inside.clients()[0];
        return dispute && client ? [{ id: client.id, name: nameOf(client), fields: 1 }] : [];
      },
      disputes: async () => (dispute ? [structuredClone(dispute)] : []),
      resolve: (id, _field, version) => {
        const value = dispute?.values.find((side) => side.version === version)?.value ?? null;
        dispute = null;
        return inside.change(id, (client) => void (client.record.person.born = value as string | null));
      },
    },
    keeping: {
      open: async (id) => structuredClone(decided.get(id) ?? { decided: null, open_filing: false, holders: [] }),
      decide: async ({ id, destroy, rule, reason }) => {
        const view: KeepingView = {
          decided: { destroy, rule, reason, at: AT, who: 'A. Lee' }, open_filing: false,
          holders: [{ backup: true, name: 'relief-desk-2026-11-21.backup', at: AT, taken: true }],
        };
        decided.set(id, view);
        return structuredClone(view);
      },
      destroy: async (id) => {
        inside.forget(id);
        return { holders: decided.get(id)?.holders ?? [] };
      },
    },
  };
}
