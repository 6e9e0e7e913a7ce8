//! What the columns say: reasons, proofs, questions, doubts, years.

use jiff::civil::Date;
use reading::export::{Conflict, Row, column as col, text};
use record::findings::{Finding, Reason, Relief, Status};

use crate::determination::{Determination, LawSays};
use crate::doubt::Doubt;
use crate::judge::{Said, later};
use crate::whole::Decided;

/// What an answer rests on: for a refusal its last reason, for an open one the point to look at, else what the offense is today.
pub(crate) fn decisive(finding: &Finding, law: &LawSays) -> (String, String) {
    let reasons = finding.reasons.as_deref().unwrap_or_default();
    let cite = |reason: &Reason| reason.cite.clone().unwrap_or_default();
    let said = |reason: Option<&Reason>| {
        reason.map_or_else(Default::default, |reason| {
            (reason.text.clone(), cite(reason))
        })
    };
    match finding.status {
        Status::NotEligible | Status::NotYet | Status::AlreadyGranted | Status::LikelyDone => {
            let (text, cite) = said(reasons.last());
            // Both readings of it refuse, each for a reason of its own: neither may be stated as true.
            match reasons.last().is_some_and(|reason| reason.holds.is_none()) {
                true => (
                    format!("Refused whatever the export leaves open. {text}"),
                    cite,
                ),
                false => (text, cite),
            }
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
            // The reason of the best reading would state as true what nobody knows.
            if law.determination == Determination::Reduce && law.relief.is_none() {
                let which = "A lesser offense as far as these rows show; which one turns on what the export does not say";
                return (
                    which.to_owned(),
                    lesser.map_or_else(String::new, |at| cite(&reasons[at])),
                );
            }
            let today =
                lesser.and_then(|at| reasons[..at].iter().rfind(|r| r.id.starts_with("today")));
            said(today.or(lesser.map(|at| &reasons[at])).or(reasons.last()))
        }
    }
}

pub(crate) fn proof(reasons: &[Reason]) -> String {
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

/// The questions, by the names of the facts; a fact of another count with that count's digits.
pub(crate) fn questions(finding: &Finding, decided: &Decided<'_>) -> String {
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
    let policy = match &decided.verdict.said {
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

/// What a lawyer must look at, each point with what it rests on. What the proof names as open already, and what is so for every row
/// of such an export, is left out.
pub(crate) fn review_points(finding: &Finding, of_every_row: &[&str]) -> String {
    let reasons = finding.reasons.as_deref().unwrap_or_default();
    let open = |cite: &str| {
        let mut open = reasons.iter().filter(|reason| reason.holds.is_none());
        open.any(|reason| reason.cite.as_deref() == Some(cite))
    };
    let mut out = String::new();
    for point in &finding.review {
        let cite = point.cite.as_str();
        if of_every_row.contains(&cite) || open(cite) {
            continue;
        }
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(&format!("{} [{cite}]", point.text));
    }
    out
}

/// A relief by its name in the contract.
pub(crate) fn relief_key(relief: Relief) -> String {
    match serde_json::to_value(relief) {
        Ok(serde_json::Value::String(key)) => key,
        _ => String::new(),
    }
}

pub(crate) fn asked_key(asked: packs::policy::Asked) -> &'static str {
    match asked {
        packs::policy::Asked::Nothing => "nothing",
        packs::policy::Asked::Review => "review",
        packs::policy::Asked::Reduce => "reduce",
        packs::policy::Asked::Dismiss => "dismiss",
    }
}

/// Doubts in words.
pub(crate) fn doubt_words(doubts: &[Doubt]) -> String {
    let words: Vec<&str> = doubts.iter().map(|doubt| words(*doubt)).collect();
    words.join("; ")
}

fn words(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Births => "two rows give different births, or the birth cannot be right",
        Doubt::Birth => "the birth date is missing or partial",
        Doubt::Date => "the date of the conviction is missing or partial",
        Doubt::Persons => {
            "rows under this key carry different state numbers, or names: they may be two persons"
        }
        Doubt::UnreadRow => "a row of this person could not be read",
        Doubt::NoKey => "the rows have no SUBJECT_ID; the CII number was taken",
        Doubt::Future => "convicted after the day asked about",
        Doubt::Registration => "a duty to register whose section is not understood",
        Doubt::SharedNumber => {
            "the CII number stands under another person key too: both may be one person"
        }
        Doubt::Conflict(conflict) => match conflict {
            Conflict::ChargedOtherwise => "charged with another section than convicted of",
            Conflict::DisposedOtherwise => {
                "the section at the disposition is not the one convicted of"
            }
            Conflict::RowsNameDifferentOffenses => "rows of the count name different offenses",
            Conflict::RowsEndDifferently => "rows of the count end it differently",
            Conflict::Levels => "the level of the conviction is given twice, differently",
            Conflict::Dates => "the disposition's date is not the event's; the later was taken",
            Conflict::CodeInDoubt => "which section it is, the text does not say for certain",
            Conflict::FromComment => "the charge stands in the comment",
            Conflict::Qualified => "the charge carries a qualifier that was not understood",
            Conflict::DismissedLater => {
                "a later step undoes the conviction, and not under which section, or is not understood"
            }
            Conflict::DatesFarApart => {
                "the disposition's date and the event's lie a year or more apart"
            }
            Conflict::Counties => {
                "rows of the count name different counties, or only its arrest names one"
            }
        },
    }
}

/// Another of these sections that the comment names, where the charge was not taken from it.
pub(crate) fn also_mentioned(row: &Row<'_>, counted: &reading::export::Counted) -> String {
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

/// Years from one day to another with one decimal, cut off: full years by the calendar, then tenths of the year that runs.
pub(crate) fn years(from: Date, to: Date) -> String {
    if to < from {
        let ahead = years(to, from);
        return format!("-{ahead}");
    }
    let days = |a: Date, b: Date| i64::from(a.until(b).map_or(0, |span| span.get_days()));
    let full = (0..=u8::MAX).rev().find(|n| later(from, *n) <= to);
    let full = full.unwrap_or_default();
    let (last, next) = (later(from, full), later(from, full.saturating_add(1)));
    let tenths = days(last, to) * 10 / days(last, next).max(1);
    format!("{full}.{}", tenths.min(9))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::years;

    #[test]
    fn a_year_is_full_on_its_anniversary() {
        for (from, to, years) in [
            (date(2001, 6, 1), date(2031, 6, 1), "30.0"),
            (date(2001, 6, 1), date(2031, 5, 31), "29.9"),
            (date(2001, 6, 1), date(2016, 12, 1), "15.5"),
            (date(2000, 2, 29), date(2001, 2, 28), "0.9"),
            (date(2000, 2, 29), date(2001, 3, 1), "1.0"),
            (date(2020, 7, 1), date(2020, 7, 1), "0.0"),
            (date(2021, 7, 1), date(2020, 7, 1), "-1.0"),
        ] {
            assert_eq!(self::years(from, to), years, "{from} to {to}");
        }
    }
}
