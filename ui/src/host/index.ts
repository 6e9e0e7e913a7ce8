/**
 * The one door to the program behind the window. Everything a screen may ask stands in `Host`; the shell answers it in the
 * app (`tauri.ts`), made-up people in memory answer it in tests and in a browser (`memory/`).
 */
import type {
  AddPerson, AfterRun, BackupMade, BackupsView, BeginReview, BulkView, ChangePassphrase, CheckPlace, Client, ClientId, ClientRow, Clinic, CompareList, Contact, CountView, Create, Created, Decide, DecideByHand, DestroyedView,
  DisputedClient, DisputeView, Elections, FormsView, HandOver, Imported, KeepingView, KeepPolicy, Lang, LaptopsView, LogPage, LogVerdict, LostView, MakePapers, PacketView, PolicyRules, Printed, ReadStep, ReceiptView, Recover, Restore, Restored,
  RehearsalView, Rescreened, Results, ReviewedPerson, ReviewFind, ReviewNumbers, ReviewPage, ReviewRun, ReviewView, Role, RulesNews, Saved, SavedForEfiling, Session, SetDeclaration, StatutesFound, Step, TakenInView, Unlock,
  WriteTable, Written,
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
    /** Null where nobody chose a file. */
    restore(args: Restore): Promise<Restored | null>;
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
    /** Sections that fit what was typed, by number or name; of the jurisdiction's rules, or of all where it is not known. */
    statutes(jurisdiction: string | null, typed: string): Promise<StatutesFound>;
  };
  reading: {
    /** Begins to read a file. Where a page is a picture, its letters are asked for: see `picture` and `words`. Nothing is kept yet. */
    begin(id: ClientId, name: string, bytes: Uint8Array): Promise<ReadStep>;
    /** The picture whose letters are asked for, as a portable grey map. */
    picture(): Promise<Uint8Array>;
    /** Its words, as the table that Tesseract writes. */
    words(table: string): Promise<ReadStep>;
    /** Keeps nothing where the sheet may be of somebody else, unless the person is sure that it is this client's. */
    keep(sure: boolean): Promise<Imported>;
    stop(): Promise<void>;
    /** A sheet's file as it was given. */
    original(id: ClientId, sheet: number): Promise<Uint8Array>;
    /** A page as its letters were recognised, as a PNG. */
    page(id: ClientId, sheet: number, page: number): Promise<Uint8Array>;
    /** What a person says of a place on a sheet after comparing it with the original. */
    check(check: CheckPlace): Promise<Client>;
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
    /** The files that somebody uploads to the court by hand, in a folder that is chosen; nothing is sent. */
    saveForEfiling(id: ClientId): Promise<SavedForEfiling | null>;
    /** Signs off the papers that were looked at, by their keys. */
    signOff(id: ClientId, keys: string[]): Promise<PacketView>;
    sendBack(id: ClientId, reason: string): Promise<Client>;
    clear(id: ClientId, reason: string): Promise<Client>;
    /** Takes the clearance back. */
    withdraw(id: ClientId): Promise<Client>;
    /** What the client told the court in the client's own words, in the place of what was told there before. */
    declare(id: ClientId, told: Omit<SetDeclaration, 'id'>): Promise<Client>;
    elect(id: ClientId, elections: Elections): Promise<Client>;
  };
  /** Many packets in one job, part by part. */
  bulk: {
    begin(ids: ClientId[]): Promise<BulkView>;
    next(): Promise<BulkView>;
    stop(): Promise<void>;
    print(twoSided: boolean): Promise<Printed>;
    save(twoSided: boolean): Promise<Saved | null>;
    saveForEfiling(): Promise<SavedForEfiling | null>;
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
    goOn(secret: string): Promise<ReviewView>;
    forget(): Promise<ReviewView>;
    pause(paused: boolean): Promise<ReviewView>;
    stop(keep: boolean): Promise<ReviewView>;
    leave(): Promise<ReviewView>;
    /** With rules in the place of the policy's own, where some are given. */
    numbers(policy: string, edited: PolicyRules | null): Promise<ReviewNumbers>;
    rules(policy: string): Promise<PolicyRules>;
    keepPolicy(keep: KeepPolicy): Promise<ReviewView>;
    /** False where the person chose no place. */
    savePolicy(policy: string): Promise<boolean>;
    decide(decision: DecideByHand): Promise<ReviewedPerson>;
    /** The tables, with what people decided. */
    writeAgain(): Promise<ReviewView>;
    openResults(): Promise<ReviewView>;
    openLast(): Promise<ReviewView>;
    /** Asked again and again while papers or a comparison are made; no sign that somebody is there. */
    after(): Promise<AfterRun>;
    papers(papers: MakePapers): Promise<ReviewView>;
    list(): Promise<ReviewView>;
    papersFolder(): Promise<ReviewView>;
    compare(compare: CompareList): Promise<ReviewView>;
    stopAfter(): Promise<ReviewView>;
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
    roles(person: string, roles: Role[]): Promise<Session>;
    /** Makes somebody choose another passphrase at the next unlocking. */
    force(person: string): Promise<Session>;
    /** Of the database. */
    changeKey(): Promise<Session>;
    newCode(): Promise<Created>;
    /** Somebody wrote the code down: no reminder is needed. */
    codeWritten(): Promise<void>;
    /** The code that is on the screen, on one sheet or on three of which two are enough. Never a file. */
    printCode(code: string, shares: boolean): Promise<void>;
  };
  /** The office as a whole. Every path comes from a dialog of the system; null where it was cancelled. */
  safe: {
    backups(): Promise<BackupsView>;
    backup(): Promise<BackupMade | null>;
    /** Chooses the folder for the end of the day. */
    folder(): Promise<BackupsView>;
    noFolder(): Promise<BackupsView>;
    rehearse(secret: string): Promise<RehearsalView | null>;
    log(before: number | null): Promise<LogPage>;
    verify(head: string | null): Promise<LogVerdict>;
    /** The rows from one on. */
    printLog(from: number): Promise<void>;
    saveLog(from: number): Promise<Written | null>;
    table(ask: WriteTable): Promise<Written | null>;
    record(id: ClientId, guard: Pick<WriteTable, 'passphrase' | 'reason'>): Promise<Written | null>;
    count(smallest: number): Promise<CountView>;
    lostBackup(secret: string): Promise<LostView | null>;
    lostLaptop(vault: string): Promise<LostView>;
  };
  /** Other laptops, without any network. */
  laptops: {
    open(): Promise<LaptopsView>;
    card(): Promise<Written | null>;
    confirm(words: string): Promise<LaptopsView | null>;
    forget(laptop: string): Promise<LaptopsView>;
    send(ask: HandOver): Promise<Written | null>;
    takeIn(): Promise<TakenInView | null>;
    saveReceipt(): Promise<Written | null>;
    receipt(): Promise<ReceiptView | null>;
    purge(clients: ClientId[]): Promise<LaptopsView>;
    disputed(): Promise<DisputedClient[]>;
    disputes(id: ClientId): Promise<DisputeView[]>;
    /** The version that stands from now on; null for none of them. */
    resolve(id: ClientId, field: string, version: string | null): Promise<Client>;
  };
  /** What becomes of a client's record in the end. */
  keeping: {
    open(id: ClientId): Promise<KeepingView>;
    decide(ask: Decide): Promise<KeepingView>;
    destroy(id: ClientId): Promise<DestroyedView>;
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
