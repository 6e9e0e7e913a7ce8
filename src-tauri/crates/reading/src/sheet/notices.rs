//! Notices that stand among the entries and carry nothing for the record, and marks of pages.

use crate::text;

/// Pieces of the notices known. A line of a notice is one that holds such a piece.
const PIECES: [&str; 34] = [
    "COLLECT DNA",
    "DNA SAMPLE",
    "CAL-DNA",
    "TYPED, AND UPLOADED",
    "PC296",
    "VICTIM OF IDENTITY THEFT",
    "IDENTIFIED AS A VICTIM",
    "DOJ COMMAND CENTER",
    "AT (916) 227",
    "PALM PRINT",
    "PALM.PRINT",
    "ONLY SOURCE RECORD",
    "MULTIPLE SOURCE RECORD",
    "AIDS TEST",
    "UNDER THE SUPERVISION OF THE",
    "DEPARTMENT OF MENTAL HEALTH",
    "CONTACT CA/DMH",
    "24 HOURS - 7 DAYS",
    "**LIVE SCAN",
    "PROBATION FLAGS AND/OR",
    "BASED ON FINGERPRINT",
    "POTENTIAL ENTRIES WITH FELONY",
    "FOUND FOR THIS SUBJECT",
    "ENTRIES IN THE RECORD",
    "STRIKE ENTRY\" FOR DETAILS",
    "ALSO CONTAIN ADDITIONAL DATA",
    "BEING CONSOLIDATED",
    "CURRENT REGISTRANT ADDRESS",
    "THE VCIN SYSTEM",
    "WITH \"POTENTIAL",
    "INFO (510)",
    "MAIL PALM",
    "SUBJECT IS UNDER",
    "SAMPLE HAS BEEN RECEIVED",
];

/// A line of a notice.
pub(super) fn is_notice(line: &str) -> bool {
    PIECES.iter().any(|piece| line.contains(piece))
}

/// `PAGE 2 OF 7`, `PAGE 2`, and the two signs that stand for a form feed.
pub(super) fn is_page_mark(line: &str) -> bool {
    line == "^L"
        || text::page_number(line).is_some()
        || line.starts_with("ROUTE ")
        || line
            .strip_prefix("PAGE ")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 40)
}

/// What a browser prints at the edge of a page.
pub(super) fn is_browser_print(line: &str) -> bool {
    ["HTTP://", "HTTPS://", "FILE://", "FILE:///"]
        .iter()
        .any(|scheme| line.starts_with(scheme))
}
