/** Answers prepared by hand for the sample person, to lay the screen out with. The twin knows no law and never pretends to. */
import type { Alternative, Card, Client, ClientRow, Finding, Question, ReasonView, Rescreened, Results, RulesNews, Text, Verification } from '../views';

const words = (key: string, text: string): Text => ({ key, text });
const finding = (verification: Verification): Finding => ({
  route: 'us-ca/prop-64', case: 0, count: 0, case_id: null, count_id: null, status: 'eligible', code: null, relief: null,
  fallback: null, presumes: [], mode: null, path: null, earliest: null, questions: [], review: [], warnings: [],
  forms: ['CR-400'], rank: 1, verification,
});
const reason = (holds: boolean | null, text: string, cite: string, fact: string, line?: number): ReasonView => ({
  text, holds, cite, facts: [fact], lines: line ? [{ sheet: 1, page: 1, line }] : [],
});
const card = (count: number, section: string, description: string, status: Card['status'], headline: string): Card => ({
  count, section, description, status, headline: words('sample', headline), because: null, how: null, effect: null, ask_for: false,
  reasons: [], change: [], questions: [], review: [], warnings: [], alternatives: [], finding: finding('read'),
});

function transport(): Card {
  const fact = 'cases[0].counts[0].amounts';
  return {
    ...card(0, 'HS 11360(a)', 'marijuana, selling or moving', 'eligible', 'Ask the court to dismiss and seal this conviction. It must, unless the prosecutor shows a sale.'),
    because: words('sample', 'Because she was 28, and no amount over 28.5 grams is on the record.'),
    how: words('sample', 'Ask with an application; no fee; usually no hearing.'),
    ask_for: true,
    reasons: [
      reason(true, 'Age 28 on the offense date', 'HSC 11362.1(a)', 'person.born', 2),
      reason(true, 'The section is one that Proposition 64 covers', 'HSC 11361.8(a)', 'cases[0].counts[0].section', 12),
      reason(true, 'The sentence is completed', 'HSC 11361.8(e)', 'cases[0].counts[0].sentence', 15),
      reason(null, 'Whether it was sold is not in the record; the prosecutor must show it', 'HSC 11361.8(f)', 'cases[0].counts[0].conduct'),
    ],
    questions: [{ fact, ask: 'How much marijuana does the court record show?', where: 'The police report or the plea form, in the court file.', kind: { kind: 'amounts' }, decides: 1, leads: [] }],
    review: [reason(null, 'Check whether the court record names a buyer.', 'HSC 11361.8(b)', 'cases[0].counts[0].circumstances.buyer_under_18')],
    warnings: [{ code: 'check_first', text: 'The court may have done this by itself. Ask the clerk first.', cite: 'HSC 11361.9' }],
    alternatives: [{ name: words('sample', 'Dismissal after probation'), headline: words('sample', 'Weaker: the conviction stays, marked as dismissed.'), because: null, how: words('sample', 'Ask with a petition; no fee.'), effect: null, change: [], questions: [], status: 'eligible', finding: finding('read') }],
  };
}

function forSale(client: Client): Card {
  const fact = 'cases[0].counts[1].sentence.status';
  const known = client.record.cases[0]?.counts[1]?.sentence?.status === 'completed';
  const question: Question = { fact, ask: 'Is the sentence on this conviction completed?', where: 'The court docket, or ask the client.', kind: { kind: 'one_of', of: ['completed', 'serving'] }, decides: 1, leads: [] };
  return {
    ...card(1, 'HS 11359', 'marijuana, having it to sell', known ? 'eligible' : 'needs_facts',
      known ? 'The court must make this conviction a misdemeanor.' : 'One fact decides: is this sentence completed?'),
    reasons: [
      reason(true, 'The section is one that Proposition 64 covers', 'HSC 11361.8(a)', 'cases[0].counts[1].section', 17),
      reason(known ? true : null, 'The sentence is completed', 'HSC 11361.8(e)', fact),
    ],
    questions: known ? [] : [question],
    change: known ? [] : [words('sample', 'A completed sentence opens the application: usually no hearing.')],
    finding: finding('unverified'),
  };
}

const dui: Card = {
  ...card(0, 'VC 23152(a)', 'driving under the influence', 'not_eligible', 'Proposition 64 does not help with this conviction.'),
  because: words('sample', 'It is not a marijuana conviction.'),
  reasons: [reason(false, 'The section is not one that Proposition 64 covers', 'HSC 11361.8(a)', 'cases[1].counts[0].section', 23)],
};

function certificate(): Alternative {
  const question: Question = { fact: 'now.supervised', ask: 'Is the client on probation, parole or other supervision?', where: 'The client, or the probation office.', kind: { kind: 'yes_no' }, decides: 0, leads: [
    { answer: words('sample', 'Yes'), value: true, then: [{ counts: 1, status: 'not_eligible', headline: words('sample', 'Not while on probation or parole.'), because: null }] },
    { answer: words('sample', 'No'), value: false, then: [{ counts: 1, status: 'not_yet', headline: words('sample', 'Not yet. From May 1, 2031 the court can be asked to give a certificate.'), because: null }] },
  ] };
  return {
    name: words('sample', 'Certificate of rehabilitation'), headline: words('sample', 'One fact decides this.'), because: null,
    how: words('sample', 'Fee: none.'), effect: words('sample', 'It says that the person is rehabilitated; it seals nothing.'), change: [],
    questions: [question], status: 'needs_facts', finding: { ...finding('read'), route: 'us-ca/pc-4852', case: null, count: null, status: 'needs_facts' },
  };
}

export function sampleNews(screened: number): RulesNews {
  return { packs: ['us-ca sample'], others: ['us-ca older'], clients: screened, screened, gone_through: false };
}

export function sampleChanges(rows: ClientRow[]): Rescreened {
  const changed = rows.slice(0, 1).map(({ id, name, initials }) => ({
    id, name, initials, saved: '2026-01-05', packs: ['us-ca older'], edited: false,
    changes: [
      { way: 'gains' as const, cause: 'rules' as const, route: words('sample', 'Proposition 64'), case: '05F01234', section: 'HS 11359', was: 'not_eligible' as const, is: 'eligible' as const },
      { way: 'loses' as const, cause: 'time' as const, route: words('sample', 'Certificate of rehabilitation'), case: null, section: null, was: 'not_yet' as const, is: null },
    ],
  }));
  return { changed, done: rows.length, next: null };
}

export function sampleResults(client: Client, asOf: string): Results {
  const open = forSale(client);
  return {
    as_of: asOf,
    packs: ['us-ca sample'],
    cases: [
      { case: 0, number: '05F01234', county: 'Sacramento', year: '2005', cards: [transport(), open], whole: [] },
      { case: 1, number: '98M22110', county: 'Fresno', year: '1998', cards: [dui], whole: [] },
    ],
    person: [certificate()],
    first_question: open.questions[0] ?? null,
    notes: [],
  };
}
