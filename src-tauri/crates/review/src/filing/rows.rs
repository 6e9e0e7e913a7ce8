//! Which rows go into the motion, and as what.

use papers::bulk::{Asked, Basis, BulkRow};
use record::Level;

use crate::decided::Row;
use crate::determination::Determination;

/// What is asked for a row, if anything.
pub(super) fn asked(row: &Row) -> Option<Asked> {
    match row.determination {
        Determination::Dismiss => Some(Asked::Dismiss),
        Determination::Reduce => Some(match row.get("relief") {
            "redesignate_misdemeanor" | "resentence_misdemeanor" => Asked::Misdemeanor,
            "redesignate_infraction" | "resentence_infraction" => Asked::Infraction,
            // Below a misdemeanor there is nothing but an infraction.
            _ if row.get("level") == "misdemeanor" => Asked::Infraction,
            _ => Asked::Lesser,
        }),
        Determination::Review | Determination::NotEligible | Determination::AlreadyGranted => None,
    }
}

/// Why a row cannot go into the motion as it stands.
pub(super) fn left_out(row: &Row) -> Option<&'static str> {
    let one = bulk_row(row, 0)?;
    if one.case_number.is_empty() {
        Some("no case number: a court cannot find the case")
    } else if one.name.is_empty() {
        Some("no name")
    } else if !one.printable() {
        Some("a character in the name or case number that cannot be printed")
    } else if one.convicted_on.is_none() {
        Some("no day of the conviction")
    } else if row.get("sentence_running") == "yes" && !row.deceased {
        // Whoever still serves asks by petition, and the court weighs a danger that the motion says nothing of.
        Some("the sentence still runs, as the record stands: that takes a petition of its own")
    } else {
        None
    }
}

/// A row as the papers take it; none where nothing is asked for.
pub(super) fn bulk_row(row: &Row, number: u64) -> Option<BulkRow> {
    let asked = asked(row)?;
    // The statute gives it only where its own answer is what is asked for.
    let basis = if row.get("law_says") == row.determination.key() {
        Basis::Law
    } else {
        Basis::Office
    };
    let level = match row.get("level") {
        "felony" => Some(Level::Felony),
        "misdemeanor" => Some(Level::Misdemeanor),
        "infraction" => Some(Level::Infraction),
        "violation" => Some(Level::Violation),
        _ => None,
    };
    Some(BulkRow {
        number,
        line: row.line,
        name: row.get("name").to_owned(),
        case_number: row.get("case_number").to_owned(),
        section: row.get("section").parse().ok(),
        attempt: row.get("attempt") == "yes",
        level,
        convicted_on: row.get("convicted_on").parse().ok(),
        asked,
        basis,
    })
}
