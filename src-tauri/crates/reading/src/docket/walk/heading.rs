//! What stands above the counts of a case: whose it is, before which court, and after which arrest.

use record::Name;

use super::Walker;
use crate::FlagKind;
use crate::sheet::marks::Marks;
use crate::sheet::{JURISDICTION, preamble};
use crate::unproved::{Arrest, noted};

/// A court that stands as the title of a case.
const TITLES: [&str; 3] = [
    "SUPERIOR COURT OF ",
    "MUNICIPAL COURT OF ",
    "IN THE SUPERIOR COURT OF ",
];

/// The state whose courts name it in their titles.
const STATE: &str = "CALIFORNIA";

/// A court's name that begins a case without a label.
pub(super) fn is_title(text: &str) -> bool {
    TITLES.iter().any(|title| text.starts_with(title))
}

impl Walker<'_> {
    pub(super) fn defendant(&mut self, at: usize, printed: &str, marks: &mut Marks) {
        let (name, parted) = preamble::name_of(printed.trim());
        let first = self.first.get_or_insert_with(|| name.clone());
        let another = is_another(first, &name);
        self.another_last = another;
        if another && self.named && !self.case.counts.is_empty() {
            // Behind the counts of a case that has its defendant stands the next case's.
            self.next(at, marks);
        } else if self.case.counts.is_empty() && !self.named {
            self.anothers = another;
        }
        self.anothers |= another;
        self.named = true;
        if another {
            // Nothing of somebody else may land in this record.
            marks.flag(FlagKind::UnknownEntry, None, at, printed, None);
            return;
        }
        if parted || self.person.names.is_empty() {
            self.person.named(printed, at, marks);
        }
    }

    /// A court that stands behind the counts of a case which has one begins the next.
    pub(super) fn court(&mut self, at: usize, text: &str, title: bool, marks: &mut Marks) {
        if !self.case.counts.is_empty() && (title || self.case.court.is_some()) {
            self.next(at, marks);
        }
        marks.used(at);
        // A county alone says nothing: other states have counties of the same name.
        if text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == STATE)
        {
            self.case.jurisdiction = Some(noted(JURISDICTION.to_owned(), at));
        }
        self.case.court = Some(noted(text.to_owned(), at));
        if let Some((_, county)) = text.split_once("COUNTY OF ") {
            let name: Vec<&str> = county.split([',', '-', ';']).take(1).collect();
            self.case.county = Some(noted(capitalized(&name.concat()), at));
        }
    }

    /// The case so far ends before this line, which is the next one's.
    fn next(&mut self, at: usize, marks: &mut Marks) {
        self.own.retain(|own| *own != at);
        self.close(marks);
        self.own.push(at);
    }

    pub(super) fn arrest(&mut self, at: usize, set: impl FnOnce(&mut Arrest)) {
        let mut arrest = self.case.arrests.pop().unwrap_or(Arrest {
            line: at,
            ..Arrest::default()
        });
        set(&mut arrest);
        self.case.arrests.push(arrest);
    }
}

/// Neither may be a short form of the other: the family names differ, or the given names do.
fn is_another(first: &Name, other: &Name) -> bool {
    let words = |name: &Name| -> Vec<String> {
        let full = name.full().to_uppercase();
        full.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 1)
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(first), words(other));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared < 2.min(a.len()).min(b.len())
}

/// `SAN DIEGO` as one writes it.
pub(super) fn capitalized(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let mut signs = word.chars();
        let first: String = signs.next().into_iter().collect();
        format!("{first}{}", signs.as_str().to_lowercase())
    });
    words.collect::<Vec<_>>().join(" ")
}
