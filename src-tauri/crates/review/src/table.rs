//! The tables: every row of the export with what was decided, the same shortened, the decisions alone, and what a person must look at.

use jiff::civil::Date;
use reading::export::{Conflict, Row, column as col, text};
use record::findings::{Finding, Reason, Status};

use crate::csv;
use crate::decisions::Decisions;
use crate::determination::{DecidedBy, Determination};
use crate::input::{Batch, Key};
use crate::judge::Said;
use crate::tally::{self, Tally};
use crate::whole::{About, Asked, Decided, Doubt, Reviewed};

/// What we say beside a row.
pub(crate) const SAID: [&str; 22] = [
    "determination",
    "decided_by",
    "reason",
    "citation",
    "law_says",
    "law_reason",
    "policy_says",
    "fallback",
    "questions",
    "doubts",
    "case_number",
    "section",
    "level",
    "convicted_on",
    "years_since_conviction",
    "years_since_any_conviction",
    "convictions",
    "felonies",
    "convictions_of_these_sections",
    "registered",
    "deceased",
    "also_mentioned",
];

/// What stands before it in the table of decisions.
pub(crate) const WHOSE: [&str; 12] = [
    "subject_id",
    "count",
    "cii_number",
    "name",
    "born",
    "sex",
    "race",
    "court",
    "file",
    "line",
    "proof",
    "verification",
];

/// What a person fills in, behind what the queue shows.
pub(crate) const QUEUE: [&str; 14] = [
    "subject_id",
    "count",
    "name",
    "born",
    "case_number",
    "section",
    "level",
    "convicted_on",
    "reason",
    "questions",
    "doubts",
    "decision",
    "decided_by",
    "note",
];

/// The bytes of every table for some persons, in the order of the tables.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) full: Vec<u8>,
    pub(crate) short: Vec<u8>,
    pub(crate) decided: Vec<u8>,
    pub(crate) queue: Vec<u8>,
    pub(crate) unread: Vec<u8>,
    pub(crate) tally: Tally,
}

/// Writes persons.
pub(crate) struct Writer<'p, 'q> {
    asked: &'p Asked<'p>,
    book: reading::export::Book<'p>,
    decisions: &'q Decisions,
    files: &'q [String],
}

impl<'p, 'q> Writer<'p, 'q> {
    pub(crate) fn new(asked: &'p Asked<'p>, decisions: &'q Decisions, files: &'q [String]) -> Self {
        Self {
            book: asked.book(),
            asked,
            decisions,
            files,
        }
    }

    /// Reviews the persons of a batch and writes their rows.
    pub(crate) fn write(&mut self, batch: &Batch) -> Written {
        let mut out = Written::default();
        let mut first = 0;
        while first < batch.len() {
            let key = batch.key(first);
            let mut end = first + 1;
            while end < batch.len() && key != Key::Nobody && batch.key(end) == key {
                end += 1;
            }
            self.person(batch, first, end, key, &mut out);
            first = end;
        }
        out
    }

    fn person(&mut self, batch: &Batch, first: usize, end: usize, key: Key<'_>, out: &mut Written) {
        let places = &batch.places()[first..end];
        out.tally.rows += places.len() as u64;
        let mut rows = Vec::with_capacity(end - first);
        let mut at = Vec::with_capacity(end - first);
        for n in first..end {
            let place = batch.places()[n];
            match place.problem {
                None => {
                    rows.push(batch.row(n));
                    at.push(n);
                    out.tally.rows_of_county += u64::from(self.asked.in_county(&batch.row(n)));
                }
                Some(problem) => {
                    out.tally.rows_not_used += 1;
                    let file = self.file(place.file);
                    csv::line(
                        &mut out.unread,
                        [file, &place.line.to_string(), &problem.to_string()],
                    );
                }
            }
        }
        if key == Key::Nobody || rows.is_empty() {
            return;
        }
        let about = About {
            unread: rows.len() < end - first,
            keyless: matches!(key, Key::Number(_)),
        };
        let asked = self.asked;
        let reviewed = asked.review(&rows, about, &mut self.book);
        // Where each decision stands among the rows as they came.
        let mut said: Vec<Option<Vec<u8>>> = Vec::new();
        let mut counted = Vec::new();
        let mut lines = Vec::with_capacity(reviewed.decided.len());
        for decided in &reviewed.decided {
            let line = self.line(&reviewed, decided, key);
            let row = reviewed.person.counts[decided.count].first;
            let came = reviewed.person.places[row] as usize;
            said.resize_with(rows.len(), || None);
            said[came] = Some(line.ours());
            self.decision(batch, at[came], &reviewed, decided, &line, key, out);
            lines.push((decided.conviction, line));
        }
        for (conviction, line) in &lines {
            counted.push(tally::Counted {
                conviction: *conviction,
                section: line.base.clone(),
                determination: line.determination,
                decided_by: line.decided_by,
                reason: &line.reason,
            });
        }
        out.tally.person(&reviewed, &counted, asked.ask.as_of);
        for (n, (row, at)) in rows.iter().zip(&at).enumerate() {
            let ours = said.get(n).and_then(Option::as_deref);
            whole_row(&mut out.full, row, batch.raw(*at));
            short_row(&mut out.short, row);
            for table in [&mut out.full, &mut out.short] {
                match ours {
                    Some(ours) => table.extend_from_slice(ours),
                    None => table.extend_from_slice(&[b','; SAID.len()]),
                }
                table.push(b'\n');
            }
        }
    }

    fn file(&self, n: u16) -> &'q str {
        self.files.get(usize::from(n)).map_or("", String::as_str)
    }

    fn line(&self, reviewed: &Reviewed<'_, '_>, decided: &Decided<'_>, key: Key<'_>) -> Line {
        let person = &reviewed.person;
        let counted = &person.counts[decided.count];
        let whole = &reviewed.whole;
        let as_of = self.asked.ask.as_of;
        let conviction = &whole.convictions[decided.conviction];
        let mut line = Line {
            determination: decided.outcome.determination,
            decided_by: decided.outcome.decided_by,
            ..Line::default()
        };
        if let Some(finding) = &decided.finding {
            let (reason, cite) = decisive(finding);
            line.law_reason = reason;
            line.citation = cite;
            line.fallback = finding
                .fallback
                .map(|relief| format!("{relief:?}"))
                .unwrap_or_default();
            line.verification = format!("{:?}", finding.verification).to_lowercase();
            line.proof = proof(finding.reasons.as_deref().unwrap_or_default());
            line.questions = questions(finding, decided);
        }
        line.law_says = decided
            .law
            .as_ref()
            .map(|law| law.determination.key().to_owned())
            .unwrap_or_default();
        line.policy_says = match &decided.said {
            Said::Rule(rule) => format!("{}: {}", asked_key(rule.then), rule.say),
            Said::Open(facts) => format!("open: {}", facts.join("; ")),
            Said::Silent => String::new(),
        };
        line.doubts = decided
            .doubts
            .iter()
            .map(|doubt| doubt_words(*doubt))
            .collect();
        line.reason = match (line.decided_by, &decided.said) {
            (DecidedBy::Policy, Said::Rule(rule)) => rule.say.clone(),
            (DecidedBy::Policy, _) => "Not in the policy".to_owned(),
            (DecidedBy::Data, Said::Open(facts)) if line.doubts.is_empty() => {
                format!(
                    "The policy turns on what the export does not say: {}",
                    facts.join("; ")
                )
            }
            (DecidedBy::Data, _) if !line.doubts.is_empty() => line.doubts.join("; "),
            (DecidedBy::Data, _) => "The law turns on what the export does not say".to_owned(),
            (DecidedBy::Law | DecidedBy::Hand, _) => line.law_reason.clone(),
        };
        if decided.outcome.policy_overruled {
            line.reason
                .push_str(" (the policy would give less; the statute decides)");
        }
        if let Some(hand) = self.decisions.of(key, person.order(counted)) {
            line.determination = hand.determination;
            line.decided_by = DecidedBy::Hand;
            line.reason = match hand.note.is_empty() {
                true => format!("Decided by {}", hand.by),
                false => format!("Decided by {}: {}", hand.by, hand.note),
            };
        }
        line.case_number = person.numbers(counted).join("; ");
        line.section = counted
            .known
            .charged
            .section
            .as_ref()
            .map_or_else(String::new, |section| section.as_str().to_owned());
        line.base = counted.known.meant.as_ref().map_or_else(
            || "unknown".to_owned(),
            |charge| format!("{} {}", charge.code, charge.base),
        );
        line.level = tally::level(counted.level).to_owned();
        line.convicted_on = counted
            .decided
            .known()
            .map(|on| on.to_string())
            .unwrap_or_default();
        line.years_since = conviction
            .on
            .and_then(record::PartialDate::exact)
            .map(|on| years(on, as_of))
            .unwrap_or_default();
        let last: Option<Vec<Date>> = whole
            .convictions
            .iter()
            .map(|conviction| conviction.on.and_then(record::PartialDate::exact))
            .collect();
        line.years_since_any = last
            .and_then(|days| days.into_iter().max())
            .map(|on| years(on, as_of))
            .unwrap_or_default();
        line.convictions = whole.convictions.len();
        let felony = |c: &&crate::judge::Conviction| c.level == Some(record::Level::Felony);
        line.felonies = whole.convictions.iter().filter(felony).count();
        line.covered = whole.convictions.iter().filter(|c| c.covered).count();
        line.registered = whole
            .registrations
            .iter()
            .map(|r| r.section.as_str().to_owned())
            .collect();
        line.deceased = whole.died;
        line.also_mentioned = also_mentioned(&person.rows[counted.first], counted);
        line
    }

    #[expect(clippy::too_many_arguments, reason = "one call")]
    fn decision(
        &self,
        batch: &Batch,
        at: usize,
        reviewed: &Reviewed<'_, '_>,
        decided: &Decided<'_>,
        line: &Line,
        key: Key<'_>,
        out: &mut Written,
    ) {
        let counted = &reviewed.person.counts[decided.count];
        let row = &reviewed.person.rows[counted.first];
        let place = batch.places()[at];
        let order = text(reviewed.person.order(counted));
        let of = |column| text(row.field(column));
        let subject = match key {
            Key::Subject(key) | Key::Number(key) => text(key),
            Key::Nobody => "".into(),
        };
        let whose = [
            &*subject,
            &*order,
            &*of(col::CII_NUMBER),
            &*of(col::PRI_NAME),
            &*of(col::PRI_DOB),
            &*of(col::GENDER),
            &*of(col::RACE_DESCR),
            &*of(col::STP_ORI_DESCR),
            self.file(place.file),
            &place.line.to_string(),
            &line.proof,
            &line.verification,
        ];
        for (n, value) in whose.into_iter().enumerate() {
            csv::field(&mut out.decided, n == 0, value.as_bytes());
        }
        out.decided.extend_from_slice(&line.ours());
        out.decided.push(b'\n');
        if line.determination == Determination::Review {
            csv::line(
                &mut out.queue,
                [
                    &*subject,
                    &*order,
                    &*of(col::PRI_NAME),
                    &*of(col::PRI_DOB),
                    &line.case_number,
                    if line.section.is_empty() {
                        &line.base
                    } else {
                        &line.section
                    },
                    &line.level,
                    &line.convicted_on,
                    &line.reason,
                    &line.questions,
                    &line.doubts.join("; "),
                    "",
                    "",
                    "",
                ],
            );
        }
    }
}

/// What we say of one conviction.
struct Line {
    determination: Determination,
    decided_by: DecidedBy,
    reason: String,
    citation: String,
    law_says: String,
    law_reason: String,
    policy_says: String,
    fallback: String,
    questions: String,
    doubts: Vec<&'static str>,
    case_number: String,
    section: String,
    base: String,
    level: String,
    convicted_on: String,
    years_since: String,
    years_since_any: String,
    convictions: usize,
    felonies: usize,
    covered: usize,
    registered: Vec<String>,
    deceased: bool,
    also_mentioned: String,
    proof: String,
    verification: String,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            determination: Determination::Review,
            decided_by: DecidedBy::Data,
            reason: String::new(),
            citation: String::new(),
            law_says: String::new(),
            law_reason: String::new(),
            policy_says: String::new(),
            fallback: String::new(),
            questions: String::new(),
            doubts: Vec::new(),
            case_number: String::new(),
            section: String::new(),
            base: String::new(),
            level: String::new(),
            convicted_on: String::new(),
            years_since: String::new(),
            years_since_any: String::new(),
            convictions: 0,
            felonies: 0,
            covered: 0,
            registered: Vec::new(),
            deceased: false,
            also_mentioned: String::new(),
            proof: String::new(),
            verification: String::new(),
        }
    }
}

impl Line {
    // The columns of SAID, each with the comma before it.
    fn ours(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        let number = |n: usize| n.to_string();
        let values = [
            self.determination.key(),
            self.decided_by.key(),
            &self.reason,
            &self.citation,
            &self.law_says,
            &self.law_reason,
            &self.policy_says,
            &self.fallback,
            &self.questions,
            &self.doubts.join("; "),
            &self.case_number,
            &self.section,
            &self.level,
            &self.convicted_on,
            &self.years_since,
            &self.years_since_any,
            &number(self.convictions),
            &number(self.felonies),
            &number(self.covered),
            &self.registered.join("; "),
            if self.deceased { "yes" } else { "" },
            &self.also_mentioned,
        ];
        for value in values {
            csv::field(&mut out, false, value.as_bytes());
        }
        out
    }
}

// The row as it came; written anew only where a field would be a formula.
fn whole_row(out: &mut Vec<u8>, row: &Row<'_>, raw: &[u8]) {
    let columns = col::NAMES.len();
    let safe = (0..columns).all(|column| !csv::is_formula(row.raw(column)))
        && !raw.ends_with(b",")
        && !raw.contains(&b'\r');
    if safe {
        out.extend_from_slice(raw);
        return;
    }
    for column in 0..columns {
        csv::field(out, column == 0, row.raw(column));
    }
}

fn short_row(out: &mut Vec<u8>, row: &Row<'_>) {
    for (n, column) in col::SHORT.into_iter().enumerate() {
        csv::field(out, n == 0, row.raw(column));
    }
}

// What an answer rests on: for a refusal its last reason, for an open one the point to look at, else what the offense is today.
fn decisive(finding: &Finding) -> (String, String) {
    let reasons = finding.reasons.as_deref().unwrap_or_default();
    let cite = |reason: &Reason| reason.cite.clone().unwrap_or_default();
    let said = |reason: Option<&Reason>| {
        reason.map_or_else(Default::default, |reason| {
            (reason.text.clone(), cite(reason))
        })
    };
    match finding.status {
        Status::NotEligible | Status::NotYet | Status::AlreadyGranted | Status::LikelyDone => {
            said(reasons.last())
        }
        Status::NeedsAttorney => finding.review.first().map_or_else(
            || said(reasons.last()),
            |review| (review.text.clone(), review.cite.clone()),
        ),
        Status::NeedsFacts => said(
            reasons
                .iter()
                .find(|r| r.holds.is_none())
                .or(reasons.last()),
        ),
        Status::Eligible => {
            let lesser = reasons.iter().position(|reason| reason.id == "lesser");
            let today =
                lesser.and_then(|at| reasons[..at].iter().rfind(|r| r.id.starts_with("today")));
            said(today.or(lesser.map(|at| &reasons[at])).or(reasons.last()))
        }
    }
}

fn proof(reasons: &[Reason]) -> String {
    let mut out = String::new();
    for reason in reasons {
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(&reason.id);
        out.push_str(match reason.holds {
            Some(true) => "=yes",
            Some(false) => "=no",
            None => "=open",
        });
        if let Some(cite) = &reason.cite {
            out.push_str(" [");
            out.push_str(cite);
            out.push(']');
        }
    }
    out
}

// The questions, by the names of the facts; a fact of another count with that count's digits.
fn questions(finding: &Finding, decided: &Decided<'_>) -> String {
    let own = format!(
        "cases[{}].counts[{}].",
        finding.case.unwrap_or_default(),
        finding.count.unwrap_or_default()
    );
    let mut asked: Vec<String> = Vec::new();
    let law = finding.questions.iter().map(|question| {
        let path = question.fact.as_str();
        match path.strip_prefix(&own) {
            Some(fact) => fact.to_owned(),
            None => match path.rsplit_once(']') {
                Some((_, fact)) => format!("another count: {}", fact.trim_start_matches('.')),
                None => path.to_owned(),
            },
        }
    });
    let policy = match &decided.said {
        Said::Open(facts) => facts.iter().map(|fact| (*fact).to_owned()).collect(),
        Said::Rule(_) | Said::Silent => Vec::new(),
    };
    for question in law.chain(policy) {
        if !asked.contains(&question) {
            asked.push(question);
        }
    }
    asked.join("; ")
}

fn asked_key(asked: packs::policy::Asked) -> &'static str {
    match asked {
        packs::policy::Asked::Nothing => "nothing",
        packs::policy::Asked::Review => "review",
        packs::policy::Asked::Reduce => "reduce",
        packs::policy::Asked::Dismiss => "dismiss",
    }
}

fn doubt_words(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Births => "two rows give different births",
        Doubt::Birth => "the birth date is missing or partial",
        Doubt::Date => "the date of the conviction is missing or partial",
        Doubt::UnreadRow => "a row of this person could not be read",
        Doubt::NoKey => "the rows have no SUBJECT_ID; the CII number was taken",
        Doubt::Future => "convicted after the day asked about",
        Doubt::Conflict(conflict) => match conflict {
            Conflict::ChargedOtherwise => "charged with another section than convicted of",
            Conflict::DisposedOtherwise => {
                "the section at the disposition is not the one convicted of"
            }
            Conflict::RowsNameDifferentOffenses => "rows of the count name different offenses",
            Conflict::RowsEndDifferently => "rows of the count end it differently",
            Conflict::Levels => "the level of the conviction is given twice, differently",
            Conflict::Dates => "the disposition's date is not the event's; the later was taken",
            Conflict::CodeInDoubt => "the code of the section is missing or wrong",
            Conflict::FromComment => "the charge stands in the comment",
            Conflict::Qualified => "the charge carries a qualifier that was not understood",
            Conflict::DismissedLater => {
                "a later step says that it was dismissed, and not under which section"
            }
        },
    }
}

// Another of these sections that the comment names, where the charge was not taken from it.
fn also_mentioned(row: &Row<'_>, counted: &reading::export::Counted) -> String {
    if counted.conflicts.contains(&Conflict::FromComment) {
        return String::new();
    }
    let comment = row.field(col::COMMENT_TEXT);
    if comment.is_empty() {
        return String::new();
    }
    let mentioned = reading::export::charge::mentioned(&text(comment));
    mentioned
        .filter(|section| Some(section) != counted.known.charged.section.as_ref())
        .map(|section| section.as_str().to_owned())
        .unwrap_or_default()
}

// Years with one decimal, of 365.25 days.
fn years(from: Date, to: Date) -> String {
    let days = i64::from(from.until(to).map_or(0, |span| span.get_days()));
    let tenths = (days * 1000).div_euclid(36_525);
    format!("{}.{}", tenths / 10, tenths.rem_euclid(10))
}
