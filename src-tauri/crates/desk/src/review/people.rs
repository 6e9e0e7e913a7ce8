//! The decisions of a review, page by page, and a person with every decision and its reasons.

use ::review::determination::DecidedBy;
use ::review::pages::{Choices, Filter, Said};
use vault::Act;

use super::name_of;
use super::room::Finished;
use crate::view::{
    CountOf, ProofStep, ReviewFind, ReviewPage, ReviewRow, ReviewWhose, ReviewedCount,
    ReviewedPerson,
};
use crate::{Desk, Error, Result};

/// Decisions on a page.
const PAGE: usize = 50;

impl Desk {
    /// Decisions that fit, a page of them.
    ///
    /// # Errors
    /// [`Error::NoReview`], [`Error::ReviewLocked`]; or the table was changed.
    pub fn review_rows(&self, ask: &ReviewFind) -> Result<ReviewPage> {
        self.needs(Act::Review)?;
        let mut room = self.room().state();
        let finished = room.finished()?;
        let pages = finished.pages()?;
        let filter = Filter {
            determination: ask.determination.clone(),
            section: ask.section.clone(),
            decided_by: ask.decided_by.clone(),
            question: ask.question.clone(),
            words: ask.words.clone(),
        };
        let page = pages.page(&filter, ask.from as usize, PAGE)?;
        let (left_out, sections, questions) =
            (pages.left_out(), pages.sections(), pages.questions());
        Ok(ReviewPage {
            of: page.of as u64,
            left_out,
            rows: page.rows.iter().map(|said| row(said, finished)).collect(),
            sections: counts(sections),
            questions: counts(questions),
        })
    }

    /// A person with every decision.
    ///
    /// # Errors
    /// [`Error::NoReview`], [`Error::ReviewLocked`]; or the table was changed.
    pub fn review_person(&self, ask: &ReviewWhose) -> Result<ReviewedPerson> {
        self.needs(Act::Review)?;
        let mut room = self.room().state();
        let finished = room.finished()?;
        let said = finished.pages()?.person(ask.person as usize)?;
        let first = said.first().ok_or(Error::NoReview)?;
        let of = |column: &str| first.get(column).to_owned();
        Ok(ReviewedPerson {
            name: of("name"),
            subject: of("subject_id"),
            cii: of("cii_number"),
            born: day(first.get("born")),
            sex: of("sex"),
            race: of("race"),
            registered: of("registered"),
            deceased: first.get("deceased") == "yes",
            convictions: of("convictions"),
            felonies: of("felonies"),
            decisions: said.iter().map(|said| count(said, finished)).collect(),
        })
    }
}

fn counts(all: Choices) -> Vec<CountOf> {
    let each = all.into_iter();
    each.map(|(name, n)| CountOf { name, n: n as u64 })
        .collect()
}

fn row(said: &Said, finished: &Finished) -> ReviewRow {
    let of = |column: &str| said.get(column).to_owned();
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let given = finished.hands.of(said.number);
    let (determination, decided_by, reason) = match given {
        Some((determination, by, note)) => (
            determination.key().to_owned(),
            DecidedBy::Hand.key().to_owned(),
            match note.is_empty() {
                true => format!("Decided by {by}"),
                false => format!("Decided by {by}: {note}"),
            },
        ),
        None => (of("determination"), of("decided_by"), of("reason")),
    };
    ReviewRow {
        number: small(said.number),
        person: small(said.person),
        name: of("name"),
        initials: initials(said.get("name")),
        born: day(said.get("born")),
        case_number: of("case_number"),
        section: of("section"),
        level: of("level"),
        convicted_on: of("convicted_on"),
        determination,
        decided_by,
        reason,
        given: given.is_some(),
    }
}

fn count(said: &Said, finished: &Finished) -> ReviewedCount {
    let of = |column: &str| said.get(column).to_owned();
    let list = |column: &str| {
        let parts = said.get(column).split("; ").filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    ReviewedCount {
        row: row(said, finished),
        count: of("count"),
        court: of("court"),
        years: of("years_since_conviction"),
        years_any: of("years_since_any_conviction"),
        citation: of("citation"),
        relief: of("relief"),
        review_points: of("review_points"),
        sentence_running: of("sentence_running"),
        law_says: of("law_says"),
        law_reason: of("law_reason"),
        policy_says: of("policy_says"),
        questions: list("questions"),
        doubts: list("doubts"),
        also_mentioned: of("also_mentioned"),
        proof: proof(said.get("proof")),
        verification: of("verification"),
        file: name_of(std::path::Path::new(said.get("file"))),
        line: of("line"),
    }
}

// `FAMILY,GIVEN MIDDLE` to `G. F.`
fn initials(name: &str) -> String {
    let (family, given) = name.split_once(',').unwrap_or((name, ""));
    let first = |part: &str| part.trim().chars().next();
    let letters = [first(given), first(family)].into_iter().flatten();
    letters
        .map(|letter| format!("{letter}."))
        .collect::<Vec<_>>()
        .join(" ")
}

// The export's eight digits as a day of ours; anything else as it stands there.
fn day(printed: &str) -> String {
    let digits = printed.len() == 8 && printed.bytes().all(|byte| byte.is_ascii_digit());
    match (
        digits,
        printed.get(..4),
        printed.get(4..6),
        printed.get(6..),
    ) {
        (true, Some(year), Some(month), Some(day)) if month != "00" && day != "00" => {
            format!("{year}-{month}-{day}")
        }
        (true, Some(year), Some(month), _) if month != "00" => format!("{year}-{month}"),
        (true, Some(year), ..) => year.to_owned(),
        _ => printed.to_owned(),
    }
}

// `name=yes [cite]; name=open`: a citation may hold a semicolon of its own.
fn proof(text: &str) -> Vec<ProofStep> {
    let mut steps: Vec<ProofStep> = Vec::new();
    for part in text.split("; ").filter(|part| !part.is_empty()) {
        let (head, cite) = part.split_once(" [").unwrap_or((part, ""));
        let known = |word: &str| match word {
            "yes" => Some(Some(true)),
            "no" => Some(Some(false)),
            "open" => Some(None),
            _ => None,
        };
        let step = head.rsplit_once('=').and_then(|(id, word)| {
            let holds = known(word)?;
            let id = id.to_owned();
            let cite = cite.to_owned();
            Some(ProofStep { id, holds, cite })
        });
        match (step, steps.last_mut()) {
            (Some(step), _) => steps.push(step),
            (None, Some(last)) => {
                last.cite.push_str("; ");
                last.cite.push_str(part);
            }
            (None, None) => {}
        }
    }
    for step in &mut steps {
        if step.cite.ends_with(']') {
            step.cite.pop();
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_comes_apart_into_its_steps() {
        let step = |id: &str, holds, cite: &str| ProofStep {
            id: id.into(),
            holds,
            cite: cite.into(),
        };
        assert_eq!(
            proof("today=yes [HS 11360(a); Prop. 64]; age=open; bar=no [PC 667(e)]"),
            [
                step("today", Some(true), "HS 11360(a); Prop. 64"),
                step("age", None, ""),
                step("bar", Some(false), "PC 667(e)"),
            ]
        );
        assert!(proof("").is_empty());
    }

    #[test]
    fn a_name_and_a_day_of_the_export_are_read() {
        assert_eq!(initials("SKYWALKER,LUKE J"), "L. S.");
        assert_eq!(initials("CHER"), "C.");
        assert_eq!(initials(""), "");
        for (printed, read) in [
            ("19550505", "1955-05-05"),
            ("19550500", "1955-05"),
            ("19550000", "1955"),
            ("UNKNOWN", "UNKNOWN"),
            ("", ""),
        ] {
            assert_eq!(day(printed), read);
        }
    }
}
