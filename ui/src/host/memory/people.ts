/** Made-up people. Nobody here exists; no case number is real. */
import type { Client, ClientId, SheetLine, SheetPlace } from '../views';

const lines: [string, SheetLine['fate'], string?][] = [
  ['DOE,JANE ROSE', 'used', 'person.name'],
  ['DOB/19760412   SEX/F   HAIR BRO   EYE BRO', 'used', 'person.born'],
  ['* * * *', 'ignored', 'ruler'],
  ['ARR/DET/CITE:         NAM:01  DOB:19760412', 'used', 'cases[0].arrests[0]'],
  ['20050211  CAPD SACRAMENTO', 'used', 'cases[0].arrests[0].date'],
  ['CNT:01     #388555', 'used', 'cases[0].arrests[0].number'],
  ['  11360(A) HS-SELL/TRANSPORT MARIJUANA', 'used', 'cases[0].counts[0].section'],
  ['ADR:022105 SEE SUPPLMNT', 'unread'],
  ['COURT:', 'used', 'cases[0].court'],
  ['20050601  CASC SACRAMENTO', 'used', 'cases[0].court.name'],
  ['CNT:01     #05F01234', 'used', 'cases[0].number'],
  ['  11360(A) HS-SELL/TRANSPORT MARIJUANA', 'used', 'cases[0].counts[0].section'],
  ['*DISPO:CONVICTED', 'used', 'cases[0].counts[0].disposition'],
  ['   CONV STATUS:FELONY', 'used', 'cases[0].counts[0].level'],
  ['   SEN: 003 YEARS PROBATION, 090 DAYS JAIL, FINE', 'used', 'cases[0].counts[0].sentence'],
  ['CNT:02', 'used', 'cases[0].counts[1]'],
  ['  11359 HS-POSSESS MARIJUANA FOR SALE', 'used', 'cases[0].counts[1].section'],
  ['*DISPO:CONVICTED', 'used', 'cases[0].counts[1].disposition'],
  ['   CONV STATUS:FELONY', 'used', 'cases[0].counts[1].level'],
  ['COURT:', 'used', 'cases[1].court'],
  ['19980309  CAMC FRESNO', 'used', 'cases[1].court.name'],
  ['CNT:01     #98M22110', 'used', 'cases[1].number'],
  ['  23152(A) VC-DUI ALCOHOL/DRUGS', 'used', 'cases[1].counts[0].section'],
  ['*DISPO:CONVICTED', 'used', 'cases[1].counts[0].disposition'],
  ['   CONV STATUS:MISDEMEANOR', 'used', 'cases[1].counts[0].level'],
  ['REG FEE PD 0X-44', 'unread'],
  ['* * * END OF MESSAGE * * *', 'ignored', 'end_of_message'],
];

const place = (line: number, doubt: string | null, facts: string[] = [], proposal: string | null = null): SheetPlace => ({
  key: doubt ? `${doubt}/1/${line}` : `line/1/${line}`, doubt, facts, page: 1, line, text: lines[line - 1]?.[0] ?? '', proposal, checked: null,
});

/** Lines nobody understood first, then what is in doubt. */
const places = (): SheetPlace[] => [
  place(8, null),
  place(26, null),
  place(10, 'doubtful_date', ['cases[0].filed'], '2005-02-21'),
  place(14, 'doubtful_level', ['cases[0].counts[0].level']),
  place(23, 'doubtful_letters', ['cases[1].counts[0].section']),
];

export function sheetLines(): SheetLine[] {
  return lines.map(([text, fate, about], i) => ({
    page: 1,
    line: i + 1,
    text,
    fate,
    why: fate === 'ignored' ? (about ?? null) : null,
    facts: fate === 'used' && about ? [about] : [],
    frame: null,
  }));
}

export function blank(id: ClientId, given: string, family: string, born: string | null, keptAt: string): Client {
  return {
    id,
    record: { schema: 'relief-desk/record/1', person: { name: { given, family }, born }, cases: [] },
    contact: { address: [], phone: null, email: null, language: null },
    notes: [],
    sheets: [],
    conflicts: [],
    clearance: null,
    declarations: [],
    elections: { waive_original_judge: null, waive_appearance: null },
    filings: [],
    undo: null,
    kept_at: keptAt,
  };
}

export function jane(id: ClientId, keptAt: string): Client {
  return {
    ...blank(id, 'Jane', 'Doe', '1976-04-12', keptAt),
    ...readSheet('jane-doe.txt'),
    contact: { address: ['12 Elm Street', 'Sacramento, CA 95814'], phone: null, email: null, language: 'es' },
  };
}

/** What the reader made of the sample sheet above: the twin reads nothing itself. */
export function readSheet(file: string): Pick<Client, 'record' | 'sheets'> {
  return {
    sheets: [{ id: 1, name: file, at: '2026-11-21T14:02:00Z', share: '0.93', lines: sheetLines(), pictures: [], places: places(), verified: null }],
    record: {
      schema: 'relief-desk/record/1',
      person: { name: { given: 'Jane', middle: 'Rose', family: 'Doe' }, born: '1976-04-12' },
      cases: [
        {
          id: 'k1',
          court: { jurisdiction: 'us-ca', county: 'Sacramento', name: 'CASC SACRAMENTO' },
          number: '05F01234',
          filed: null,
          arrests: [{ agency: 'CAPD SACRAMENTO', number: '388555', date: '2005-02-11' }],
          counts: [
            {
              id: 'k1c1', section: 'HS 11360(a)', description: 'SELL/TRANSPORT MARIJUANA', level: 'felony',
              offense_date: '2005-02-11', disposition: { kind: 'convicted', date: '2005-06-01', plea: 'guilty' },
              sentence: { parts: [{ kind: 'probation', years: 3 }, { kind: 'jail', days: 90 }, { kind: 'fine' }], status: 'completed', completed: '2008-06-01' },
            },
            {
              id: 'k1c2', section: 'HS 11359', description: 'POSSESS MARIJUANA FOR SALE', level: 'felony',
              offense_date: '2005-02-11', disposition: { kind: 'convicted', date: '2005-06-01' }, sentence: null,
            },
          ],
        },
        {
          id: 'k2',
          court: { jurisdiction: 'us-ca', county: 'Fresno', name: 'CAMC FRESNO' },
          number: '98M22110',
          counts: [
            {
              id: 'k2c1', section: 'VC 23152(a)', description: 'DUI ALCOHOL/DRUGS', level: 'misdemeanor',
              offense_date: '1998-01', disposition: { kind: 'convicted', date: '1998-03-09' },
            },
          ],
        },
      ],
    },
  };
}
