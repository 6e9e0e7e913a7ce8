/**
 * What crosses between the shell and the window. PROVISIONAL: the shapes generated from Rust replace these one by one.
 */
export type PartialDate = string;
export type Tri = boolean | null;

export interface Name { given?: string | null; middle?: string | null; family?: string | null; suffix?: string | null }
export interface Person {
  name: Name;
  aliases?: Name[] | null;
  born?: PartialDate | null;
  died?: PartialDate | null;
  citizenship?: 'citizen' | 'noncitizen' | null;
  identifiers?: { kind: string; value: string }[] | null;
  registrations?: { section: string; date?: PartialDate | null }[] | null;
}
export interface Now { on?: string | null; serving?: Tri; supervised?: Tri; supervision?: string[] | null; charged?: Tri }
export interface Court { jurisdiction?: string | null; county?: string | null; name?: string | null }
export interface Arrest { agency?: string | null; number?: string | null; date?: PartialDate | null }
export interface Amount { form: 'flower' | 'concentrate' | 'plants' | 'other'; value: string; unit: string; bound: 'exact' | 'at_most' | 'at_least' }
export interface SentencePart { kind: string; years?: number | null; months?: number | null; days?: number | null; suspended?: boolean | null }
export interface Sentence { parts?: SentencePart[] | null; status?: 'completed' | 'serving' | null; completed?: PartialDate | null; violated?: Tri }
export interface Disposition { kind: string; date?: PartialDate | null; plea?: string | null }
export interface Count {
  id?: string | null;
  section?: string | null;
  description?: string | null;
  attempt?: Tri;
  target?: string | null;
  level?: string | null;
  offense_date?: PartialDate | null;
  disposition?: Disposition | null;
  sentence?: Sentence | null;
  conduct?: string[] | null;
  amounts?: Amount[] | null;
  circumstances?: Record<string, Tri> | null;
  relief_granted?: { authority?: string | null; effect?: string | null; date?: PartialDate | null }[] | null;
}
export interface Case {
  id?: string | null;
  court?: Court | null;
  number?: string | null;
  juvenile?: Tri;
  filed?: PartialDate | null;
  arrests?: Arrest[] | null;
  counts: Count[];
}
export interface Provenance { by: 'sheet' | 'client' | 'attorney' | 'court'; file?: string | null; page?: number | null; line?: number | null; was?: unknown; on?: string | null }
export interface ClientRecord {
  schema: string;
  person: Person;
  now?: Now | null;
  cases: Case[];
  provenance?: Record<string, Provenance[]> | null;
}

export type ClientId = number;
export type Lang = 'en' | 'es';
export interface Text { key: string; text: string }

export type Phase = 'new' | 'locked' | 'open';
export type Role = 'volunteer' | 'attorney' | 'administrator';
export interface Member { id: string; name: string; role: Role }
export interface Session {
  phase: Phase;
  clinic: string | null;
  people: Member[];
  who: Member | null;
  training: boolean;
  training_passphrase: string | null;
  today: string;
  lang: Lang;
  idle_minutes: number;
  wrong_tries: number;
  version: string;
}

export type RowStatus = 'no_record' | 'not_screened' | 'questions' | 'attorney' | 'ready' | 'no_relief' | 'filed';
export interface ClientRow {
  id: ClientId;
  name: string;
  initials: string;
  cases: number;
  counties: string[];
  status: RowStatus;
  changed: string;
}

export type LineFate = 'used' | 'ignored' | 'unread';
export interface SheetLine { page: number; line: number; text: string; fate: LineFate; why: string | null; facts: string[] }
export interface Sheet { id: number; name: string; at: string; share: string; lines: SheetLine[] }
export interface Contact { address: string[]; phone: string | null; email: string | null; language: Lang | null }
export interface Note { by: string; at: string; text: string }
export interface Clearance { by: string; on: string; reason: string }
export interface Conflict { path: string; ours: unknown; ours_by: string; theirs: unknown; theirs_from: string }
export interface Declaration { case: number; count: number; text: string; by: string }
export interface Elections { waive_original_judge: boolean | null; waive_appearance: boolean | null }
export type Step = 'filed' | 'served' | 'answered' | 'heard' | 'granted' | 'denied';
export interface Filing { case: number; count: number; step: Step; date: string; by: string }
export interface Client {
  id: ClientId;
  record: ClientRecord;
  contact: Contact;
  notes: Note[];
  sheets: Sheet[];
  conflicts: Conflict[];
  clearance: Clearance | null;
  declarations: Declaration[];
  elections: Elections;
  filings: Filing[];
  undo: string | null;
  kept_at: string;
}

export type CardStatus =
  | 'eligible' | 'not_yet' | 'needs_facts' | 'needs_attorney' | 'not_eligible' | 'already_granted' | 'likely_done' | 'not_screened';
export interface LineRef { sheet: number; page: number; line: number }
export interface ReasonView { text: string; holds: boolean | null; cite: string | null; facts: string[]; lines: LineRef[] }
export type QuestionKind =
  | { kind: 'yes_no' } | { kind: 'date' } | { kind: 'amounts' } | { kind: 'one_of'; of: string[] } | { kind: 'any_of'; of: string[] } | { kind: 'on_record' };
export interface Question { fact: string; ask: string; where: string | null; kind: QuestionKind; decides: number }
export interface Warning { code: string; text: string; cite: string | null }
export type Verification = 'unverified' | 'read' | 'attorney_approved';
/** The parts of a finding that the window shows beside the card's own words. */
export interface Finding { route: string; earliest: string | null; forms: string[]; verification: Verification }
export interface Alternative { name: Text; headline: Text; status: CardStatus; finding: Finding }
export interface Card {
  count: number;
  description: string | null;
  section: string | null;
  status: CardStatus;
  headline: Text;
  because: Text | null;
  how: Text | null;
  ask_for: boolean;
  reasons: ReasonView[];
  change: Text[];
  questions: Question[];
  review: ReasonView[];
  warnings: Warning[];
  alternatives: Alternative[];
  finding: Finding | null;
}
export interface CaseResult { case: number; number: string | null; county: string | null; year: string | null; cards: Card[]; whole: Alternative[] }
export interface Results {
  as_of: string;
  packs: string[];
  cases: CaseResult[];
  first_question: Question | null;
  notes: string[];
}

export interface BlankView { what: string; why: string }
export interface MarkView { what: string; from: string }
export interface PaperView {
  key: string;
  kind: string;
  title: string;
  recipient: string;
  file: string;
  case: number | null;
  pages: number;
  sha256: string;
  blanks: BlankView[];
  marks: MarkView[];
}
export interface PacketView { papers: PaperView[]; ready: boolean; why_not: string[]; needs_clearance: boolean; as_of: string }
export interface Printed { papers: number; pages: number }
export interface Saved { folder: string; files: string[] }

export interface Attorney { name: string; bar?: string | null; phone?: string | null; email?: string | null }
export interface CountyHabit { county: string; copies?: number | null; serve_probation?: boolean | null; confirmed?: string | null }
export interface Clinic {
  schema: string;
  name: string;
  address: string[];
  phone?: string | null;
  language: Lang;
  attorneys: Attorney[];
  counties: CountyHabit[];
  require_sign_off: boolean;
}
