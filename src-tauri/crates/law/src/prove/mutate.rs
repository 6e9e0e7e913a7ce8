//! Mutations: rules changed one at a time, to see whether the worked cases notice.
//!
//! Every date one day earlier and later, every age, amount, wait and number one step down and up, every row, gate, bar, wait, grant,
//! notice and entry of a list dropped, every exception taken from every row. A change is noticed where the pack is refused or a
//! worked case gets another answer than the law's. Only what the change can touch is read and run again: the files that decide, and
//! of the cases what they expect of the routes that the changed file decides.

mod changes;

use std::sync::atomic::{AtomicUsize, Ordering};

use packs::case::WorkedCase;
use packs::route::Kind;
use packs::{Pack, Packs, Place};

use super::{Fault, expectations};
use changes::{Change, changes};

/// How many changes were made, and those that nobody noticed.
#[derive(Debug, Clone, Default)]
pub struct Mutations {
    /// All.
    pub made: usize,
    /// Unnoticed: the place and the change.
    pub unnoticed: Vec<Fault>,
}

/// Changes the rules of a pack one by one; `each` of the changes, 1 for all of them. None where its worked cases cannot be read.
#[must_use]
pub fn mutate(pack: &Pack, each: usize) -> Mutations {
    let Ok(cases) = pack.worked_cases() else {
        return Mutations::default();
    };
    let files: Vec<(&str, &str)> = pack
        .texts_of_files()
        .filter(|(name, _)| decides(name) || names(name))
        .collect();
    let rules = files.iter().filter(|(name, _)| decides(name));
    let all: Vec<Change> = rules
        .flat_map(|(name, text)| changes(name, text))
        .step_by(each.max(1))
        .collect();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut unnoticed: Vec<Fault> = std::thread::scope(|scope| {
        let work: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| worker(pack, &files, &cases, &all, &next)))
            .collect();
        let parts = work.into_iter().map(|part| part.join().unwrap_or_default());
        parts.flatten().collect()
    });
    unnoticed.sort();
    Mutations {
        made: all.len(),
        unnoticed,
    }
}

// Files with rules in them.
fn decides(name: &str) -> bool {
    let files = ["limits.toml", "offenses.toml"];
    name.starts_with("routes/") || name.starts_with("offenses/") || files.contains(&name)
}

// Files that a pack cannot be read without.
fn names(name: &str) -> bool {
    let needed = ["pack.toml", "sources.toml"];
    name.starts_with("text/") || name.starts_with("forms/") || needed.contains(&name)
}

// Takes changes until there are none left.
fn worker(
    pack: &Pack,
    files: &[(&str, &str)],
    cases: &[WorkedCase],
    all: &[Change],
    next: &AtomicUsize,
) -> Vec<Fault> {
    let mut unnoticed = Vec::new();
    let mut touched: Option<(&str, Vec<WorkedCase>)> = None;
    while let Some(change) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
        if touched
            .as_ref()
            .is_none_or(|(file, _)| *file != change.file)
        {
            touched = Some((&change.file, touched_by(pack, &change.file, cases)));
        }
        let cases = touched.as_ref().map_or(&[][..], |(_, cases)| cases);
        if !noticed(pack.root(), files, change, cases) {
            unnoticed.push(Fault {
                place: Place {
                    file: format!("{}/{}", pack.root(), change.file),
                    line: change.line,
                },
                text: format!("nobody notices: {}", change.what),
            });
        }
    }
    unnoticed
}

// The cases, each with what it expects of the routes that a file decides: all of them, where it is no route's file.
fn touched_by(pack: &Pack, file: &str, cases: &[WorkedCase]) -> Vec<WorkedCase> {
    let id = file
        .strip_prefix("routes/")
        .and_then(|name| name.strip_suffix(".toml"));
    let Some(number) = pack.routes.iter().position(|route| Some(&*route.id) == id) else {
        return cases.to_vec();
    };
    let decided: Vec<&str> = pack
        .routes
        .iter()
        .enumerate()
        .filter(|(n, route)| {
            let like = match &route.kind {
                Kind::Automatic(automatic) => automatic.like == number,
                Kind::Rules(_) | Kind::Door(_) => false,
            };
            *n == number || like
        })
        .map(|(_, route)| route.id.as_str())
        .collect();
    let mut touched = cases.to_vec();
    for case in &mut touched {
        case.expect.retain(|e| decided.contains(&&*e.route));
        case.absent.retain(|route| decided.contains(&&**route));
    }
    touched.retain(|case| !case.expect.is_empty() || !case.absent.is_empty());
    touched
}

fn noticed(root: &str, files: &[(&str, &str)], change: &Change, cases: &[WorkedCase]) -> bool {
    let texts = files.iter().map(|(name, text)| match *name == change.file {
        true => (*name, change.text.as_str()),
        false => (*name, *text),
    });
    let Ok(pack) = Pack::from_texts(root, texts) else {
        return true;
    };
    let packs = Packs::only(vec![pack]);
    packs.iter().any(|pack| {
        let mut cases = cases.iter();
        cases.any(|case| !expectations(&packs, pack, case).is_empty())
    })
}
