//! One person reviewed: every conviction that is asked about, with the law's answer, the policy's, and what comes of both.

use std::sync::Arc;

use jiff::civil::Date;
use law::{Ask, Detail, screen};
use packs::policy::Policy;
use packs::{Pack, Packs};
use reading::export::{Book, Conflict, Counted, Person, Row, Step, column as col, text};
use record::clinic::Language;
use record::findings::{Finding, RouteId};
use record::{DispositionKind, Effect, PartialDate};

use crate::determination::LawSays;
use crate::doubt::doubts;
pub use crate::doubt::{About, Doubt};
use crate::facts::{Fact, Facts, Verdict};
use crate::judge::{Conviction, Whole};
use crate::words::decisive;

/// What is asked of every person.
pub struct Asked<'p> {
    /// All packs.
    pub packs: &'p Packs,
    /// The pack of the export's jurisdiction.
    pub pack: &'p Pack,
    /// Where points for a lawyer are cited that every row of such an export raises: it has no day of the offense.
    pub of_every_row: Vec<&'p str>,
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
    /// The law's finding; none for a companion that the law is not asked about.
    pub finding: Option<Finding>,
    /// The policy's answer, and what comes of both.
    pub verdict: Verdict<'p>,
}

/// A person with all that was decided.
pub struct Reviewed<'p, 'r> {
    /// The rows put together.
    pub person: Person<'r>,
    /// What rows and law say, whatever the policy.
    pub facts: Facts,
    /// For each conviction, its count.
    pub of_count: Vec<usize>,
    /// What was decided; empty for a person without a conviction that is asked about.
    pub decided: Vec<Decided<'p>>,
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
        let (facts, of_count) = self.facts(&person, about);
        let mut reviewed = Reviewed {
            person,
            facts,
            of_count,
            decided: Vec::new(),
        };
        let mut findings = self.law(&mut reviewed, book);
        reviewed.facts.under(&self.policy);
        for n in reviewed.facts.wanted() {
            let found = findings.iter().position(|(conviction, _)| *conviction == n);
            reviewed.decided.push(Decided {
                count: reviewed.of_count[n],
                finding: found.map(|at| findings.swap_remove(at).1),
                verdict: reviewed
                    .facts
                    .decide(&self.policy, n, self.ask.as_of, self.pack),
            });
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

    // A count is of the county when a row of it says so; where no row says any county, when its arrest does.
    fn is_of_county(&self, person: &Person<'_>, counted: &Counted) -> InCounty {
        let rows = &person.rows[counted.first..counted.end];
        if rows.iter().any(|row| self.in_county(row)) {
            return InCounty::Yes;
        }
        let says = |row: &Row<'_>| {
            !row.field(col::STP_ORI_CNTY_NAME).is_empty()
                || self.pack.courts.as_ref().is_some_and(|courts| {
                    let agency = row.text(col::STP_ORI_DESCR);
                    agency.is_some_and(|agency| courts.agency(&agency).county.is_some())
                })
        };
        if rows.iter().any(says) {
            return InCounty::No;
        }
        let cycle = person.cycle(counted);
        let mut arrests = person
            .counts
            .iter()
            .filter(|other| other.step == Step::Arrest && person.cycle(other) == cycle);
        match arrests.any(|other| self.in_county(&person.rows[other.first])) {
            true => InCounty::ByArrest,
            false => InCounty::No,
        }
    }

    fn facts(&self, person: &Person<'_>, about: About) -> (Facts, Vec<usize>) {
        let (mut cases, mut cycles) = (0, 0);
        let (mut last_case, mut last_cycle) = (None, None);
        let mut of_count = Vec::new();
        let (mut convictions, mut each, mut beside) = (Vec::new(), Vec::new(), Vec::new());
        for (n, counted) in person.counts.iter().enumerate() {
            // Counts come in order: a new cycle begins where the digits change.
            let cycle = Some(person.cycle(counted));
            if last_cycle != cycle {
                last_cycle = cycle;
                cycles += 1;
            }
            if counted.known.reached
                && let Some(charge) = &counted.known.meant
            {
                let one = (cycles, Arc::clone(charge));
                if !beside.contains(&one) {
                    beside.push(one);
                }
            }
            if !counted.convicted() {
                continue;
            }
            let step = Some(person.step(counted));
            if last_case != step {
                last_case = step;
                cases += 1;
            }
            let on = counted.decided.known();
            convictions.push(Conviction {
                charge: counted.known.meant.clone(),
                attempt: counted.known.charged.attempt,
                level: counted.level,
                on,
                case: cases,
                ended: on.and_then(|on| ended(person, counted, on)),
                covered: false,
                companion: false,
                beside_covered: false,
            });
            let did = |effects: &[Effect]| {
                let granted = &counted.granted;
                granted.iter().any(|g| effects.contains(&g.effect))
            };
            let of_county = self.is_of_county(person, counted);
            let mut doubts = doubts(person, counted, about, self.ask.as_of);
            let counties = Doubt::Conflict(Conflict::Counties);
            if of_county == InCounty::ByArrest && !doubts.contains(&counties) {
                doubts.push(counties);
                doubts.sort_unstable();
            }
            each.push(Fact {
                in_county: of_county != InCounty::No,
                reached: counted.known.reached,
                cycle: cycles,
                doubts,
                gone: did(&[
                    Effect::Dismissed,
                    Effect::Sealed,
                    Effect::Vacated,
                    Effect::Pardoned,
                ]),
                reduced: did(&[Effect::ReducedToMisdemeanor, Effect::ReducedToInfraction]),
                ..Fact::default()
            });
            of_count.push(n);
        }
        let stated = |column: usize| {
            let mut fields = person.rows.iter().map(|row| row.field(column));
            let field = fields.find(|field| !field.is_empty());
            field.map(|field| text(field).into_owned())
        };
        let decided_on = !convictions.is_empty();
        let facts = Facts {
            whole: Whole {
                convictions,
                born: person.born.known().filter(|_| !person.births_differ),
                died: person.died.is_some(),
                registrations: person.registrations.clone(),
            },
            each,
            beside,
            race: decided_on.then(|| stated(col::RACE_DESCR)).flatten(),
            sex: decided_on.then(|| stated(col::GENDER)).flatten(),
        };
        (facts, of_count)
    }

    // The law's findings for the convictions that it is asked about. Counts that can weigh on nothing are left out of the
    // record: no list names them, and they name no other offense.
    fn law(&self, reviewed: &mut Reviewed<'_, '_>, book: &Book<'_>) -> Vec<(usize, Finding)> {
        let person = &reviewed.person;
        let mut conviction_of = vec![None; person.counts.len()];
        for (n, fact) in reviewed.facts.each.iter().enumerate() {
            if fact.reached && fact.in_county {
                conviction_of[reviewed.of_count[n]] = Some(n);
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
            let own = format!("cases[{k}].counts[{c}]");
            let fact = &mut reviewed.facts.each[conviction];
            let law = LawSays::of(&finding, &own, last, self.since);
            fact.law_reason = decisive(&finding, &law).0;
            fact.law = Some(law);
            all.push((conviction, finding));
        }
        all
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

/// How parts of a sentence begin that take time.
const SERVED: [&str; 4] = ["PRISON", "JAIL", "PROB", "PAROLE"];

// Whether a count is of the county that is asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InCounty {
    Yes,
    No,
    // Only its arrest says a county, and that is this one: a person must look.
    ByArrest,
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

// A later step of the cycle gives a sentence for the same count, or revokes one: when it ends, its own rows no longer say.
fn sentenced_later(person: &Person<'_>, counted: &Counted) -> bool {
    let (cycle, step) = (person.cycle(counted), person.step(counted));
    let own = &counted.known.charged.section;
    let later = person.counts.iter().filter(|other| {
        let other_offense = other.convicted() && other.known.charged.section != *own;
        person.cycle(other) == cycle
            && person.step(other) > step
            && other.step != Step::Arrest
            && !other_offense
    });
    let mut rows = later.flat_map(|other| &person.rows[other.first..other.end]);
    rows.any(|row| {
        let ending = row.field(col::DISP_DESCR).to_ascii_uppercase();
        let place = row.field(col::SENT_LOC_DESCR);
        let serves = SERVED.iter().any(|one| place.starts_with(one.as_bytes()));
        serves || memchr::memmem::find(&ending, b"REVOK").is_some()
    })
}

// The days between which a sentence ended: its parts one after another from the day of the conviction.
fn ended(person: &Person<'_>, counted: &Counted, on: PartialDate) -> Option<(Date, Date)> {
    if sentenced_later(person, counted) {
        return None;
    }
    // `CONVICTED-PROB/JAIL`, and no row says how long.
    let rows = &person.rows[counted.first..counted.end];
    let told = |row: &Row<'_>| !row.field(col::SENT_LOC_DESCR).is_empty();
    let names = |row: &Row<'_>| {
        let ending = text(row.field(col::DISP_DESCR)).to_ascii_uppercase();
        ["PRIS", "JAIL", "PROB"]
            .iter()
            .any(|one| ending.contains(one))
    };
    if rows.iter().any(names) && !rows.iter().any(told) {
        return None;
    }
    let mut span = jiff::Span::new();
    let (mut years, mut months, mut days) = (0_i64, 0_i64, 0_i64);
    for part in person.sentence(counted) {
        years += i64::from(part.years.unwrap_or_default());
        months += i64::from(part.months.unwrap_or_default());
        days += i64::from(part.days.unwrap_or_default());
    }
    for row in &person.rows[counted.first..counted.end] {
        // A part of a sentence without a length may have any.
        let place = row.field(col::SENT_LOC_DESCR);
        let served = SERVED.iter().any(|one| place.starts_with(one.as_bytes()));
        if served && row.field(col::SENT_LENGTH).is_empty() {
            return None;
        }
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
