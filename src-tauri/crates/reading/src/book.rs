//! Pages put in order by the numbers printed on them, with doubles noticed.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{RawLine, page_mark};
use crate::{FlagKind, PagePicture};

/// The lines of all pages in the order in which they are read.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) lines: Vec<RawLine>,
    /// Pages of the file that say the same as another.
    pub(crate) doubles: BTreeSet<u32>,
    /// What a person should know about pages: the page of the file, what it is, a number where one tells more.
    pub(crate) notes: Vec<(u32, FlagKind, Option<String>)>,
    /// Pages that were read from their pictures.
    pub(crate) pictures: Vec<PagePicture>,
    /// Some page could not be read: what is on it is unknown.
    pub(crate) incomplete: bool,
}

/// What stands where pages are missing.
pub(crate) const MISSING_PAGE: &str = "(a page is missing here)";

/// Puts pages in order. Pages without numbers stay where they are, and so does everything if the numbers contradict each other.
pub(crate) fn bind(pages: Vec<Vec<RawLine>>) -> Book {
    let mut book = Book::default();
    let numbers: Vec<Option<(u32, u32)>> = pages.iter().map(|page| printed(page)).collect();
    let plain: Vec<Vec<String>> = pages.iter().map(|page| letters(page)).collect();
    let mut kept: Vec<usize> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let twin = kept.iter().copied().find(|other| {
            let same_number = match (numbers.get(at), numbers.get(*other)) {
                (Some(Some(a)), Some(Some(b))) => a == b,
                _ => true,
            };
            let two = plain.get(*other).zip(plain.get(at));
            same_number && two.is_some_and(|(other, own)| alike(other, own))
        });
        match (twin, page.first()) {
            (Some(twin), Some(first)) => {
                book.doubles.insert(first.page);
                let of = pages
                    .get(twin)
                    .and_then(|page| page.first())
                    .map(|line| line.page.to_string());
                book.notes.push((first.page, FlagKind::DoublePage, of));
            }
            _ => kept.push(at),
        }
    }
    let number = |at: &usize| numbers.get(*at).copied().flatten();
    let totals: BTreeSet<u32> = kept.iter().filter_map(number).map(|(_, of)| of).collect();
    let by_number: BTreeMap<u32, usize> = kept
        .iter()
        .filter_map(|at| Some((number(at)?.0, *at)))
        .collect();
    // One sheet, every page numbered, no number twice: then the numbers are the order.
    let orderly = totals.len() == 1 && by_number.len() == kept.len();
    // A single page's number, or the numbers of some pages, tell of more only where they are no mistake and the end is not seen.
    let mut marks: Vec<(u32, u32)> = pages
        .iter()
        .flatten()
        .filter_map(|line| page_mark(&line.text))
        .collect();
    let all = marks.len();
    marks.sort_unstable();
    marks.dedup();
    let ends = pages
        .iter()
        .flatten()
        .any(|line| line.text.to_uppercase().contains("END OF MESSAGE"));
    let believed = kept.len() > 1 && orderly || marks.len() == all && !ends;
    let mut gaps = BTreeSet::new();
    if orderly && believed {
        let order: Vec<usize> = by_number.values().copied().collect();
        if order != kept {
            for (at, _) in order.iter().zip(&kept).filter(|(a, b)| a != b) {
                if let Some(first) = pages.get(*at).and_then(|page| page.first()) {
                    let printed = number(at).map(|(n, _)| n.to_string());
                    book.notes.push((first.page, FlagKind::PageMoved, printed));
                }
            }
        }
        kept = order;
        let of = totals.first().copied().unwrap_or(0);
        let last = kept
            .last()
            .and_then(|at| pages.get(*at)?.first())
            .map_or(1, |line| line.page);
        for missing in (1..=of.min(500)).filter(|n| !by_number.contains_key(n)) {
            book.incomplete = true;
            book.notes
                .push((last, FlagKind::PageMissing, Some(missing.to_string())));
            gaps.extend(by_number.range(..missing).next_back().map(|(_, at)| *at));
        }
    } else if believed
        && totals.len() == 1
        && totals.first().is_some_and(|of| *of as usize > kept.len())
    {
        // Fewer pages than they say themselves: which ones, their numbers do not tell.
        book.incomplete = true;
        let last = pages.iter().flatten().next_back();
        let last = last.map_or(1, |line| line.page);
        book.notes.push((last, FlagKind::PageMissing, None));
    }
    let mut pages: Vec<Option<Vec<RawLine>>> = pages.into_iter().map(Some).collect();
    // Doubles go to the end: they are shown, and nothing reads on from them.
    let rest: Vec<usize> = (0..pages.len()).filter(|at| !kept.contains(at)).collect();
    for at in kept.into_iter().chain(rest) {
        if let Some(page) = pages.get_mut(at).and_then(Option::take) {
            let last = page.last().map(|line| (line.page, line.line));
            book.lines.extend(page);
            // An entry does not go on behind it as if nothing stood between.
            if let Some((page, line)) = last.filter(|_| gaps.contains(&at)) {
                book.lines.push(RawLine {
                    page,
                    line: line + 1,
                    text: MISSING_PAGE.to_owned(),
                    words: Vec::new(),
                });
            }
        }
    }
    book
}

/// `PAGE 2 OF 7` at the head or foot of a page.
fn printed(page: &[RawLine]) -> Option<(u32, u32)> {
    let lines: Vec<&RawLine> = page
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .collect();
    let foot = lines.len().saturating_sub(4).max(4);
    lines
        .iter()
        .take(4)
        .chain(lines.iter().skip(foot))
        .find_map(|line| page_mark(&line.text))
}

/// What a page says, line by line, without blanks and signs.
fn letters(page: &[RawLine]) -> Vec<String> {
    page.iter()
        .map(|line| {
            line.text
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
        })
        .filter(|line| !line.is_empty())
        .collect()
}

/// Nearly all lines are the same: a page scanned twice reads a little differently each time.
fn alike(a: &[String], b: &[String]) -> bool {
    let most = a.len().max(b.len());
    // A short page may well say the same as another.
    if most < 4 || a.len().min(b.len()) * 10 < most * 9 {
        return false;
    }
    let recognized = |x: &String, y: &String| {
        x == y
            || (x.len() == y.len()
                && x.chars().zip(y.chars()).filter(|(a, b)| a != b).count() <= 1
                && x.len() > 12)
    };
    let mut left: Vec<&String> = b.iter().collect();
    let mut other = 0;
    for line in a {
        match left.iter().position(|other| recognized(line, other)) {
            Some(at) => {
                left.remove(at);
            }
            None => other += 1,
        }
        // Enough of it is not the same.
        if (a.len() - other) * 100 < most * 96 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(of_file: u32, text: &str) -> Vec<RawLine> {
        (1..)
            .zip(text.lines())
            .map(|(line, text)| RawLine {
                page: of_file,
                line,
                text: text.into(),
                words: Vec::new(),
            })
            .collect()
    }

    fn order(book: &Book) -> Vec<u32> {
        let mut order: Vec<u32> = book.lines.iter().map(|line| line.page).collect();
        order.dedup();
        order
    }

    fn kinds(book: &Book) -> Vec<FlagKind> {
        book.notes.iter().map(|(_, kind, _)| *kind).collect()
    }

    const ONE: &str = "PAGE 1 OF 3\nA1\nA2\nA3\nA4";
    const TWO: &str = "PAGE 2 OF 3\nB1\nB2\nB3\nB4";
    const THREE: &str = "PAGE 3 OF 3\nC1\nC2\nC3\nC4";

    #[test]
    fn printed_numbers_are_the_order() {
        let book = bind(vec![page(1, TWO), page(2, THREE), page(3, ONE)]);
        assert_eq!(order(&book), [3, 1, 2]);
        assert_eq!(kinds(&book), [FlagKind::PageMoved; 3]);
        let book = bind(vec![page(1, ONE), page(2, TWO), page(3, THREE)]);
        assert_eq!((order(&book), kinds(&book)), (vec![1, 2, 3], vec![]));
    }

    #[test]
    fn a_page_scanned_twice_counts_once_and_a_missing_one_is_told() {
        let book = bind(vec![page(1, ONE), page(2, THREE), page(3, ONE)]);
        assert_eq!(order(&book), [1, 2, 3]);
        assert_eq!(kinds(&book), [FlagKind::DoublePage, FlagKind::PageMissing]);
        assert!(book.incomplete && book.doubles.contains(&3));
    }

    #[test]
    fn contradictions_leave_the_files_order() {
        let other = TWO.replace('B', "X");
        let book = bind(vec![page(1, TWO), page(2, &other), page(3, ONE)]);
        assert_eq!((order(&book), kinds(&book)), (vec![1, 2, 3], vec![]));
        let book = bind(vec![page(1, "B\nNO NUMBER"), page(2, ONE)]);
        assert_eq!(order(&book), [1, 2]);
    }
}
