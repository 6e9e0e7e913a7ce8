//! The changes themselves: a rule's text with one number, row or part other than it was.

use jiff::ToSpan;
use jiff::civil::Date;

/// One change of one file.
pub(super) struct Change {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) what: String,
    pub(super) text: String,
}

/// Every change of a file.
pub(super) fn changes(file: &str, text: &str) -> Vec<Change> {
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
        // The first day of a list decides nothing by itself: the prover asks that it is no later than the routes that name it.
        let list = file.starts_with("offenses/") && code.starts_with("from = ");
        for (from, to) in steps(code).into_iter().filter(|_| !list) {
            let new = line.replacen(&from, &to, 1);
            add(n, format!("`{from}` to `{to}`"), with(n, &new));
        }
        // A row of a table, or an entry of a list; one that stands in one line with others of its list is not taken out of it.
        let row = ["{ of = ", "{ section = ", "{ code = "];
        let decides = file.starts_with("routes/") || file.starts_with("offenses/");
        if decides && row.iter().any(|row| code.trim_start().starts_with(row)) {
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
    // A wait is in years. A deadline, in days, answers no record: it is dated by a function with tests of its own.
    if let Some((_, rest)) = line.split_once("plus = \"")
        && let Some(time) = rest.split('"').next().filter(|t| t.contains(" year"))
    {
        let number: String = time.chars().take_while(char::is_ascii_digit).collect();
        for moved in moved(&number) {
            all.push((
                format!("plus = \"{time}\""),
                format!("plus = \"{moved} years\""),
            ));
        }
    }
    for key in [
        "at_least",
        "years",
        "under",
        "within",
        "convictions",
        "arrests",
    ] {
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
