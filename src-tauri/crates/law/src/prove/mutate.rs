//! Mutations: rules changed one at a time, to see whether the worked cases notice.
//!
//! Every date one day earlier and later, every age, amount and number one step down and up, every row, gate, bar, wait, grant and
//! notice dropped, every exception taken from every row. A change is noticed where the pack is refused or a worked case gets
//! another answer than the law's.

use jiff::ToSpan;
use jiff::civil::Date;
use packs::{Pack, Packs, Place};

use super::{Fault, expectations};

/// How many changes were made, and those that nobody noticed.
#[derive(Debug, Clone, Default)]
pub struct Mutations {
    /// All.
    pub made: usize,
    /// Unnoticed: the place and the change.
    pub unnoticed: Vec<Fault>,
}

struct Change {
    file: String,
    line: usize,
    what: String,
    text: String,
}

/// Changes the rules of a pack one by one; `each` of the changes, 1 for all of them.
#[must_use]
pub fn mutate(pack: &Pack, each: usize) -> Mutations {
    let files: Vec<(&str, &str)> = pack.texts_of_files().collect();
    let decides = |name: &str| {
        name.starts_with("routes/") || name == "limits.toml" || name == "offenses.toml"
    };
    let rules = files.iter().filter(|(name, _)| decides(name));
    let all: Vec<Change> = rules
        .flat_map(|(name, text)| changes(name, text))
        .step_by(each.max(1))
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(threads).max(1);
    let unnoticed = std::thread::scope(|scope| {
        let work = all.chunks(share).map(|part| {
            let files = &files;
            scope.spawn(move || {
                part.iter()
                    .filter(|change| !noticed(pack.root(), files, change))
                    .map(|change| Fault {
                        place: Place {
                            file: format!("{}/{}", pack.root(), change.file),
                            line: change.line,
                        },
                        text: format!("nobody notices: {}", change.what),
                    })
                    .collect::<Vec<_>>()
            })
        });
        let work: Vec<_> = work.collect();
        work.into_iter()
            .flat_map(|part| part.join().unwrap_or_default())
            .collect()
    });
    Mutations {
        made: all.len(),
        unnoticed,
    }
}

fn noticed(root: &str, files: &[(&str, &str)], change: &Change) -> bool {
    let texts = files.iter().map(|(name, text)| match *name == change.file {
        true => (*name, change.text.as_str()),
        false => (*name, *text),
    });
    let Ok(pack) = Pack::from_texts(root, texts) else {
        return true;
    };
    let packs = Packs::only(vec![pack]);
    packs.iter().any(|pack| match pack.worked_cases() {
        Ok(cases) => cases
            .iter()
            .any(|case| !expectations(&packs, pack, case).is_empty()),
        Err(_) => true,
    })
}

fn changes(file: &str, text: &str) -> Vec<Change> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    let mut add = |line: usize, what: String, text: String| {
        all.push(Change {
            file: file.to_owned(),
            line: line + 1,
            what,
            text,
        });
    };
    let with = |line: usize, new: &str| {
        let mut changed = lines.clone();
        changed[line] = new;
        changed.join("\n")
    };
    for (n, line) in lines.iter().enumerate() {
        let code = line.split(" # ").next().unwrap_or(line);
        if code.trim_start().starts_with('#') {
            continue;
        }
        for (from, to) in steps(code) {
            let new = line.replacen(&from, &to, 1);
            add(n, format!("`{from}` to `{to}`"), with(n, &new));
        }
        if code.trim_start().starts_with("{ of = ") && file.starts_with("routes/") {
            add(n, "the row dropped".to_owned(), with(n, ""));
        }
        for id in listed(code, "unless = [") {
            let new = line.replacen(&format!("\"{id}\", "), "", 1);
            let new = if new == *line {
                line.replacen(&format!(", \"{id}\"]"), "]", 1)
            } else {
                new
            };
            let new = if new == *line {
                line.replacen(&format!("[\"{id}\"]"), "[]", 1)
            } else {
                new
            };
            add(
                n,
                format!("the exception `{id}` taken from the row"),
                with(n, &new),
            );
        }
        let kinds = [
            "[[gate]]",
            "[[bar]]",
            "[[wait]]",
            "[[grant]]",
            "[[notice]]",
            "[[reach]]",
        ];
        if kinds.iter().any(|kind| code.starts_with(kind)) {
            let end = lines.iter().skip(n + 1).position(|l| l.starts_with('['));
            let end = end.map_or(lines.len(), |end| n + 1 + end);
            let mut changed = lines.clone();
            changed.drain(n..end);
            add(n, format!("`{}` dropped", code.trim()), changed.join("\n"));
        }
    }
    all
}

// Every number of a line that decides, one step down and up, as the piece of text to put in its place.
fn steps(line: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for piece in line.split('"').skip(1).step_by(2) {
        if let Ok(day) = piece.parse::<Date>() {
            for moved in [day.checked_sub(1.day()), day.checked_add(1.day())]
                .into_iter()
                .flatten()
            {
                all.push((format!("\"{piece}\""), format!("\"{moved}\"")));
            }
        }
        if let Some(number) = piece.strip_prefix("<= ").or(piece.strip_prefix("> ")) {
            let (value, unit) = number.split_once(' ').unwrap_or((number, ""));
            let step = if unit == "g" { "0.1" } else { "1" };
            if let (Ok(value), Ok(step)) = (
                value.parse::<rust_decimal::Decimal>(),
                step.parse::<rust_decimal::Decimal>(),
            ) {
                for moved in [value - step, value + step] {
                    all.push((
                        format!("\"{piece}\""),
                        format!(
                            "\"{}\"",
                            piece.replacen(&value.to_string(), &moved.to_string(), 1)
                        ),
                    ));
                }
            }
        }
    }
    if let Some((_, rest)) = line.split_once("age = \"") {
        let age = rest.split('"').next().unwrap_or_default();
        let numbers = age
            .split(|c: char| !c.is_ascii_digit())
            .filter(|n| !n.is_empty());
        for number in numbers {
            for moved in moved(number) {
                all.push((
                    format!("age = \"{age}\""),
                    format!("age = \"{}\"", age.replacen(number, &moved, 1)),
                ));
            }
        }
    }
    for key in ["at_least", "years", "under", "within"] {
        let marker = format!("{key} = ");
        if let Some((_, rest)) = line.split_once(&marker) {
            let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
            for moved in moved(&number) {
                all.push((format!("{marker}{number}"), format!("{marker}{moved}")));
            }
        }
    }
    all
}

fn moved(number: &str) -> Vec<String> {
    let Ok(value) = number.parse::<u32>() else {
        return Vec::new();
    };
    let down = value.checked_sub(1).map(|down| down.to_string());
    down.into_iter().chain([(value + 1).to_string()]).collect()
}

fn listed(line: &str, marker: &str) -> Vec<String> {
    let Some((_, rest)) = line.split_once(marker) else {
        return Vec::new();
    };
    let inside = rest.split(']').next().unwrap_or_default();
    inside
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}
