/**
 * The one door to the program behind the window. Everything a screen may ask stands in `Host`; the shell answers it in the
 * app (`tauri.ts`), made-up people in memory answer it in tests and in a browser (`memory/`).
 */
import type {
  AddPerson, BeginReview, BulkView, ChangePassphrase, Client, ClientId, ClientRow, Clinic, Contact, Create, Created, Elections, FormsView, Imported, Lang, PacketView, Printed, Recover,
  Rescreened, Results, ReviewedPerson, ReviewFind, ReviewNumbers, ReviewPage, ReviewRun, ReviewView, RulesNews, Saved, Session, Step, Unlock,
} from './views';

export type * from './views';

/** Why something was not done, in words for a volunteer. `code` is for branching, never shown. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export interface Host {
  /** What this host really can do: a browser twin cannot print, write files or encrypt, and says so. */
  readonly real: boolean;
  session: {
    state(): Promise<Session>;
    create(args: Create): Promise<Created>;
    unlock(args: Unlock): Promise<Session>;
    recover(args: Recover): Promise<Session>;
    lock(): Promise<void>;
    language(lang: Lang): Promise<void>;
  };
  clients: {
    list(query: string): Promise<ClientRow[]>;
    add(args: { given: string; family: string; born: string | null }): Promise<ClientId>;
    open(id: ClientId): Promise<Client>;
    contact(id: ClientId, contact: Contact): Promise<Client>;
    /** Sets one fact of the record by its contract path, `cases[0].number`; null forgets it. */
    answer(id: ClientId, path: string, value: unknown): Promise<Client>;
    note(id: ClientId, text: string): Promise<Client>;
    undo(id: ClientId): Promise<Client>;
  };
  reading: {
    /** Keeps nothing where the sheet may be of somebody else, unless the person is sure that it is this client's. */
    import(id: ClientId, name: string, bytes: Uint8Array, sure: boolean): Promise<Imported>;
  };
  results: {
    screen(id: ClientId, asOf: string | null): Promise<Results>;
    /** Whether saved answers come from other rules than the program has. */
    news(): Promise<RulesNews>;
    /** The next part of all clients under today's rules: whose answers differ. */
    rescreen(after: ClientId | null): Promise<Rescreened>;
  };
  papers: {
    prepare(id: ClientId): Promise<PacketView>;
    bytes(id: ClientId, key: string): Promise<Uint8Array>;
    /** One job: a set for everybody who gets one, with a sheet before each. */
    print(id: ClientId, twoSided: boolean): Promise<Printed>;
    /** Where the packet went, or null where the person chose no folder. */
    save(id: ClientId): Promise<Saved | null>;
    /** Signs off the papers that were looked at, by their keys. */
    signOff(id: ClientId, keys: string[]): Promise<PacketView>;
    sendBack(id: ClientId, reason: string): Promise<Client>;
    clear(id: ClientId, reason: string): Promise<Client>;
    /** Takes the clearance back. */
    withdraw(id: ClientId): Promise<Client>;
    declare(id: ClientId, at: { case: number; count: number }, text: string): Promise<Client>;
    elect(id: ClientId, elections: Elections): Promise<Client>;
  };
  /** Many packets in one job, part by part. */
  bulk: {
    begin(ids: ClientId[]): Promise<BulkView>;
    next(): Promise<BulkView>;
    stop(): Promise<void>;
    print(twoSided: boolean): Promise<Printed>;
    save(twoSided: boolean): Promise<Saved | null>;
  };
  /** The office's blanks of official forms. */
  forms: {
    list(): Promise<FormsView>;
    add(bytes: Uint8Array): Promise<FormsView>;
  };
  /** The mass review. Every path comes from a dialog of the system; a dialog that is cancelled changes nothing. */
  review: {
    open(): Promise<ReviewView>;
    /** Asked again and again while one runs; no sign that somebody is there. */
    run(): Promise<ReviewRun>;
    files(): Promise<ReviewView>;
    dropFile(nth: number): Promise<ReviewView>;
    folder(): Promise<ReviewView>;
    policy(): Promise<ReviewView>;
    decisions(): Promise<ReviewView>;
    begin(begin: BeginReview): Promise<ReviewView>;
    /** With the review that an earlier start did not end. */
    goOn(): Promise<ReviewView>;
    forget(): Promise<ReviewView>;
    pause(paused: boolean): Promise<ReviewView>;
    stop(keep: boolean): Promise<ReviewView>;
    leave(): Promise<ReviewView>;
    numbers(policy: string): Promise<ReviewNumbers>;
    rows(find: ReviewFind): Promise<ReviewPage>;
    person(person: number): Promise<ReviewedPerson>;
  };
  filings: {
    set(id: ClientId, at: { case: number; count: number }, step: Step, date: string | null): Promise<Client>;
  };
  people: {
    add(person: AddPerson): Promise<Session>;
    remove(person: string): Promise<Session>;
    /** One's own. */
    passphrase(change: ChangePassphrase): Promise<Session>;
  };
  clinic: {
    get(): Promise<Clinic>;
    set(clinic: Clinic): Promise<Clinic>;
  };
}

let chosen: Host | null = null;

/** Chosen once, before the first screen. */
export function choose(host: Host): void {
  chosen = host;
}

export function host(): Host {
  if (!chosen) throw new Error('no host was chosen');
  return chosen;
}
