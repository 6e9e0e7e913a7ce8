/** A review in memory: made-up numbers and people, so that the screens can be laid out and tested. It reads no file and knows no law. */
import { Refusal, type Host } from '../index';
import type { AfterRun, Outcomes, PolicyRules, ReviewedCount, ReviewedPerson, ReviewNumbers, ReviewRow, ReviewRun, ReviewView } from '../views';

const NAMES = ['SKYWALKER,LUKE J', 'ORGANA,LEIA', 'SOLO,HAN', 'CALRISSIAN,LANDO', 'ANDOR,CASSIAN', 'ERSO,JYN'];
const SECTIONS = ['HS 11357', 'HS 11358', 'HS 11359', 'HS 11360'];
/** As many people as fill more than one page. */
const PEOPLE = 60;

const noRun: ReviewRun = {
  phase: 'none', bytes: 0, of_bytes: 0, people: 0, county: '', policy: '', policy_id: '', as_of: '', folder: '', locked: false, written: [], twice: [], unused: [], resumed: false, given: 0, again: false, trouble: null,
};

const noAfter: AfterRun = {
  kind: 'papers', phase: 'none', done: 0, of: 0, folder: '', counts: [], beside: [], sentence: '', missing: [], trouble: null, list: null, papers: null,
  attorneys: ['Ada Lindqvist'], may_clear: true,
};

/** What a person decided, by row. */
const hands = new Map<number, { determination: string; note: string }>();

function outcomes(of: number, generous: boolean): Outcomes {
  const dismiss = Math.round(of * (generous ? 0.7 : 0.4));
  const reduce = Math.round(of * 0.1);
  const review = Math.round(of * 0.15);
  return { dismiss, reduce, review, not_eligible: of - dismiss - reduce - review, already_granted: 0 };
}

function row(number: number): ReviewRow {
  const name = NAMES[number % NAMES.length] ?? '';
  const [family = '', given = ''] = name.split(',');
  const review = number % 5 === 0;
  return {
    number, person: number, name: `${name} ${number}`, initials: `${given.charAt(0)}. ${family.charAt(0)}.`, born: '1955-05-05', case_number: `85F${String(number).padStart(5, '0')}`,
    section: `${SECTIONS[number % 4]}(a)`, level: number % 3 ? 'felony' : 'misdemeanor', convicted_on: `${1985 + (number % 30)}-06-15`,
    determination: review ? 'review' : 'dismiss', decided_by: review ? 'data' : number % 2 ? 'policy' : 'law',
    reason: review ? 'The birth date is missing or partial' : 'Today, at 21 or over, having this amount is lawful', given: false, ...byHand(number),
  };
}

function byHand(number: number): Partial<ReviewRow> {
  const hand = hands.get(number);
  return hand ? { determination: hand.determination, decided_by: 'hand', reason: `Decided by Ada Lindqvist: ${hand.note}`, given: true } : {};
}

function count(number: number): ReviewedCount {
  const one = row(number);
  return {
    row: one, count: '101001001000', court: 'CASC SACRAMENTO', years: '30.0', years_any: '12.1', citation: 'HSC 11361.8(a); 11362.1(a)', relief: '', review_points: '', sentence_running: '', law_says: one.determination,
    law_reason: one.reason, policy_says: '', questions: one.determination === 'review' ? ['person.born'] : [], doubts: [], also_mentioned: '',
    proof: [{ id: 'conviction', holds: true, cite: 'HSC 11361.8(a)' }, { id: 'age', holds: one.determination === 'review' ? null : true, cite: 'HSC 11362.1(a)' }],
    verification: 'unverified', file: 'export.dat', line: String(number + 2),
  };
}

function reviewed(person: number): ReviewedPerson {
  const name = `${NAMES[person % NAMES.length] ?? ''} ${person}`;
  return { name, subject: `${person}`, cii: 'A0000001', born: '1955-05-05', sex: 'M', race: 'WHITE', registered: '', deceased: false, convictions: '3', felonies: '1', decisions: [count(person)] };
}

export function memoryReview(): Host['review'] {
  const policies = [
    { id: 'statewide', title: 'Statewide default: the statute alone', source: 'HSC 11361.8, 11361.9', own: false },
    { id: 'los-angeles', title: 'Los Angeles', source: 'the pilot\'s rules of 2019-2020; unverified', own: false },
  ];
  let view: ReviewView = { files: [], folder: null, decisions: null, counties: ['Alameda', 'Alpine', 'Los Angeles', 'Sacramento'], policies, unfinished: null, last: null, after: noAfter, run: noRun };
  hands.clear();
  const kept = new Map<string, PolicyRules>();
  const after = (change: Partial<AfterRun>) => (view = { ...view, after: { ...view.after, ...change } });
  const given = () => run({ given: hands.size, again: true });
  const told = () => Promise.resolve(structuredClone(view));
  const run = (change: Partial<ReviewRun>) => (view = { ...view, run: { ...view.run, ...change } });
  const all = () => Array.from({ length: PEOPLE }, (_, n) => row(n));
  const done = () => {
    if (view.run.phase !== 'done') throw new Refusal('no_review', 'there is no review to look at', 'Begin one.');
  };
  const people = (after: number) => ({ people: 1000, some_relief: 700, felony_before: 620, felony_after: after, seven_before: 130, seven_after: 90, any_before: 1000, any_after: 300 + after });

  function numbers(id: string, edited: PolicyRules | null): ReviewNumbers {
    const policy = policies.find((one) => one.id === id);
    if (!policy) throw new Refusal('policy', `\`${id}\` is no policy here`, 'Choose one of the list.');
    const generous = id !== 'statewide' || (edited?.rules.length ?? 0) > 0;
    const felonies = generous ? 110 : 240;
    return {
      policy, written: id === view.run.policy_id && !edited && hands.size === 0, rows: 12_345, rows_not_used: 3, rows_of_county: 11_020, people: 2_100, all: outcomes(1_480, generous), felonies_cleared: generous ? 820 : 560,
      earliest: '1974-03-01', left: people(felonies), if_all: people(60),
      sections: SECTIONS.map((name, i) => ({ name, outcomes: outcomes(600 - 140 * i, generous) })),
      decades: ['1970s', '1980s', '1990s', '2000s', '2010s', 'unknown'].map((name, i) => ({ name, outcomes: outcomes(80 + 90 * i, generous) })),
      deciders: [{ name: 'law', n: 900 }, { name: 'policy', n: 360 }, { name: 'data', n: 220 }],
      reasons: [{ name: 'Today, at 21 or over, having this amount is lawful', n: 700 }, { name: 'The birth date is missing or partial', n: 220 }],
      groups: [
        { kind: 'age', groups: [{ name: '40-49', people: 500, felony_before: 300, felony_after: felonies / 2, before: 60, after: 11, times_before: 0.97, times_after: 1 }] },
        { kind: 'race', groups: ['BLACK', 'WHITE', ''].map((name, i) => ({ name, people: 400 - 150 * i, felony_before: 300, felony_after: 60, before: 75 - 20 * i, after: 15 - 5 * i, times_before: 1.2 - 0.3 * i, times_after: 1.3 - 0.3 * i })) },
        { kind: 'sex', groups: [{ name: 'M', people: 800, felony_before: 520, felony_after: 90, before: 65, after: 11.3, times_before: 1.05, times_after: 1.02 }] },
      ],
    };
  }

  return {
    open: () => told(),
    run: async () => {
      const { phase, bytes, of_bytes } = view.run;
      if (phase === 'running') run(bytes >= of_bytes ? { phase: 'done', people: 2_100, again: view.run.folder !== '' } : { bytes: bytes + of_bytes / 4, people: view.run.people + 525 });
      if (phase === 'ending') run({ phase: 'cancelled' });
      return structuredClone(view.run);
    },
    files: () => {
      const first = view.files.length === 0;
      view.files.push({ name: first ? 'export.dat' : 'list.csv', bytes: 4_200_000, found: first ? 'rows' : 'other', looked: 200, broken: 0, columns: first ? 95 : 3, same_as: null });
      return told();
    },
    dropFile: (nth) => {
      view.files.splice(nth, 1);
      return told();
    },
    folder: () => {
      view.folder = { path: '/office/review-2026', holds_results: false };
      return told();
    },
    policy: async () => {
      throw new Refusal('policy', 'this policy cannot be used: a browser page opens no file', 'Open the app to read one.');
    },
    decisions: () => {
      view.decisions = 'review-queue.csv';
      return told();
    },
    begin: (ask) => {
      const policy = policies.find((one) => one.id === ask.policy)?.title ?? '';
      run({ ...noRun, phase: 'running', of_bytes: 4_200_000, county: ask.county, as_of: ask.as_of, policy, policy_id: ask.policy, folder: view.folder?.path ?? '', locked: ask.lock !== 'open' });
      return told();
    },
    goOn: () => {
      const before = view.unfinished;
      view.unfinished = null;
      run({ ...noRun, phase: 'running', of_bytes: 4_200_000, bytes: 2_100_000, county: before?.county ?? '', as_of: before?.as_of ?? '', policy: before?.policy ?? '', policy_id: 'statewide', resumed: true });
      return told();
    },
    forget: () => {
      view.unfinished = null;
      return told();
    },
    pause: (paused) => {
      run({ phase: paused ? 'paused' : 'running' });
      return told();
    },
    stop: (keep) => {
      const { county, as_of, policy, folder } = view.run;
      if (keep) view.unfinished = { county, as_of, policy, files: view.files.length, folder, lock: view.run.locked ? 'passphrase' : 'open' };
      run({ phase: keep ? 'kept' : 'ending' });
      return told();
    },
    leave: () => {
      view.run = noRun;
      return told();
    },
    numbers: async (policy, edited) => {
      done();
      return numbers(policy, edited);
    },
    rules: async (policy) =>
      kept.get(policy) ?? {
        disqualified: 'law', sections: SECTIONS,
        rules: policy === 'statewide' ? [] : [{ when: { felony: false }, then: 'review', say: 'The city attorneys decide' }, { when: { age: 50 }, then: 'dismiss', say: '50 years or older' }, { when: {}, then: 'review', say: 'No rule applies' }],
      },
    keepPolicy: (keep) => {
      const id = keep.title.trim();
      policies.push({ id, title: id, source: 'changed in this office', own: true });
      kept.set(id, keep.edited);
      return told();
    },
    savePolicy: async () => true,
    decide: async ({ number, determination, note }) => {
      done();
      if (determination) hands.set(number, { determination, note });
      else hands.delete(number);
      given();
      return reviewed(number);
    },
    writeAgain: () => {
      hands.clear();
      run({ ...noRun, phase: 'running', of_bytes: 4_200_000, county: view.run.county, as_of: view.run.as_of, policy: view.run.policy, policy_id: view.run.policy_id, folder: view.run.folder });
      return told();
    },
    openResults: () => {
      run({ ...noRun, phase: 'done', people: 2_100, county: 'Sacramento', as_of: '2020-07-01', policy: policies[0]?.title ?? '', policy_id: 'statewide', folder: '/office/review-2026' });
      return told();
    },
    openLast: async () => {
      throw new Refusal('no_review', 'there is no review to look at', 'Begin one.');
    },
    after: async () => {
      const { done: rows, of } = view.after;
      after(rows >= of ? { phase: 'done', folder: '/office/review-2026/papers', papers: '/office/review-2026/papers', missing: ['Nobody cleared the question of immigration.'], counts: [{ name: 'part_a', n: 900 }, { name: 'orders', n: 700 }] } : { done: rows + of / 2 });
      return structuredClone(view.after);
    },
    papers: () => {
      after({ kind: 'papers', phase: 'running', done: 0, of: 900 });
      return told();
    },
    list: () => {
      after({ list: { name: 'cases.csv', columns: ['Case Number', 'Defendant', 'Outcome'], guess: ['Case Number', '', 'Defendant', '', 'Outcome', ''] } });
      return told();
    },
    papersFolder: () => {
      after({ papers: '/office/review-2026/papers' });
      return told();
    },
    compare: ({ kind }) => {
      const came = kind === 'track' ? { counts: [{ name: 'cases', n: 247 }, { name: 'granted', n: 237 }], beside: [], sentence: 'Of 247 petitions, 237 granted.' } : { counts: [{ name: 'list_rows', n: 12 }, { name: 'matched', n: 9 }], beside: [{ name: 'export_cases', n: 700 }], sentence: '' };
      after({ kind, phase: 'done', folder: '/office/review-2026/compared', missing: [], ...came });
      return told();
    },
    stopAfter: () => {
      after({ phase: 'cancelled' });
      return told();
    },
    rows: async (find) => {
      done();
      const words = find.words?.toLowerCase() ?? '';
      const fits = all().filter(
        (one) =>
          (!find.determination || one.determination === find.determination) && (!find.section || one.section.startsWith(find.section)) &&
          (!find.decided_by || one.decided_by === find.decided_by) && `${one.name} ${one.case_number}`.toLowerCase().includes(words),
      );
      return { of: fits.length, left_out: 0, rows: fits.slice(find.from, find.from + 50), sections: SECTIONS.map((name) => ({ name, n: PEOPLE / 4 })), questions: [{ name: 'person.born', n: PEOPLE / 5 }] };
    },
    person: async (person) => {
      done();
      return reviewed(person);
    },
  };
}
