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
pub(crate) fn is_page_mark(line: &str) -> bool {
    line == "^L"
        || text::page_number(line).is_some()
        || line.starts_with("ROUTE ")
        || line.starts_with("ROUTE:")
        || line
            .strip_prefix("PAGE ")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 40)
}

/// What a browser prints at the edge of a page: the address, `11/21/26, 11:23 PM` with a title, `2/7`.
pub(crate) fn is_browser_print(line: &str) -> bool {
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
        _ => address || ends_with_a_time(line),
    }
}

/// `A TITLE      10/12/2019, 3:04 PM`: a browser's title and clock. The sheet itself prints no time behind a comma.
fn ends_with_a_time(line: &str) -> bool {
    let Some((before, time)) = line.rsplit_once(", ") else {
        return false;
    };
    let digits = |text: &str, sign: char, parts: usize| {
        text.split(sign).count() == parts
            && text.split(sign).all(|part| {
                (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
            })
    };
    let clock = time.trim_end_matches([' ', 'A', 'P', 'M', '.']);
    let (title, day) = before.rsplit_once(' ').unwrap_or(("", before));
    // Among the sheet's own words a date of this shape may stand in a remark.
    digits(day, '/', 3) && digits(clock, ':', 2) && !title.trim_start().starts_with("COM")
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
            "A SHEET OF THE BUREAU          10/12/2019, 3:04 PM",
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
            "COM: CITED 10/12/2019, 3:04 PM",
            "TO: MADE FROM: CLETS   05/08/06 05:27:16",
            "",
        ] {
            assert!(!is_browser_print(line), "{line}");
        }
    }

    #[test]
    fn page_marks_are_told_from_the_sheet() {
        for line in [
            "PAGE 2 OF 7",
            "PAGE 3",
            "^L",
            "ROUTE TO DESK 4",
            "ROUTE: 4MADEUP.IH",
        ] {
            assert!(is_page_mark(line), "{line}");
        }
        assert!(!is_page_mark("PAGE,JIMMY"));
    }
}
