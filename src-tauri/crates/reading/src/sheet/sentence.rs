//! The sentence: `3 YEARS PROBATION, 30 DAYS JAIL, FINE SS, RESTN`.

#[cfg(test)]
mod tests;

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
    let text = text
        .replace("FINESS", "FINE SS")
        .replace("FNSS", "FINE SS")
        .replace("W/O", "WITHOUT");
    let mut some = false;
    terms.doubtful = parted(&text);
    for text in text.split([',', ';']) {
        // `2 YEARS PRISON, EXEC SS`: what stands before was suspended.
        if suspends_the_last(text) {
            let served = |kind| matches!(kind, PartKind::Jail | PartKind::Prison);
            match terms.parts.iter_mut().rev().find(|part| served(part.kind)) {
                Some(part) => part.suspended = Some(true),
                None => {
                    let (parts, _) = item(text);
                    terms.parts.extend(parts);
                    terms.doubtful |= some;
                }
            }
            continue;
        }
        let (parts, doubtful) = item(text);
        some |= text.contains(char::is_alphanumeric);
        terms.parts.extend(parts);
        terms.doubtful |= doubtful;
    }
    // `PROBATION DENIED` and nothing else: what was imposed is not printed, and it is not nothing.
    if some && terms.parts.is_empty() {
        terms.parts.push(part(PartKind::Other, Length::default()));
    }
    terms
}

/// Words of suspension alone: of the execution, not of the imposition.
fn suspends_the_last(text: &str) -> bool {
    let (words, _) = split_words(text);
    words
        .iter()
        .any(|word| matches!(meaning(word, ""), Word::Suspended))
        && words.iter().all(|word| {
            matches!(
                word.as_str(),
                "EXEC" | "EXECUTION" | "EX" | "OF" | "SEN" | "SENT" | "SENTENCE"
            ) || matches!(meaning(word, ""), Word::Suspended)
        })
}

fn part(kind: PartKind, length: Length) -> SentencePart {
    SentencePart {
        kind,
        years: length.years,
        months: length.months,
        days: length.days,
        suspended: None,
    }
}

/// Whether the words belong to a sentence: used where a line may be one.
pub(crate) fn is_sentence(text: &str) -> bool {
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
    /// Of its imposition: `ISS`.
    NotImposed,
    /// What comes is not part of the sentence: `NO PROBATION`.
    Not,
    /// What stood before is not part of it: `PROBATION DENIED`.
    Denied,
    Nothing,
}

/// What of an item's words is not part of the sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Negated {
    No,
    /// The next kind: `NO PROBATION`.
    Next,
    /// The next kind and its length: `IN LIEU OF 30 DAYS JAIL`.
    WithLength,
    /// All that follows, of another sentence: `CONCURRENT WITH PRISON TERM`.
    Rest,
}

/// Words that may stand between a `NO` and what it denies.
const BETWEEN: [&str; 18] = [
    "FORMAL",
    "SUMMARY",
    "COUNTY",
    "CO",
    "STATE",
    "FURTHER",
    "ADDITIONAL",
    "SUPERVISED",
    "EARLY",
    "MORE",
    "POSSIBILITY",
    "POSS",
    "OF",
    "THE",
    "ANY",
    "ELIGIBILITY",
    "FOR",
    "A",
];

/// One item between commas. A lost comma (`3 YEARS PROBATION 30 DAYS JAIL`) still gives two parts.
fn item(text: &str) -> (Vec<SentencePart>, bool) {
    let mut parts: Vec<SentencePart> = Vec::new();
    let (mut length, mut number, mut suspended) = (Length::default(), None, false);
    let (all, mut doubtful) = split_words(text);
    let (mut negated, mut denied) = (Negated::No, false);
    let (mut imposition, mut life) = (false, false);
    for (at, word) in all.iter().enumerate() {
        let next = all.get(at + 1).map_or("", String::as_str);
        let meant = meaning(word, next);
        imposition |= matches!(word.as_str(), "IMP" | "IMPOSITION" | "ISS");
        match (&negated, &meant) {
            (Negated::Rest, Word::Kind(_)) => {
                doubtful = true;
                continue;
            }
            (Negated::Rest, _) => continue,
            (Negated::WithLength, Word::Number(_) | Word::Year | Word::Month | Word::Day) => {
                continue;
            }
            (Negated::Next | Negated::WithLength, Word::Kind(_)) => {
                denied = true;
                // `NO JAIL OR FINE`
                if !matches!(next, "OR" | "NOR") {
                    negated = Negated::No;
                }
                continue;
            }
            // `NO CONTACT 3 YEARS PROBATION`: the word is not said of what comes.
            (Negated::Next, Word::Number(_)) => negated = Negated::No,
            (Negated::Next, Word::Nothing)
                if !BETWEEN.contains(&word.as_str()) && word != "OR" && word != "NOR" =>
            {
                negated = Negated::No;
                doubtful |= next_kind(&all, at);
            }
            _ => {}
        }
        // `180 DAYS JAIL OR FINE`: which of them is not known.
        if word == "OR" && negated == Negated::No && !parts.is_empty() {
            doubtful |= next_kind(&all, at);
        }
        let instead = word == "LIEU" || word == "INSTEAD";
        let besides = matches!(
            word.as_str(),
            "CONCURRENT" | "CONC" | "CONSECUTIVE" | "CONSEC" | "CC" | "CS"
        ) && matches!(next, "WITH" | "TO" | "W");
        if instead || besides {
            negated = if instead {
                Negated::WithLength
            } else {
                Negated::Rest
            };
            continue;
        }
        match meant {
            Word::Not if negated == Negated::No => negated = Negated::Next,
            Word::Not => {}
            Word::Denied => {
                denied |= parts.pop().is_some();
                length = Length::default();
            }
            Word::NotImposed => parts.push(SentencePart {
                suspended: Some(true),
                ..part(PartKind::Other, Length::default())
            }),
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
            // `3 YRS PROB IMP SS`: of the imposition, and the probation stands.
            Word::Suspended if imposition && !parts.is_empty() => parts.push(SentencePart {
                suspended: Some(true),
                ..part(PartKind::Other, Length::default())
            }),
            Word::Suspended => match parts.last_mut() {
                Some(last) => last.suspended = Some(true),
                None => suspended = true,
            },
            // `25 YEARS TO LIFE`: the years are only the least of it.
            Word::Nothing if word == "LIFE" => {
                doubtful |= !length.is_empty();
                life = true;
            }
            Word::Nothing => {
                doubtful |= is_near(word);
                number = None;
            }
        }
    }
    if all.is_empty() {
        return (parts, doubtful);
    }
    // `LIFE W/O PAROLE`: a length that no number gives, served in prison.
    if life && parts.is_empty() {
        doubtful = true;
        parts.push(part(PartKind::Prison, Length::default()));
        length = Length::default();
    }
    // `NO PROBATION`: nothing is left of the item.
    if parts.is_empty() && denied && length.is_empty() {
        return (parts, doubtful);
    }
    if parts.is_empty() {
        parts.push(part(PartKind::Other, std::mem::take(&mut length)));
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

/// A kind comes behind this word.
fn next_kind(words: &[String], at: usize) -> bool {
    words.get(at + 1..).is_some_and(|rest| {
        rest.iter()
            .any(|word| matches!(meaning(word, ""), Word::Kind(_)))
    })
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
    // `|6 MONTHS`: a sign that may have been a digit.
    let (mut words, mut doubtful) = (Vec::new(), text.contains(['|', '!', '[', ']', '\\']));
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

/// Words of sentences that must not be missed.
const WORDS: [&str; 22] = [
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
    "MANDATORY",
    "SUPERVISION",
    "SUSPENDED",
    "CONCURRENT",
];

/// A word of sentences with a misread letter (`PR0BATION`, `DAY5`, `FIME`): what it says is not known.
fn is_near(word: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let mixed = word.contains(digit) && !word.chars().all(digit);
    let misread = |known: &&str| {
        let differ = known.chars().zip(word.chars()).filter(|(a, b)| a != b);
        let most = if known.len() > 5 { 2 } else { 1 };
        known.len() == word.chars().count() && (1..=most).contains(&differ.count())
    };
    mixed || (!WORDS.contains(&word) && WORDS.iter().any(misread))
}

/// `PRO BATION`, `Y,EAR`: a sign that came between the letters of a word.
fn parted(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(2).any(|two| {
        let one = two.concat();
        WORDS.contains(&one.as_str()) && !two.iter().all(|word| WORDS.contains(word))
    })
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
        "SS" | "SUSP" | "SUSPENDED" | "ESS" => Word::Suspended,
        "ISS" => Word::NotImposed,
        "NO" | "WITHOUT" | "NON" => Word::Not,
        // `NOT TO EXCEED 3 YEARS` denies nothing.
        "NOT" if matches!(meaning(next, ""), Word::Kind(_)) => Word::Not,
        "NOT" if matches!(next, "GRANTED" | "IMPOSED" | "ORDERED") => Word::Denied,
        "DENIED" | "REFUSED" | "WAIVED" | "DELETED" | "STRICKEN" | "EXCUSED" | "REJECTED" => {
            Word::Denied
        }
        _ => Word::Nothing,
    }
}
