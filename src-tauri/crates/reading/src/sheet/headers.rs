//! Headers of entries: `ARR/DET/CITE:`, `COURT:`, `CUSTODY:JAIL` and what recognition of letters leaves of them.

use super::clean::{after_colon, after_spread, is_speck};
use super::dates;

/// Kinds of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Arrest,
    SupplementalArrest,
    Court,
    Custody,
    Applicant,
    Registration,
    Probation,
    MentalHealth,
    Deceased,
    CompactParolee,
    Unknown,
}

/// A header line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) kind: Kind,
    /// What follows the header's words.
    pub(super) rest: &'a str,
    /// No letter had to be replaced.
    pub(super) sure: bool,
}

/// Words of each header, with the misreadings known. Longer ones first where one begins another.
const WORDS: [(&str, Kind); 16] = [
    ("ARR/DET/CITE", Kind::Arrest),
    ("ARR/PET/CITE", Kind::Arrest),
    ("ARREST/DET/CITE", Kind::Arrest),
    ("SUPPLEMENTAL ARR", Kind::SupplementalArrest),
    ("COURT", Kind::Court),
    ("COURI", Kind::Court),
    ("C0URT", Kind::Court),
    ("CUSTODY", Kind::Custody),
    ("APPLICANT", Kind::Applicant),
    ("REGISTRATION", Kind::Registration),
    ("PROBATION", Kind::Probation),
    ("MENTAL HLTH CUS/SUPV", Kind::MentalHealth),
    ("DECEASED", Kind::Deceased),
    ("INTERST COMP PAROLEE", Kind::CompactParolee),
    ("INTERSTATE COMP PAROLEE", Kind::CompactParolee),
    ("INTERST COMPACT PAROLEE", Kind::CompactParolee),
];

/// Custodies that sheets name after the word.
const CUSTODIES: [&str; 12] = [
    "JAIL", "CDC", "CDCR", "CYA", "FED", "OOS", "PRISON", "DJJ", "YA", "CRC", "STATE", "COUNTY",
];

/// Reads a header. `then_date`: the next line that is not blank begins with a date.
pub(super) fn of(text: &str, then_date: bool) -> Option<Header<'_>> {
    // `**DECEASED 20200101` is a notice above the personal block.
    if text.starts_with("**") {
        return None;
    }
    WORDS.iter().find_map(|(word, kind)| {
        let rest = after_spread(text, word)?;
        let bare = rest.trim_start_matches(is_speck);
        let after = after_colon(rest);
        // Without its colon a header is only one if something else says so: the words also stand in running text.
        let lone = bare.is_empty() && then_date
            || is_name_code(bare)
            || bare.starts_with("DOB:")
            || dates::leading(bare).is_some();
        let rest = match kind {
            Kind::Probation => after.filter(|rest| !rest.starts_with("EXP"))?,
            Kind::Custody => custody(rest)
                .then_some(bare)
                .or(after)
                .or(lone.then_some(bare))?,
            Kind::MentalHealth | Kind::CompactParolee => after.unwrap_or(bare),
            Kind::Arrest | Kind::SupplementalArrest => {
                after.or((lone || bare.is_empty()).then_some(bare))?
            }
            Kind::Court | Kind::Applicant | Kind::Registration | Kind::Deceased | Kind::Unknown => {
                after.or(lone.then_some(bare))?
            }
        };
        Some(Header {
            kind: *kind,
            rest,
            sure: !text.contains(['▯', '□', '\u{fffd}'])
                && !matches!(*word, "COURI" | "C0URT" | "ARR/PET/CITE"),
        })
    })
}

fn custody(rest: &str) -> bool {
    let word = rest.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let word: &str = word
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    CUSTODIES.contains(&word)
}

/// `NAM:01`, `NAME;002`
pub(super) fn is_name_code(text: &str) -> bool {
    name_code(text).is_some()
}

/// The name code at the start of a text, and what follows. The code is none when it is garbled (`NAME7OZ`).
pub(super) fn name_code(text: &str) -> Option<(Option<u16>, &str)> {
    let rest = text.strip_prefix("NAM")?;
    let rest = rest.strip_prefix('E').unwrap_or(rest);
    // `NAM :01`
    let apart = rest.trim_start();
    let rest = if apart.starts_with([':', ';']) {
        apart
    } else {
        rest
    };
    let (sign, rest) = match rest.strip_prefix([':', ';', '.']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest),
    };
    // A code has three digits; with specks round it hardly twice as many.
    let end = rest
        .char_indices()
        .take(9)
        .find(|(_, c)| c.is_whitespace())
        .map_or_else(
            || rest.char_indices().nth(8).map_or(rest.len(), |(at, _)| at),
            |(at, _)| at,
        );
    let (code, rest) = rest.split_at_checked(end)?;
    let digits = code.trim_matches(is_speck);
    let number = (2..=3)
        .contains(&digits.len())
        .then(|| digits.parse().ok())
        .flatten();
    (number.is_some() || sign || digits.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_through_noise() {
        for (text, kind) in [
            ("ARR/DET/CITE: NAM:02 DOB:19550505", Kind::Arrest),
            ("ARR/DET/CITE         NAM:07  DOB:19600915", Kind::Arrest),
            ("ARR /DET.·/ CITE ; NAM:01", Kind::Arrest),
            ("ARR/DET/CITE  DOB:19600915", Kind::Arrest),
            ("▯RR/DET/CITE:", Kind::Arrest),
            ("ARR/PET/CITE: NAM:01", Kind::Arrest),
            (". COURT : NAM:01", Kind::Court),
            ("▯OURT: NAM:01", Kind::Court),
            ("COURI:", Kind::Court),
            ("CUSTODY:JAIL NAM:01", Kind::Custody),
            ("CUSTODY* *:JAIL", Kind::Custody),
            ("CUSTODY FED & OOS NAM:06", Kind::Custody),
            ("R E G I S T R A T I O N : NAM:01", Kind::Registration),
            ("PROBATION:            NAM:06", Kind::Probation),
            ("SUPPLEMENTAL ARR:     NAM:02", Kind::SupplementalArrest),
            ("MENTAL HLTH CUS/SUPV  NAM:02", Kind::MentalHealth),
            ("INTERST COMP PAROLEE NAM:01", Kind::CompactParolee),
            ("DECEASED:  NAM:01", Kind::Deceased),
            ("APPLICANT:", Kind::Applicant),
        ] {
            assert_eq!(of(text, false).map(|h| h.kind), Some(kind), "{text}");
        }
        assert_eq!(of("COURT", true).map(|h| h.kind), Some(Kind::Court));
    }

    #[test]
    fn running_text_is_no_header() {
        for text in [
            "COURTROOM CLERK, CASCLOS ANGELES",
            "COURT",
            "APPLICANT SECURITY GUARD",
            "PROBATION REVOKED",
            "PROBATION:   EXP:19990503",
            "CUSTODY CREDITS 30 DAYS",
            "REGISTRATION OF SEX OFFENDER",
            "DECEASED HOMICIDE",
            "**DECEASED 20200101",
        ] {
            assert_eq!(of(text, false), None, "{text}");
        }
    }

    #[test]
    fn name_codes_may_be_garbled() {
        assert_eq!(name_code("NAM:02 DOB:1"), Some((Some(2), " DOB:1")));
        assert_eq!(name_code("NAME:002"), Some((Some(2), "")));
        assert_eq!(name_code("NAM : 01"), Some((Some(1), "")));
        assert_eq!(name_code("NAME7OZ"), Some((None, "")));
        assert_eq!(name_code("NAMED PERSON"), None);
    }
}
