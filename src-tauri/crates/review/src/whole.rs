//! One person reviewed: every conviction that is asked about, with the law's answer, the policy's, and what comes of both.

use jiff::civil::Date;
use law::{Ask, Detail, screen};
use packs::policy::Policy;
use packs::section::Fit;
use packs::{Pack, Packs};
use reading::export::{Book, Conflict, Counted, Dated, Person, Row, Step, column as col};
use record::clinic::Language;
use record::findings::{Finding, RouteId};
use record::{DispositionKind, Level, PartialDate};

use crate::determination::{DecidedBy, Determination, LawSays, Outcome, decide};
use crate::judge::{self, Conviction, Said, Whole};

/// What is asked of every person.
pub struct Asked<'p> {
    /// All packs.
    pub packs: &'p Packs,
    /// The pack of the export's jurisdiction.
    pub pack: &'p Pack,
    /// The route's first day.
    pub since: Date,
    /// The county, as the pack names it.
    pub county: String,
    /// The policy.
    pub policy: Policy,
    /// The day asked about.
    pub ask: Ask,
}

/// One conviction decided.
#[derive(Debug)]
pub struct Decided<'p> {
    /// Its place in the person's counts.
    pub count: usize,
    /// Its place among the person's convictions.
    pub conviction: usize,
    /// The law's answer; none for a companion that the law is not asked about.
    pub law: Option<LawSays>,
    /// The law's finding.
    pub finding: Option<Finding>,
    /// The policy's answer.
    pub said: Said<'p>,
    /// What comes of both.
    pub outcome: Outcome,
    /// Why a person must look, where the export itself is the reason.
    pub doubts: Vec<Doubt>,
}

/// Why the export itself sends a conviction to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Columns or rows contradict each other.
    Conflict(Conflict),
    /// Two rows give different births.
    Births,
    /// The birth cannot be read.
    Birth,
    /// The day of the conviction cannot be read or is not there.
    Date,
    /// A row of this person could not be read.
    UnreadRow,
    /// The rows have no person key; the state's number was taken for it.
    NoKey,
    /// The conviction is later than the day asked about.
    Future,
}

/// A person with all that was decided.
pub struct Reviewed<'p, 'r> {
    /// The rows put together.
    pub person: Person<'r>,
    /// All convictions, as policies see them, with their places in the person's counts.
    pub whole: Whole,
    /// For each conviction, its count.
    pub of_count: Vec<usize>,
    /// What was decided; empty for a person without a conviction that is asked about.
    pub decided: Vec<Decided<'p>>,
}

/// What is known of a person beyond the rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    /// A row that is probably this person's could not be read.
    pub unread: bool,
    /// The rows have no person key.
    pub keyless: bool,
}

impl<'p> Asked<'p> {
    /// The book that reads these rows.
    #[must_use]
    pub fn book(&self) -> Book<'p> {
        let sections = self.policy.sections.iter().chain(&self.policy.also);
        Book::new(self.pack, sections.cloned().collect())
    }

    /// Reviews one person.
    pub fn review<'r>(
        &'p self,
        rows: &[Row<'r>],
        about: About,
        book: &mut Book<'p>,
    ) -> Reviewed<'p, 'r> {
        let person = Person::of(rows, book);
        let (whole, of_count) = self.whole(&person);
        let mut reviewed = Reviewed {
            person,
            whole,
            of_count,
            decided: Vec::new(),
        };
        let wanted: Vec<usize> = (0..reviewed.of_count.len())
            .filter(|n| self.wanted(&reviewed, *n))
            .collect();
        if wanted.is_empty() {
            return reviewed;
        }
        let mut findings = self.law(&reviewed, &wanted, book);
        for n in wanted {
            let found = findings
                .iter()
                .position(|(conviction, ..)| *conviction == n)
                .map(|at| findings.swap_remove(at));
            let decided = self.decided(&reviewed, n, found, about);
            reviewed.decided.push(decided);
        }
        reviewed
    }

    /// Whether a row is of the county.
    #[must_use]
    pub fn in_county(&self, row: &Row<'_>) -> bool {
        let printed = row.field(col::STP_ORI_CNTY_NAME);
        if !printed.is_empty() {
            return printed.eq_ignore_ascii_case(self.county.as_bytes());
        }
        let agency = row.text(col::STP_ORI_DESCR);
        let courts = self.pack.courts.as_ref();
        courts
            .zip(agency)
            .and_then(|(courts, agency)| courts.agency(&agency).county)
            .is_some_and(|county| county.name == self.county)
    }

    fn covered(&self, counted: &Counted) -> bool {
        let meant = counted.known.meant.as_ref();
        meant.is_some_and(|charge| {
            let forms = &self.policy.sections;
            forms.iter().any(|form| charge.fits(form) != Fit::No)
        })
    }

    fn companion(&self, counted: &Counted) -> bool {
        let meant = counted.known.meant.as_ref();
        meant.is_some_and(|charge| {
            let forms = &self.policy.companions;
            forms.iter().any(|form| charge.fits(form) == Fit::Yes)
        })
    }

    fn whole(&self, person: &Person<'_>) -> (Whole, Vec<usize>) {
        let mut cases: Vec<&[u8]> = Vec::new();
        let mut of_count = Vec::new();
        let mut convictions = Vec::new();
        let covered_cycles: Vec<&[u8]> = if self.policy.companions.is_empty() {
            Vec::new()
        } else {
            let covered = person.counts.iter().filter(|count| self.covered(count));
            covered.map(|count| person.cycle(count)).collect()
        };
        for (n, counted) in person.counts.iter().enumerate() {
            if !counted.convicted() {
                continue;
            }
            let step = person.step(counted);
            // Steps come in order: a new case has a step that is not the last one's.
            if cases.last() != Some(&step) {
                cases.push(step);
            }
            let on = counted.decided.known();
            convictions.push(Conviction {
                charge: counted.known.meant.clone(),
                attempt: counted.known.charged.attempt,
                level: counted.level,
                on,
                case: cases.len(),
                ended: on.and_then(|on| ended(person, counted, on)),
                covered: self.covered(counted),
                companion: self.companion(counted),
                beside_covered: covered_cycles.contains(&person.cycle(counted)),
            });
            of_count.push(n);
        }
        let whole = Whole {
            convictions,
            born: person.born.known().filter(|_| !person.births_differ),
            died: person.died.is_some(),
            registrations: person.registrations.clone(),
        };
        (whole, of_count)
    }

    fn wanted(&self, reviewed: &Reviewed<'_, '_>, n: usize) -> bool {
        let conviction = &reviewed.whole.convictions[n];
        let counted = &reviewed.person.counts[reviewed.of_count[n]];
        (counted.known.reached || conviction.companion)
            && self.in_county(&reviewed.person.rows[counted.first])
    }

    // The law's findings for the convictions that it is asked about. Counts that can weigh on nothing are left out of the
    // record: no list names them, and they name no other offense.
    fn law(
        &self,
        reviewed: &Reviewed<'_, '_>,
        wanted: &[usize],
        book: &Book<'_>,
    ) -> Vec<(usize, Finding, Option<Date>)> {
        let person = &reviewed.person;
        let mut conviction_of = vec![None; person.counts.len()];
        for n in wanted {
            let count = reviewed.of_count[*n];
            if person.counts[count].known.reached {
                conviction_of[count] = Some(*n);
            }
        }
        let asked = |n: usize| conviction_of[n];
        if conviction_of.iter().all(Option::is_none) {
            return Vec::new();
        }
        let tried: Vec<&[u8]> = person
            .counts
            .iter()
            .filter(|count| count.step == Step::Court)
            .map(|count| person.cycle(count))
            .collect();
        let kept = person.record(book, |n, counted| {
            asked(n).is_some()
                || counted.known.weighs
                    && weighs(counted, || tried.contains(&person.cycle(counted)))
        });
        let screening = screen(&kept.record, &self.ask, self.packs);
        let mut all = Vec::new();
        for finding in screening.findings.findings {
            let Some((k, c)) = finding.case.zip(finding.count) else {
                continue;
            };
            let place = kept.places.iter().find(|(a, b, _)| (*a, *b) == (k, c));
            let Some(conviction) = place.and_then(|(.., n)| asked(*n)) else {
                continue;
            };
            let case = &kept.record.cases[k];
            let arrests = case.arrests.as_deref().unwrap_or_default();
            let arrested = arrests
                .iter()
                .map(|arrest| arrest.date.map(PartialDate::latest))
                .collect::<Option<Vec<_>>>()
                .and_then(|days| days.into_iter().max());
            let decided = case.counts[c].disposition.as_ref().and_then(|d| d.date);
            let last = arrested
                .into_iter()
                .chain(decided.map(PartialDate::latest))
                .min();
            all.push((conviction, finding, last));
        }
        all
    }

    fn decided(
        &'p self,
        reviewed: &Reviewed<'_, '_>,
        n: usize,
        found: Option<(usize, Finding, Option<Date>)>,
        about: About,
    ) -> Decided<'p> {
        let count = reviewed.of_count[n];
        let counted = &reviewed.person.counts[count];
        let as_of = self.ask.as_of;
        let said = judge::ask(&self.policy, &reviewed.whole, n, as_of, self.pack);
        let (finding, last) =
            found.map_or((None, None), |(_, finding, last)| (Some(finding), last));
        let law = finding.as_ref().map(|finding| {
            let own = format!(
                "cases[{}].counts[{}]",
                finding.case.unwrap_or_default(),
                finding.count.unwrap_or_default()
            );
            LawSays::of(finding, &own, last, self.since)
        });
        let mut doubts = self.doubts(&reviewed.person, counted, about);
        let future = counted
            .decided
            .known()
            .is_some_and(|on| on.earliest() > as_of);
        if future {
            doubts.push(Doubt::Future);
        }
        let grave = doubts.iter().any(|doubt| match doubt {
            Doubt::Conflict(conflict) => matches!(
                conflict,
                Conflict::RowsNameDifferentOffenses
                    | Conflict::RowsEndDifferently
                    | Conflict::CodeInDoubt
                    | Conflict::Qualified
                    | Conflict::Levels
                    | Conflict::DismissedLater
            ),
            Doubt::UnreadRow | Doubt::NoKey | Doubt::Future => true,
            // Policies and law find out by themselves whether it matters.
            Doubt::Births | Doubt::Birth | Doubt::Date => false,
        });
        let mut outcome = decide(law.as_ref(), &said, &self.policy, grave);
        // A birth or a date that is missing or partial is for a person, but where nothing turns on it.
        let missing = doubts
            .iter()
            .any(|doubt| matches!(doubt, Doubt::Births | Doubt::Birth | Doubt::Date));
        let turns_on_it = law.as_ref().is_some_and(|law| !law.open.is_empty());
        if missing
            && turns_on_it
            && matches!(
                outcome.determination,
                Determination::Dismiss | Determination::Reduce
            )
            && outcome.decided_by == DecidedBy::Law
        {
            outcome = Outcome {
                determination: Determination::Review,
                decided_by: DecidedBy::Data,
                policy_overruled: false,
            };
        }
        Decided {
            count,
            conviction: n,
            law,
            finding,
            said,
            outcome,
            doubts,
        }
    }

    fn doubts(&self, person: &Person<'_>, counted: &Counted, about: About) -> Vec<Doubt> {
        let mut doubts: Vec<Doubt> = counted
            .conflicts
            .iter()
            .copied()
            .map(Doubt::Conflict)
            .collect();
        let exact = |date: Dated| date.known().is_some_and(|date| date.exact().is_some());
        if person.births_differ {
            doubts.push(Doubt::Births);
        } else if !exact(person.born) {
            doubts.push(Doubt::Birth);
        }
        if !exact(counted.decided) {
            doubts.push(Doubt::Date);
        }
        if about.unread {
            doubts.push(Doubt::UnreadRow);
        }
        if about.keyless {
            doubts.push(Doubt::NoKey);
        }
        doubts
    }
}

/// The full question to the law: one route, in English, with its proof.
#[must_use]
pub fn question(as_of: Date, route: RouteId) -> Ask {
    Ask {
        as_of,
        routes: Some(vec![route]),
        detail: Detail::Full,
        lang: Language::En,
    }
}

// A count that was never tried is a count of its arrest; one that ended without a conviction weighs nothing.
fn weighs(counted: &Counted, tried: impl Fn() -> bool) -> bool {
    let ended = match counted.kind {
        Some(DispositionKind::Convicted | DispositionKind::Adjudicated) => return true,
        Some(DispositionKind::Other) | None => false,
        Some(
            DispositionKind::Dismissed
            | DispositionKind::Acquitted
            | DispositionKind::NotFiled
            | DispositionKind::Diverted
            | DispositionKind::Pending,
        ) => true,
    };
    !ended
        && match counted.step {
            Step::Court => true,
            Step::Arrest => !tried(),
            Step::Other => false,
        }
}

// The days between which a sentence ended: its parts one after another from the day of the conviction.
fn ended(person: &Person<'_>, counted: &Counted, on: PartialDate) -> Option<(Date, Date)> {
    let mut span = jiff::Span::new();
    let (mut years, mut months, mut days) = (0_i64, 0_i64, 0_i64);
    for part in person.sentence(counted) {
        years += i64::from(part.years.unwrap_or_default());
        months += i64::from(part.months.unwrap_or_default());
        days += i64::from(part.days.unwrap_or_default());
    }
    for row in &person.rows[counted.first..counted.end] {
        // A length without a unit that can be read is no length of zero.
        let length = row.field(col::SENT_LENGTH);
        let unit = matches!(row.field(col::SENT_TIME_CODE), b"Y" | b"M" | b"D");
        let number = length.iter().all(u8::is_ascii_digit) && length.len() <= 4;
        if !length.is_empty() && (!unit || !number) && length.iter().any(|byte| *byte != b'0') {
            return None;
        }
    }
    span = span
        .try_years(years)
        .and_then(|span| span.try_months(months))
        .and_then(|span| span.try_days(days))
        .ok()?;
    Some((
        on.earliest().checked_add(span).ok()?,
        on.latest().checked_add(span).ok()?,
    ))
}

/// Whether a conviction is a felony, as far as it is known.
#[must_use]
pub fn felony(level: Option<Level>) -> Option<bool> {
    level.map(|level| level == Level::Felony)
}
