//! The words of a charge and of what became of it.

use record::{Level, PartialDate};

use super::{Count, Ending, Noted, Outcome, noted};
use crate::sheet::{charge, sentence};

const LEVELS: [(&str, Level); 12] = [
    ("FELONY", Level::Felony),
    ("FEL", Level::Felony),
    ("(F)", Level::Felony),
    ("MISDEMEANOR", Level::Misdemeanor),
    ("MISDEMEANOUR", Level::Misdemeanor),
    ("MISD", Level::Misdemeanor),
    ("MISDEM", Level::Misdemeanor),
    ("(M)", Level::Misdemeanor),
    ("INFRACTION", Level::Infraction),
    ("INFR", Level::Infraction),
    ("INF", Level::Infraction),
    ("(I)", Level::Infraction),
];

/// The one level that a text names, and the text without it. Two that differ are none.
pub(crate) fn level(text: &str) -> (String, Option<Level>) {
    let signs = |c: char| matches!(c, ',' | ';' | '-' | '.' | ':' | '/');
    let of = |word: &str| {
        let bare = word.trim_matches(signs);
        LEVELS
            .iter()
            .find(|(name, _)| *name == bare)
            .map(|(_, level)| *level)
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found = words.iter().filter_map(|word| of(word));
    let first = found.next();
    if first.is_none() || found.any(|other| Some(other) != first) {
        return (text.to_owned(), None);
    }
    let rest: Vec<&str> = words
        .into_iter()
        .filter(|word| of(word).is_none())
        .collect();
    let rest = rest.join(" ");
    (
        rest.trim_matches([' ', '-', ',', ';', '/']).to_owned(),
        first,
    )
}

/// One letter that stands alone under a label of levels.
pub(crate) fn labelled_level(text: &str) -> Option<Level> {
    match text.trim().trim_end_matches('.') {
        "F" => Some(Level::Felony),
        "M" => Some(Level::Misdemeanor),
        "I" => Some(Level::Infraction),
        text => level(text).1,
    }
}

/// Reads the words of a charge into a count. `sections`: they may hold a section of the codes that the reader knows.
pub(crate) fn read(count: &mut Count, text: &str, line: usize, sections: bool) {
    let (rest, found) = level(text);
    if let Some(found) = found {
        count.level = Some(noted(found, line));
    }
    let attempted = |word: &str| matches!(word, "ATT" | "ATTEMPT" | "ATTEMPTED" | "ATTEMPTING");
    if rest.split(|c: char| !c.is_alphanumeric()).any(attempted) {
        count.attempt = Some(line);
    }
    let charge = sections.then(|| charge::parse(&rest)).flatten();
    if let Some(charge) = charge {
        if count.words.is_none() {
            count.words = charge.description.clone().map(|words| noted(words, line));
        }
        count.charge = Some(noted(charge, line));
    } else if rest.contains(char::is_alphanumeric) {
        count.words = Some(noted(rest, line));
    }
}

/// Words that a conviction begins with, before the sentence: the longer first.
const CONVICTED: [&str; 8] = [
    "CONVICTED BY PLEA",
    "CONVICTED",
    "CONVICTION",
    "PLED GUILTY",
    "PLEAD GUILTY",
    "FOUND GUILTY",
    "GUILTY",
    "CONV",
];

/// What happened to a sentence; the longer first where one begins another.
const EVENTS: [&str; 8] = [
    "REVOKED",
    "REINSTATED",
    "TERMINATED",
    "MODIFIED",
    "COMPLETED",
    "EXTENDED",
    "VIOLATION",
    "OF PROBATION",
];

/// What became of a count, in one text: how it ended, and the sentence behind it.
pub(crate) fn ending(text: &str, line: usize, date: Option<Noted<PartialDate>>) -> Ending {
    let (text, found) = level(text);
    let text = text.trim_matches([' ', '(', ')', ';', '-']);
    let convicted = CONVICTED.iter().find_map(|word| text.strip_prefix(word));
    let later = convicted.is_none().then(|| behind_event(text)).flatten();
    let behind = convicted.or(later).unwrap_or(text);
    let behind = behind.trim_start_matches([' ', '-', '/', ',', ';', ':', '.']);
    let sentence = sentence::is_sentence(behind).then(|| noted(items(behind), line));
    // Neither a sentence without the words of a conviction nor what happened to one later tells of any.
    let alone = convicted.is_none() && (sentence.is_some() || later.is_some());
    Ending {
        outcome: Outcome {
            line,
            text: text.to_owned(),
            update: None,
            level: found.map(|level| noted((level, true), line)),
            sentence,
            sentence_goes_on: Vec::new(),
            remark: alone,
        },
        date,
    }
}

/// `PROB REVOKED-1 YR JAIL`: what follows the words that tell of an earlier sentence.
fn behind_event(text: &str) -> Option<&str> {
    let first = text.split([' ', '.']).next()?;
    if ![
        "PROB",
        "PROBATION",
        "PAROLE",
        "SENTENCE",
        "SUPERVISION",
        "VIOL",
        "VIOLATION",
    ]
    .contains(&first)
    {
        return None;
    }
    EVENTS
        .iter()
        .filter_map(|word| {
            let at = text.rfind(word)?;
            text.get(at + word.len()..)
        })
        .min_by_key(|rest| rest.len())
}

/// A sentence that stands under a label of its own.
pub(crate) fn sentenced(text: &str, line: usize) -> Ending {
    Ending {
        outcome: Outcome {
            line,
            text: String::new(),
            update: None,
            level: None,
            sentence: Some(noted(items(text), line)),
            sentence_goes_on: Vec::new(),
            remark: true,
        },
        date: None,
    }
}

/// `3 YRS PROB/90 DS JAIL`: a stroke before a number divides the parts as a comma does.
fn items(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut signs = text.trim().chars().peekable();
    let mut last = ' ';
    while let Some(c) = signs.next() {
        let next = signs.peek().copied().unwrap_or(' ');
        if c == '/' && (last.is_alphabetic() || last == ' ') && next.is_ascii_digit() {
            out.push_str(", ");
        } else {
            out.push(c);
        }
        last = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_level_is_taken_and_two_are_none() {
        for (text, rest, wanted) in [
            (
                "HS 11357(B) MISDEMEANOR",
                "HS 11357(B)",
                Some(Level::Misdemeanor),
            ),
            ("BURGLARY - FELONY", "BURGLARY", Some(Level::Felony)),
            (
                "459 PC (F) BURGLARY",
                "459 PC BURGLARY",
                Some(Level::Felony),
            ),
            ("FELONY OR MISDEMEANOR", "FELONY OR MISDEMEANOR", None),
            (
                "POSSESS CONTROLLED SUBSTANCE",
                "POSSESS CONTROLLED SUBSTANCE",
                None,
            ),
        ] {
            assert_eq!(level(text), (rest.to_owned(), wanted), "{text}");
        }
    }

    #[test]
    fn only_a_printed_section_is_one() {
        for (text, section, words, attempt) in [
            (
                "11357(B) HS-POSSESS MARIJUANA",
                Some("HS 11357(b)"),
                Some("POSSESS MARIJUANA"),
                false,
            ),
            (
                "POSS MARIJUANA FOR SALE",
                None,
                Some("POSS MARIJUANA FOR SALE"),
                false,
            ),
            (
                "3562 MARIJUANA-POSSESS",
                None,
                Some("3562 MARIJUANA-POSSESS"),
                false,
            ),
            (
                "11357 POSS MARIJUANA",
                None,
                Some("11357 POSS MARIJUANA"),
                false,
            ),
            ("ATT BURGLARY", None, Some("ATT BURGLARY"), true),
        ] {
            let mut count = Count::default();
            read(&mut count, text, 0, true);
            let found = count.charge.and_then(|charge| charge.value.section);
            assert_eq!(found.as_ref().map(|s| s.as_str()), section, "{text}");
            assert_eq!(
                count.words.map(|words| words.value).as_deref(),
                words,
                "{text}"
            );
            assert_eq!(count.attempt.is_some(), attempt, "{text}");
        }
    }

    #[test]
    fn a_sentence_is_parted_from_the_conviction() {
        for (text, said, sentence, alone) in [
            (
                "CONVICTED-3 YRS PROB/90 DS JAIL",
                "CONVICTED-3 YRS PROB/90 DS JAIL",
                Some("3 YRS PROB, 90 DS JAIL"),
                false,
            ),
            ("CONVICTED", "CONVICTED", None, false),
            (
                "DISMISSED/FURTHERANCE OF JUSTICE",
                "DISMISSED/FURTHERANCE OF JUSTICE",
                None,
                false,
            ),
            ("PROB REVOKED", "PROB REVOKED", None, true),
            (
                "PROB REVOKED-1 YR JAIL",
                "PROB REVOKED-1 YR JAIL",
                Some("1 YR JAIL"),
                true,
            ),
            (
                "VIOLATION OF PROBATION, 5 DAYS JAIL",
                "VIOLATION OF PROBATION, 5 DAYS JAIL",
                Some("5 DAYS JAIL"),
                true,
            ),
            (
                "PROBATION 3 YRS",
                "PROBATION 3 YRS",
                Some("PROBATION 3 YRS"),
                true,
            ),
            (
                "3 YRS PROBATION",
                "3 YRS PROBATION",
                Some("3 YRS PROBATION"),
                true,
            ),
            ("( CONVICTED; )", "CONVICTED", None, false),
        ] {
            let ending = ending(text, 0, None);
            assert_eq!(ending.outcome.text, said, "{text}");
            assert_eq!(
                ending.outcome.sentence.map(|s| s.value).as_deref(),
                sentence,
                "{text}"
            );
            assert_eq!(ending.outcome.remark, alone, "{text}");
        }
    }
}
