//! The sentence: `3 YEARS PROBATION, 30 DAYS JAIL, FINE SS, RESTN`.

use record::{PartKind, SentencePart};

/// A sentence as read.
pub(super) struct Terms {
    /// Its parts in their order. Every item gives a part, so the list is complete; what is not known is `other`.
    pub(super) parts: Vec<SentencePart>,
    /// A length could not be read: a unit without its number, letters among digits.
    pub(super) doubtful: bool,
}

/// Reads a sentence.
pub(super) fn terms(text: &str) -> Terms {
    let mut terms = Terms {
        parts: Vec::new(),
        doubtful: false,
    };
    // Fine suspended, as one word.
    let text = text.replace("FINESS", "FINE SS").replace("FNSS", "FINE SS");
    for text in text.split([',', ';']) {
        let (parts, doubtful) = item(text);
        terms.parts.extend(parts);
        terms.doubtful |= doubtful;
    }
    terms
}

/// Whether the words belong to a sentence: used where a line may be one.
pub(super) fn is_sentence(text: &str) -> bool {
    terms(text)
        .parts
        .iter()
        .any(|part| part.kind != PartKind::Other)
}

#[derive(Default)]
struct Length {
    years: Option<u16>,
    months: Option<u16>,
    days: Option<u16>,
}

impl Length {
    fn is_empty(&self) -> bool {
        self.years.is_none() && self.months.is_none() && self.days.is_none()
    }
}

enum Word {
    Number(u16),
    Year,
    Month,
    Day,
    Kind(PartKind),
    Suspended,
    Nothing,
}

/// One item between commas. A lost comma (`3 YEARS PROBATION 30 DAYS JAIL`) still gives two parts.
fn item(text: &str) -> (Vec<SentencePart>, bool) {
    let mut parts: Vec<SentencePart> = Vec::new();
    let (mut length, mut number, mut suspended) = (Length::default(), None, false);
    let (all, mut doubtful) = split_words(text);
    for (at, word) in all.iter().enumerate() {
        let next = all.get(at + 1).map_or("", String::as_str);
        match meaning(word, next) {
            // `5-10 YEARS`: neither is the length.
            Word::Number(_) if number.is_some() => (number, doubtful) = (None, true),
            Word::Number(n) => number = Some(n),
            Word::Year | Word::Month | Word::Day if number.is_none() => doubtful = true,
            Word::Year => length.years = number.take(),
            Word::Month => length.months = number.take(),
            // Weeks are days by seven.
            Word::Day if word.starts_with('W') => {
                length.days = number.take().map(|n| n.saturating_mul(7))
            }
            Word::Day => length.days = number.take(),
            // `CO JAIL WORK PROGRAM`, `FORMAL PROBATION`: a second word of the same kind says nothing new.
            Word::Kind(kind)
                if length.is_empty() && parts.last().is_some_and(|last| last.kind == kind) => {}
            Word::Kind(kind) => {
                // `JAIL 2 DAYS FINE $500`: a fine has no days.
                let has_none = matches!(
                    kind,
                    PartKind::Fine | PartKind::Restitution | PartKind::CommunityService
                );
                if has_none && let Some(last) = parts.last_mut().filter(|last| is_open(last)) {
                    (last.years, last.months, last.days) =
                        (length.years, length.months, length.days);
                    length = Length::default();
                }
                let Length {
                    years,
                    months,
                    days,
                } = std::mem::take(&mut length);
                parts.push(SentencePart {
                    kind,
                    years,
                    months,
                    days,
                    suspended: None,
                });
            }
            // What stands before it is suspended; where nothing does, what comes.
            Word::Suspended => match parts.last_mut() {
                Some(last) => last.suspended = Some(true),
                None => suspended = true,
            },
            // `25 YEARS TO LIFE`: the years are only the least of it.
            Word::Nothing if word == "LIFE" => doubtful |= !length.is_empty(),
            Word::Nothing => {
                doubtful |= is_near(word);
                number = None;
            }
        }
    }
    if all.is_empty() {
        return (parts, doubtful);
    }
    if parts.is_empty() {
        let Length {
            years,
            months,
            days,
        } = std::mem::take(&mut length);
        parts.push(SentencePart {
            kind: PartKind::Other,
            years,
            months,
            days,
            suspended: None,
        });
    }
    if let Some(last) = parts.last_mut() {
        // `PROBATION 3 YEARS`: the length comes after its kind.
        if is_open(last) {
            (last.years, last.months, last.days) = (length.years, length.months, length.days);
        } else {
            // `2 YEARS PRISON PLUS 1 YEAR`: a length that is of nothing.
            doubtful |= !length.is_empty();
        }
        if suspended {
            last.suspended = Some(true);
        }
    }
    (parts, doubtful)
}

/// No length is known of it yet.
fn is_open(part: &SentencePart) -> bool {
    part.years.is_none() && part.months.is_none() && part.days.is_none()
}

/// Words in capitals and digits; a number glued to its unit (`30DAYS`) is taken apart, brackets with a section go. Also says
/// whether letters stand among a number's digits (`9O DAYS`): half a number would be a wrong one, so none is given.
fn split_words(text: &str) -> (Vec<String>, bool) {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for c in text.chars().filter(|c| *c != '.' && *c != '\'') {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(if c.is_alphanumeric() { c } else { ' ' }),
            _ => {}
        }
    }
    let (mut words, mut doubtful) = (Vec::new(), false);
    for word in plain.split_whitespace() {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = word.split_at_checked(digits).unwrap_or((word, ""));
        let length = matches!(meaning(unit, ""), Word::Year | Word::Month | Word::Day);
        if !number.is_empty() && !unit.is_empty() && !length {
            doubtful = true;
            continue;
        }
        words.extend(
            [number, unit]
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(str::to_owned),
        );
    }
    (words, doubtful)
}

/// A word of sentences with a misread letter (`PR0BATION`, `DAY5`, `FIME`): what it says is not known.
fn is_near(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "COMMUNITY",
        "SERVICE",
        "FNSS",
        "RSTN",
        "YEAR",
        "YEARS",
        "MONTH",
        "MONTHS",
        "DAY",
        "DAYS",
        "PROBATION",
        "PROB",
        "JAIL",
        "PRISON",
        "FINE",
        "RESTN",
        "RESTITUTION",
        "PAROLE",
    ];
    let digit = |c: char| c.is_ascii_digit();
    let mixed = word.contains(digit) && !word.chars().all(digit);
    let misread = |known: &&str| {
        known.len() == word.chars().count()
            && known
                .chars()
                .zip(word.chars())
                .filter(|(a, b)| a != b)
                .count()
                == 1
    };
    mixed || WORDS.iter().any(misread)
}

fn meaning(word: &str, next: &str) -> Word {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        // Sections among the words (`1170 H`) are no lengths: longest terms printed are in days of a few years.
        return word
            .parse()
            .ok()
            .filter(|n| *n <= 9_999)
            .map_or(Word::Nothing, Word::Number);
    }
    match word {
        "Y" | "YR" | "YRS" | "YEAR" | "YEARS" | "YEARS'" => Word::Year,
        "M" | "MO" | "MOS" | "MTH" | "MTHS" | "MONTH" | "MONTHS" => Word::Month,
        "D" | "DA" | "DY" | "DYS" | "DS" | "DAY" | "DAYS" | "WK" | "WKS" | "WEEK" | "WEEKS" => {
            Word::Day
        }
        "PROB" | "PROBATION" => Word::Kind(PartKind::Probation),
        "JAIL" | "JL" => Word::Kind(PartKind::Jail),
        "PRISON" | "PRIS" => Word::Kind(PartKind::Prison),
        "PAROLE" => Word::Kind(PartKind::Parole),
        "MANDATORY" | "MAND" => Word::Kind(PartKind::MandatorySupervision),
        "FINE" | "FN" | "FINES" => Word::Kind(PartKind::Fine),
        "RESTN" | "RSTN" | "RESIN" | "RESTITUTION" => Word::Kind(PartKind::Restitution),
        "CSW" => Word::Kind(PartKind::CommunityService),
        // Not a commitment (`COMM TO`), and not time served.
        "COMMUNITY" | "COMM" if next.starts_with("SERV") => Word::Kind(PartKind::CommunityService),
        "SS" | "SUSP" | "SUSPENDED" => Word::Suspended,
        _ => Word::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        terms(text)
            .parts
            .iter()
            .map(|p| {
                let length: String = [(p.years, "y"), (p.months, "m"), (p.days, "d")]
                    .into_iter()
                    .filter_map(|(n, unit)| n.map(|n| format!(" {n}{unit}")))
                    .collect();
                let kind = serde_json::to_value(p.kind).unwrap();
                let suspended = if p.suspended == Some(true) { " ss" } else { "" };
                format!("{}{length}{suspended}", kind.as_str().unwrap())
            })
            .collect()
    }

    #[test]
    fn a_length_with_letters_in_it_is_unknown_and_told() {
        for text in [
            "9O DAYS JAIL",
            "DAYS JAIL",
            "I YEAR JAIL",
            "3 YEARS PROBATION, l0 DAYS JAIL",
            "5-10 DAYS JAIL",
            "25 YEARS TO LIFE PRISON",
            "3 YEARS PR0BATION",
            "3 YEARS PROBATION, 10 DAY5 JAIL",
            "FIME",
            "2 YEARS PRISON PLUS 1 YEAR ENHANCEMENT",
        ] {
            let terms = terms(text);
            assert!(terms.doubtful, "{text}");
            assert_eq!(terms.parts.last().unwrap().days, None, "{text}");
        }
        for text in [
            "3 YEARS PROBATION, FINE SS",
            "40 HOURS COMMUNITY SERVICE",
            "3 YEARS JAIL 1170(H) PC",
            "CREDIT TIME SERVED",
            "WORK FURLOUGH, FINE $500",
        ] {
            assert!(!terms(text).doubtful, "{text}");
        }
    }

    #[test]
    fn sentences_are_read_part_by_part() {
        for (text, expected) in [
            (
                "3 YEARS PROBATION, 30 DAYS JAIL, FINE, RESTN",
                &["probation 3y", "jail 30d", "fine", "restitution"][..],
            ),
            (
                "2 YEARS PRISON, FINE,        RESTN",
                &["prison 2y", "fine", "restitution"],
            ),
            ("16 MONTHS PRISON", &["prison 16m"]),
            ("1 YR PRISON SS", &["prison 1y ss"]),
            ("1 YR JL CC", &["jail 1y"]),
            ("FINE SS", &["fine ss"]),
            ("FNSS", &["fine ss"]),
            ("FINE SS RESTN", &["fine ss", "restitution"]),
            (
                "3 YEARS PRISON SS 5 YEARS PROBATION",
                &["prison 3y ss", "probation 5y"],
            ),
            ("JAIL 2 DAYS FINE $500", &["jail 2d", "fine"]),
            ("FINESS,RESTN", &["fine ss", "restitution"]),
            ("IMP SEN SS, 36 MO PROB", &["other ss", "probation 36m"]),
            ("2 YR 8 MO PRISON", &["prison 2y 8m"]),
            ("PROBATION", &["probation"]),
            ("PROBATION 3 YEARS", &["probation 3y"]),
            (
                "3 YRS FORMAL PROBATION 180DAYS CO JAIL",
                &["probation 3y", "jail 180d"],
            ),
            ("40 HOURS COMMUNITY SERVICE", &["community_service"]),
            (
                "1 YR JAIL, 1 YR MANDATORY SUPERVISION",
                &["jail 1y", "mandatory_supervision 1y"],
            ),
            ("3 YEARS JAIL 1170(H) PC", &["jail 3y"]),
            ("LIFE PRISON", &["prison"]),
            ("CREDIT TIME SERVED", &["other"]),
            ("FINE,,", &["fine"]),
            ("", &[]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
