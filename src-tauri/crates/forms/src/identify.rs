//! Which form a file is: by its bytes, else by the number and revision it prints, else by its fields.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use packs::forms::{Edition, FormSheet};
use sha2::{Digest, Sha256};

use crate::{Blank, Kind};

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// The form's number, as printed.
    pub number: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The day of its revision, as printed.
    pub revision: Option<Date>,
    /// How it was known.
    pub by: Option<By>,
    /// How well it is known.
    pub known: Known,
    /// Which of its sheet's descriptions fits best, as a place in the sheet.
    pub edition: Option<usize>,
    /// Described fields that the file does not have.
    pub missing: Vec<String>,
    /// Fields that hold an answer already: no blank.
    pub answered: usize,
}

impl Identity {
    /// The description in a sheet that this form goes by.
    #[must_use]
    pub fn described<'a>(&self, sheet: &'a FormSheet) -> Option<&'a Edition> {
        (self.number.as_deref() == Some(&sheet.number))
            .then(|| sheet.edition.get(self.edition?))
            .flatten()
    }
}

/// How a form was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// It is the published file, byte for byte.
    Bytes,
    /// The number and revision it prints.
    Words,
    /// It has all fields that only this revision has.
    Fields,
}

impl By {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bytes => "sha256",
            Self::Words => "text",
            Self::Fields => "fields",
        }
    }
}

/// How well a form is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A revision that the packs describe: it can be filled from a record.
    Mapped,
    /// A revision that the packs know by name only, or a copy whose fields differ: it can be filled by its fields' names.
    Unmapped,
    /// A form that the packs know, in a revision that they do not.
    Revision,
    /// A form that no pack knows.
    Form,
}

impl Known {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Unmapped => "no_field_map",
            Self::Revision => "unknown_revision",
            Self::Form => "unknown_form",
        }
    }
}

/// The SHA-256 of a file, in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A description: its sheet, its place there, itself.
type Described<'a> = (&'a FormSheet, usize, &'a Edition);

/// Finds out which form a file is.
#[must_use]
pub fn identify(bytes: &[u8], blank: &Blank, sheets: &[&FormSheet]) -> Identity {
    let sum = sha256(bytes);
    let names: BTreeSet<&str> = blank
        .fields()
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let answered = |field: &&crate::Field| {
        field.value.is_some()
            && !field.read_only
            && !matches!(field.kind, Kind::Button | Kind::Signature)
    };
    let mut found = Identity {
        sha256: sum,
        number: None,
        title: None,
        revision: None,
        by: None,
        known: Known::Form,
        edition: None,
        missing: Vec::new(),
        answered: blank.fields().iter().filter(answered).count(),
    };
    let described = || {
        sheets.iter().flat_map(|sheet| {
            let editions = (0..).zip(&sheet.edition);
            editions.map(move |(place, edition)| (*sheet, place, edition))
        })
    };
    let missing = |edition: &Edition| lacks(edition, blank);
    let take = |found: &mut Identity, (sheet, place, edition): Described<'_>, by: By| {
        found.number = Some(sheet.number.clone());
        found.title = Some(sheet.title.clone());
        found.revision = Some(edition.date);
        found.by = Some(by);
        found.edition = Some(place);
        found.missing = missing(edition);
        let alone = edition.by_bytes_alone && by != By::Bytes;
        found.known = if edition.mapped() && found.missing.is_empty() && !alone {
            Known::Mapped
        } else {
            Known::Unmapped
        };
    };
    let same = |edition: &Edition| {
        edition
            .sha256
            .iter()
            .any(|sum| sum.eq_ignore_ascii_case(&found.sha256))
    };
    if let Some(described) = described().find(|(.., edition)| same(edition)) {
        take(&mut found, described, By::Bytes);
        return found;
    }
    let said = [blank.text(), blank.drawn_text()];
    let words = said.iter().find_map(|said| printed(said, sheets));
    let words = words.filter(|(number, _)| {
        // A paper that names another form prints that form's number too. It is not that form where neither fields nor title are its.
        let mut sheet = sheets.iter().filter(|sheet| sheet.number == *number);
        let own = |sheet: &&FormSheet| {
            let mut fields = sheet.edition.iter().flat_map(Edition::fields);
            names.is_empty()
                || sheet
                    .edition
                    .iter()
                    .all(|edition| edition.fields().next().is_none())
                || fields.any(|field| names.contains(field.as_str()))
                || said.iter().any(|said| titled(said, &sheet.title))
        };
        sheet.next().is_none_or(own)
    });
    if let Some((number, date)) = words {
        let sheet = sheets.iter().find(|sheet| sheet.number == number);
        found.by = Some(By::Words);
        found.title = sheet.map(|sheet| sheet.title.clone());
        found.known = if sheet.is_some() {
            Known::Revision
        } else {
            Known::Form
        };
        // Of several copies of one revision the one whose fields are all here, and of those the one that describes the most.
        let copies = described().filter(|(sheet, _, e)| sheet.number == number && e.date == date);
        let best = copies.min_by_key(|(.., edition)| {
            let fields = edition.fields().count();
            (
                edition.by_bytes_alone,
                missing(edition).len(),
                usize::MAX - fields,
            )
        });
        if let Some(described) = best {
            take(&mut found, described, By::Words);
            return found;
        }
        found.number = Some(number);
        found.revision = Some(date);
        return found;
    }
    let mut whole =
        described().filter(|(.., e)| e.mapped() && !e.by_bytes_alone && missing(e).is_empty());
    if let (Some(described), None) = (whole.next(), whole.next()) {
        take(&mut found, described, By::Fields);
        return found;
    }
    // The file's own title may still say which form it claims to be.
    let title = blank.title();
    if let Some(sheet) = sheets
        .iter()
        .find(|sheet| title.split_whitespace().next() == Some(&sheet.number))
    {
        found.number = Some(sheet.number.clone());
        found.title = Some(sheet.title.clone());
        found.known = Known::Revision;
    }
    found
}

/// The described fields that a form does not have, or has as something else: a fact wants a field of text, a condition a box.
fn lacks(edition: &Edition, blank: &Blank) -> Vec<String> {
    let kinds: BTreeMap<&str, Kind> = blank
        .fields()
        .iter()
        .map(|field| (field.name.as_str(), field.kind))
        .collect();
    let missing = |name: &String, fits: &dyn Fn(Kind) -> bool| {
        let name = edition.field(name);
        let there = kinds.get(name.as_str()).is_some_and(|kind| fits(*kind));
        (!there).then_some(name)
    };
    let text = edition.text.keys();
    let text = text.filter_map(|n| missing(n, &|kind| matches!(kind, Kind::Text | Kind::Choice)));
    let tick = edition.tick.keys();
    let tick = tick.filter_map(|n| missing(n, &|kind| matches!(kind, Kind::Check | Kind::Radio)));
    let others = edition.blank.keys().filter_map(|n| missing(n, &|_| true));
    text.chain(tick).chain(others).collect()
}

/// Whether a text bears a title: more than half of its longer words, whatever their order.
fn titled(text: &str, title: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphabetic());
        let long = words.filter(|word| word.chars().count() > 3);
        long.map(str::to_lowercase).collect()
    };
    let wanted = words(title);
    2 * wanted.intersection(&words(text)).count() > wanted.len()
}

/// The number and revision printed most often: `AB-123 [Rev. January 1, 2024]`, however its words are spaced.
fn printed(spaced: &str, sheets: &[&FormSheet]) -> Option<(String, Date)> {
    let text: String = spaced.chars().filter(|c| !c.is_whitespace()).collect();
    let known = |number: &str| sheets.iter().any(|sheet| sheet.number == number);
    let number = |before: &str| number(before, spaced, &known);
    let mut found: BTreeMap<(String, Date), usize> = BTreeMap::new();
    for (at, _) in text.match_indices('[') {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at + 1..)) else {
            continue;
        };
        let inside = after.split(']').next().unwrap_or_default();
        if let (Some(number), Some(date)) = (number(before), revision(inside)) {
            *found.entry((number, date)).or_default() += 1;
        }
    }
    let most = found.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(printed, _)| printed)
        .or_else(|| apart(&text, number))
}

/// Number and revision printed apart from each other: `Revised March 2, 2018` at the left and `AB-001, Page 1 of 2` at the right.
fn apart(text: &str, number: impl Fn(&str) -> Option<String>) -> Option<(String, Date)> {
    let mut numbers: BTreeSet<String> = BTreeSet::new();
    for (at, _) in text.match_indices(",Page") {
        numbers.extend(text.get(..at).and_then(&number));
    }
    let mut dates: BTreeSet<Date> = BTreeSet::new();
    for word in ["Rev", "New"] {
        for (at, _) in text.match_indices(word) {
            let window: String = text
                .get(at..)
                .unwrap_or_default()
                .chars()
                .take(30)
                .collect();
            dates.extend(revision(&window));
        }
    }
    // Two of either leave it open which belong together.
    match (numbers.len(), dates.len()) {
        (1, 1) => numbers.pop_first().zip(dates.pop_first()),
        _ => None,
    }
}

/// A form's number at the end of a text without blanks: two to four capitals, a hyphen, digits, perhaps more letters. `spaced` is the whole
/// text as it is printed.
fn number(before: &str, spaced: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| {
            c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.')
        })
        .last()?
        .0;
    let word = before.get(start..)?;
    // Words printed just before it run into it once blanks are gone: the number starts at the letters before its hyphen.
    let (letters, rest) = word.rsplit_once('-')?;
    let short = letters
        .bytes()
        .rev()
        .take_while(u8::is_ascii_uppercase)
        .count();
    if short == 0 || !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let readings: Vec<&str> = (1..=short.min(4))
        .rev()
        .filter_map(|taken| word.get(letters.len() - taken..))
        .map(|reading| reading.trim_end_matches('.'))
        .collect();
    // `ASSETSAB-123`: of its readings the one that a pack knows, or that stands by itself elsewhere on the page.
    let by_itself = |reading: &str| {
        spaced.match_indices(reading).any(|(at, _)| {
            let before = spaced.get(..at).and_then(|text| text.chars().next_back());
            !before.is_some_and(char::is_alphanumeric)
        })
    };
    let right = readings.iter().find(|reading| known(reading));
    let right = right.or_else(|| readings.iter().find(|reading| by_itself(reading)));
    right.or(readings.first()).map(|&number| number.to_owned())
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `New July 1, 2017`, `Rev. Jan. 1, 2024`, `Revised March 14, 2022`, all without blanks.
fn revision(inside: &str) -> Option<Date> {
    let lower = inside.to_lowercase();
    let rest = ["new", "revised", "rev.", "rev"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))?;
    let month = MONTHS.iter().position(|month| rest.starts_with(month))?;
    let mut numbers = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| digits.get(..digits.len().min(4))?.parse::<i16>().ok());
    let (day, year) = (numbers.next()?, numbers.next()?);
    Date::new(year, i8::try_from(month + 1).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn number_and_revision_are_read_from_a_foot_however_spaced() {
        for (text, number, day) in [
            ("AB-400 [Rev. January 1, 2024]", "AB-400", date(2024, 1, 1)),
            (
                "Judicial Council AB - 31\n[New July 1,\n2017]",
                "AB-31",
                date(2017, 7, 1),
            ),
            (
                "see form CD-025 [x] AB-744A [Revised March 14, 2022] page",
                "AB-744A",
                date(2022, 3, 14),
            ),
            ("AB-1 [Rev. Sept. 21, 2022]", "AB-1", date(2022, 9, 21)),
            (
                "AB-115\nSTATEMENT OF ASSETSAB-115 [Rev. July 1, 2013]",
                "AB-115",
                date(2013, 7, 1),
            ),
            (
                "STATEMENT OF ASSETS AB-115 [Rev. July 1, 2013]",
                "AB-115",
                date(2013, 7, 1),
            ),
            (
                "Revised March 2, 2018 Request AB-001, Page 2 of 2",
                "AB-001",
                date(2018, 3, 2),
            ),
        ] {
            let found = printed(text, &[]);
            assert_eq!(found, Some((number.to_owned(), day)), "{text}");
        }
        assert_eq!(printed("no form at all [Rev. January 1, 2024]", &[]), None);
        assert_eq!(printed("AB-400 [Rev. Undecember 1, 2024]", &[]), None);
    }
}
