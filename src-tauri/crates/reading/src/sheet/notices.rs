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

/// What a browser prints at the edge of a page: the address, `11/21/26, 11:23 PM` with a title, `2/7`.
pub(super) fn is_browser_print(line: &str) -> bool {
    let address = ["HTTP://", "HTTPS://", "FILE://"]
        .iter()
        .any(|scheme| line.starts_with(scheme));
    let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
    let numbers = |word: Option<&str>, sign: char| -> usize {
        let parts: Vec<&str> = word.unwrap_or_default().split(sign).collect();
        let short =
            |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if parts.iter().all(short) {
            parts.len()
        } else {
            0
        }
    };
    match numbers(words.next(), '/') {
        // A day and the time behind it.
        3 => matches!(numbers(words.next(), ':'), 2 | 3),
        // Page of pages, and nothing else on the line.
        2 => words.next().is_none(),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_prints_is_told_from_the_sheet() {
        for line in [
            "HTTPS://EXAMPLE.TEST/SHEET 2/7",
            "11/21/26, 11:23 PM",
            "11/21/2026, 09:23 A SHEET",
            "2/7",
        ] {
            assert!(is_browser_print(line), "{line}");
        }
        for line in [
            "484/487 PC-THEFT",
            "11/21/26",
            "20010101",
            "1/2 YEAR JAIL",
            "664/11359 HS",
            "5/8/06 COURT",
            "",
        ] {
            assert!(!is_browser_print(line), "{line}");
        }
    }

    #[test]
    fn page_marks_are_told_from_the_sheet() {
        for line in ["PAGE 2 OF 7", "PAGE 3", "^L", "ROUTE TO DESK 4"] {
            assert!(is_page_mark(line), "{line}");
        }
        assert!(!is_page_mark("PAGE,JIMMY"));
    }
}
