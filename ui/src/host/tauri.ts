/** The app's host: every call is one command of the shell. */
import { invoke, type InvokeArgs, type InvokeOptions } from '@tauri-apps/api/core';
import { Refusal, type Host } from './index';

function isRefusal(value: unknown): value is { code: string; message: string; hint: string } {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

async function ask<T>(command: string, args?: InvokeArgs, options?: InvokeOptions): Promise<T> {
  const [topic, verb] = command.split('.') as [string, string];
  try {
    return await invoke<T>(`plugin:${topic}|${verb}`, args, options);
  } catch (cause) {
    if (isRefusal(cause)) throw new Refusal(cause.code, cause.message, cause.hint ?? '');
    throw new Refusal('shell', typeof cause === 'string' ? cause : String(cause), '');
  }
}

export const tauri: Host = {
  real: true,
  session: {
    state: () => ask('session.state'),
    create: (args) => ask('session.create', args),
    unlock: (args) => ask('session.unlock', args),
    recover: (args) => ask('session.recover', args),
    restore: (args) => ask('session.restore', args),
    lock: () => ask('session.lock'),
    language: (lang) => ask('session.language', { lang }),
  },
  clients: {
    list: (query) => ask('clients.list', { query }),
    add: (args) => ask('clients.add', args),
    open: (id) => ask('clients.open', { id }),
    contact: (id, contact) => ask('clients.contact', { id, contact }),
    answer: (id, path, value) => ask('clients.answer', { id, path, value }),
    note: (id, text) => ask('clients.note', { id, text }),
    undo: (id) => ask('clients.undo', { id }),
    statutes: (jurisdiction, typed) => ask('clients.statutes', { jurisdiction, typed }),
  },
  reading: {
    // The bytes travel raw; a file's name may hold any letter, a header may not.
    begin: (id, name, bytes) => ask('reading.begin', bytes, { headers: { id: String(id), name: encodeURIComponent(name) } }),
    picture: async () => new Uint8Array(await ask<ArrayBuffer>('reading.picture')),
    words: (table) => ask('reading.words', new TextEncoder().encode(table)),
    keep: (sure) => ask('reading.keep', { sure }),
    stop: () => ask('reading.stop'),
    original: async (id, sheet) => new Uint8Array(await ask<ArrayBuffer>('reading.original', { id, sheet })),
    page: async (id, sheet, page) => new Uint8Array(await ask<ArrayBuffer>('reading.page', { id, sheet, page })),
    check: (check) => ask('reading.check', { ...check }),
  },
  results: {
    screen: (id, asOf) => ask('results.screen', { id, as_of: asOf }),
    news: () => ask('results.news'),
    rescreen: (after) => ask('results.rescreen', { after }),
  },
  papers: {
    prepare: (id) => ask('papers.prepare', { id }),
    bytes: async (id, key) => new Uint8Array(await ask<ArrayBuffer>('papers.bytes', { id, key })),
    print: (id, twoSided) => ask('papers.print', { id, two_sided: twoSided }),
    save: (id) => ask('papers.save', { id }),
    saveForEfiling: (id) => ask('papers.save_for_efiling', { id }),
    signOff: (id, keys) => ask('papers.sign_off', { id, keys }),
    sendBack: (id, reason) => ask('papers.send_back', { id, reason }),
    clear: (id, reason) => ask('papers.clear', { id, reason }),
    withdraw: (id) => ask('papers.withdraw', { id }),
    elect: (id, elections) => ask('papers.elect', { id, elections }),
    declare: (id, told) => ask('papers.declare', { id, ...told }),
  },
  bulk: {
    begin: (ids) => ask('bulk.begin', { ids }),
    next: () => ask('bulk.next'),
    stop: () => ask('bulk.stop'),
    print: (twoSided) => ask('bulk.print', { two_sided: twoSided }),
    save: (twoSided) => ask('bulk.save', { two_sided: twoSided }),
    saveForEfiling: () => ask('bulk.save_for_efiling'),
  },
  forms: {
    list: () => ask('forms.list'),
    add: (bytes) => ask('forms.add', bytes),
  },
  review: {
    open: () => ask('review.open'),
    run: () => ask('review.run'),
    files: () => ask('review.files'),
    dropFile: (nth) => ask('review.drop_file', { nth }),
    folder: () => ask('review.folder'),
    policy: () => ask('review.policy'),
    decisions: () => ask('review.decisions'),
    begin: (begin) => ask('review.begin', { ...begin }),
    goOn: (secret) => ask('review.go_on', { secret }),
    forget: () => ask('review.forget'),
    pause: (paused) => ask('review.pause', { paused }),
    stop: (keep) => ask('review.stop', { keep }),
    leave: () => ask('review.leave'),
    numbers: (policy, edited) => ask('review.numbers', { policy, edited }),
    rules: (policy) => ask('review.rules', { policy, edited: null }),
    keepPolicy: (keep) => ask('review.keep_policy', { ...keep }),
    savePolicy: (policy) => ask('review.save_policy', { policy, edited: null }),
    decide: (decision) => ask('review.decide', { ...decision }),
    writeAgain: () => ask('review.write_again'),
    openResults: () => ask('review.open_results'),
    openLast: () => ask('review.open_last'),
    after: () => ask('review.after'),
    papers: (papers) => ask('review.papers', { ...papers }),
    list: () => ask('review.list'),
    papersFolder: () => ask('review.papers_folder'),
    compare: (compare) => ask('review.compare', { ...compare }),
    stopAfter: () => ask('review.stop_after'),
    rows: (find) => ask('review.rows', { ...find }),
    person: (person) => ask('review.person', { person }),
  },
  filings: {
    set: (id, at, step, date) => ask('filings.set', { id, ...at, step, date }),
  },
  people: {
    add: (person) => ask('people.add', person),
    remove: (person) => ask('people.remove', { person }),
    passphrase: (change) => ask('people.passphrase', change),
    roles: (person, roles) => ask('people.roles', { person, roles }),
    force: (person) => ask('people.force', { person }),
    changeKey: () => ask('people.change_key'),
    newCode: () => ask('people.new_code'),
    codeWritten: () => ask('people.code_written'),
    printCode: (code, shares) => ask('people.print_code', { code, shares }),
  },
  safe: {
    backups: () => ask('safe.backups'),
    backup: () => ask('safe.backup'),
    folder: () => ask('safe.folder'),
    noFolder: () => ask('safe.no_folder'),
    rehearse: (secret) => ask('safe.rehearse', { secret }),
    log: (before) => ask('safe.log', { before }),
    verify: (head) => ask('safe.verify', { head }),
    printLog: (from) => ask('safe.print_log', { from }),
    saveLog: (from) => ask('safe.save_log', { from }),
    table: (table) => ask('safe.table', { ...table }),
    record: (id, guard) => ask('safe.record', { id, ...guard }),
    count: (smallest) => ask('safe.count', { smallest }),
    lostBackup: (secret) => ask('safe.lost_backup', { secret }),
    lostLaptop: (vault) => ask('safe.lost_laptop', { vault }),
  },
  laptops: {
    open: () => ask('laptops.open'),
    card: () => ask('laptops.card'),
    confirm: (words) => ask('laptops.confirm', { words }),
    forget: (laptop) => ask('laptops.forget', { laptop }),
    send: (handOver) => ask('laptops.send', { ...handOver }),
    takeIn: () => ask('laptops.take_in'),
    saveReceipt: () => ask('laptops.save_receipt'),
    receipt: () => ask('laptops.receipt'),
    purge: (clients) => ask('laptops.purge', { clients }),
    disputed: () => ask('laptops.disputed'),
    disputes: (id) => ask('laptops.disputes', { id }),
    resolve: (id, field, version) => ask('laptops.resolve', { id, field, version }),
  },
  keeping: {
    open: (id) => ask('keeping.open', { id }),
    decide: (decide) => ask('keeping.decide', { ...decide }),
    destroy: (id) => ask('keeping.destroy', { id }),
  },
  clinic: {
    get: () => ask('clinic.get'),
    set: (clinic) => ask('clinic.set', { clinic }),
  },
};
