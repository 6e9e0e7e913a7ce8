//! A pack as a book that a lawyer reads and marks up: every route, table, list, citation, date and worked case, as Markdown.
//!
//! The book is made from the files that decide, by their own keys, and says nothing of its own: where a file names a text or a
//! citation, the text and the citation stand there with their status.

use std::fmt::Write as _;

use record::clinic::Language;
use toml::{Table, Value};

use crate::route::{Asked, Route};
use crate::{Pack, Packs};

/// The parts of a route in the order in which they are read; any other comes after.
const ORDER: [&str; 20] = [
    "route",
    "automatic",
    "bears",
    "gate",
    "reach",
    "not_reached",
    "bar",
    "row",
    "except",
    "wait",
    "grant",
    "presumed",
    "deadline",
    "presumption",
    "lesser",
    "completed",
    "serving",
    "notice",
    "procedure",
    "warning",
];

/// Where a reader leaves a mark.
const MARK: &str = "☐ right  ☐ wrong  ☐ see note";

/// All packs as one book.
#[must_use]
pub fn print(packs: &Packs) -> String {
    let mut out = String::new();
    for pack in packs.iter() {
        let mut book = Book {
            pack,
            out: &mut out,
        };
        // Writing to a string cannot fail.
        let _ = book.print();
    }
    out
}

struct Book<'a> {
    pack: &'a Pack,
    out: &'a mut String,
}

impl Book<'_> {
    fn print(&mut self) -> std::fmt::Result {
        let Pack {
            id,
            version,
            publisher,
            reviewed,
            ..
        } = self.pack;
        writeln!(self.out, "# {id}, version {version}\n")?;
        writeln!(
            self.out,
            "{publisher}; reviewed as a whole on {reviewed}.\n"
        )?;
        let files: Vec<(String, Table)> = self
            .pack
            .texts_of_files()
            .filter_map(|(name, text)| Some((name.to_owned(), text.parse().ok()?)))
            .collect();
        let under = |folder: &str| {
            let folder = folder.to_owned();
            files
                .iter()
                .filter(move |(name, _)| name.starts_with(&folder))
        };
        writeln!(self.out, "## Routes\n")?;
        for (name, route) in under("routes/") {
            self.route(name, route)?;
        }
        writeln!(self.out, "## Figures and classes\n")?;
        for (name, table) in under("limits.toml") {
            self.parts(name, table, &[], &[])?;
        }
        writeln!(self.out, "## Offenses and lists\n")?;
        for (name, table) in under("offenses.toml").chain(under("offenses/")) {
            self.parts(name, table, &[], &[])?;
        }
        self.sources()?;
        writeln!(self.out, "## Worked cases\n")?;
        for (name, table) in under("cases/") {
            self.cases(name, table)?;
        }
        Ok(())
    }

    fn route(&mut self, name: &str, route: &Table) -> std::fmt::Result {
        let id = route
            .get("route")
            .and_then(|head| head.get("id"))
            .and_then(Value::as_str);
        let id = id.unwrap_or(name);
        let title = self.pack.texts.of(Language::En).route.get(id);
        writeln!(self.out, "### {id}: {}\n", title.map_or("", String::as_str))?;
        let tests = self.pack.route(id).map(Route::tests).unwrap_or_default();
        self.parts(name, route, &ORDER, &tests)
    }

    fn parts(
        &mut self,
        name: &str,
        table: &Table,
        order: &[&str],
        tests: &[Asked<'_>],
    ) -> std::fmt::Result {
        writeln!(self.out, "File `{name}`. {MARK}\n")?;
        let mut keys: Vec<&String> = table.keys().collect();
        let place = |key: &str| {
            order
                .iter()
                .position(|one| *one == key)
                .unwrap_or(order.len())
        };
        keys.sort_by_key(|key| place(key));
        for key in keys {
            match &table[key] {
                Value::Array(all) if all.iter().all(Value::is_table) && !all.is_empty() => {
                    for (n, part) in all.iter().filter_map(Value::as_table).enumerate() {
                        let id = part.get("id").and_then(Value::as_str).unwrap_or_default();
                        writeln!(self.out, "**{key} {}** {id}  {MARK}\n", n + 1)?;
                        let mut tests = tests.iter();
                        let asked = tests.find(|t| t.kind == key.as_str() && t.number == n);
                        self.fields(part, asked)?;
                    }
                }
                Value::Table(part) => {
                    writeln!(self.out, "**{key}**  {MARK}\n")?;
                    self.fields(part, None)?;
                }
                other => writeln!(self.out, "- {key}: {}\n", plain(other))?,
            }
        }
        Ok(())
    }

    // One part: a line for each key; what is named is said in full.
    fn fields(&mut self, part: &Table, asked: Option<&Asked<'_>>) -> std::fmt::Result {
        for (key, value) in part.iter().filter(|(key, _)| *key != "id") {
            match asked.filter(|_| key == "test") {
                Some(asked) => {
                    let words = self.pack.test_in_words(asked.test);
                    writeln!(self.out, "- asks whether {words}")?;
                }
                None => writeln!(self.out, "- {key}: {}", plain(value))?,
            }
            self.named(key, value)?;
        }
        writeln!(self.out)
    }

    fn named(&mut self, key: &str, value: &Value) -> std::fmt::Result {
        match (key, value) {
            ("cite", Value::String(id)) => self.citation(id),
            ("say", Value::String(text)) => {
                let Some(words) = self.pack.texts.of(Language::En).reason.get(text) else {
                    return Ok(());
                };
                let all = [
                    ("yes", Some(&words.yes)),
                    ("no", words.no.as_ref()),
                    ("unknown", words.unknown.as_ref()),
                ];
                for (when, text) in all
                    .into_iter()
                    .filter_map(|(when, text)| Some((when, text?)))
                {
                    writeln!(self.out, "  - says when {when}: {text}")?;
                }
                Ok(())
            }
            ("review" | "arguable", Value::String(text)) => {
                match self.pack.texts.of(Language::En).review.get(text) {
                    Some(words) => writeln!(self.out, "  - points out: {words}"),
                    None => Ok(()),
                }
            }
            ("code", Value::String(text)) => {
                match self.pack.texts.of(Language::En).warning.get(text) {
                    Some(words) => writeln!(self.out, "  - warns: {words}"),
                    None => Ok(()),
                }
            }
            (_, Value::Table(inner)) => inner
                .iter()
                .try_for_each(|(key, value)| self.named(key, value)),
            (_, Value::Array(all)) => all
                .iter()
                .filter_map(Value::as_table)
                .flat_map(|inner| inner.iter())
                .try_for_each(|(key, value)| self.named(key, value)),
            _ => Ok(()),
        }
    }

    fn citation(&mut self, id: &str) -> std::fmt::Result {
        let found = self.pack.sources.iter().find(|(known, _)| *known == id);
        let Some((_, source)) = found else {
            return Ok(());
        };
        let status = format!("{:?}", source.status);
        writeln!(self.out, "  - {}: {} ({status})", source.cite, source.full)
    }

    fn sources(&mut self) -> std::fmt::Result {
        writeln!(self.out, "## Citations\n")?;
        writeln!(
            self.out,
            "| id | citation | status | by, on | where to read it | note |"
        )?;
        writeln!(self.out, "|---|---|---|---|---|---|")?;
        for (id, source) in self.pack.sources.iter() {
            let on = source.on.map(|on| on.to_string()).unwrap_or_default();
            let by = source.by.clone().unwrap_or_default();
            let cells = [
                id.to_owned(),
                source.full.clone(),
                format!("{:?}", source.status),
                format!("{by} {on}"),
                source.place.clone(),
                source.note.clone().unwrap_or_default(),
            ];
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            writeln!(self.out, "| {} |", cells.join(" | "))?;
        }
        writeln!(self.out)
    }

    fn cases(&mut self, name: &str, table: &Table) -> std::fmt::Result {
        writeln!(self.out, "File `{name}`.\n")?;
        for case in parts(table, "case") {
            let name = format!("**{}** {}", text(case, "id"), text(case, "title"));
            self.asked(&name, case, case)?;
            self.record(case)?;
            self.expected(case)?;
        }
        for table in parts(table, "table") {
            let (id, title) = (text(table, "id"), text(table, "title"));
            writeln!(self.out, "**{id}** {title}: cases that share a record.\n")?;
            self.record(table)?;
            writeln!(self.out)?;
            for row in parts(table, "row") {
                let of = text(row, "id");
                self.asked(&format!("**{id}/{of}** {title}: {of}"), row, table)?;
                for (path, value) in row
                    .get("set")
                    .and_then(Value::as_table)
                    .into_iter()
                    .flatten()
                {
                    writeln!(self.out, "- other than there: {path} is {}", plain(value))?;
                }
                if let Some(paths) = row.get("drop") {
                    writeln!(self.out, "- not known, or not there: {}", plain(paths))?;
                }
                self.expected(row)?;
            }
        }
        Ok(())
    }

    fn asked(&mut self, name: &str, case: &Table, dated: &Table) -> std::fmt::Result {
        let as_of = case.get("as_of").or(dated.get("as_of"));
        writeln!(self.out, "{name}  {MARK}\n")?;
        writeln!(
            self.out,
            "- why: {} ({}); asked for {}",
            text(case, "why"),
            text(case, "cite"),
            as_of.map(plain).unwrap_or_default()
        )
    }

    fn record(&mut self, case: &Table) -> std::fmt::Result {
        let record = case.get("record").and_then(Value::as_table);
        for key in ["person", "now"] {
            if let Some(part) = record.and_then(|record| record.get(key)) {
                writeln!(self.out, "- {key}: {}", plain(part))?;
            }
        }
        let cases = record.into_iter().flat_map(|record| parts(record, "cases"));
        for (k, one) in cases.enumerate() {
            let one = Value::Table(one.clone());
            writeln!(self.out, "- case {k}: {}", plain(&one))?;
        }
        Ok(())
    }

    fn expected(&mut self, case: &Table) -> std::fmt::Result {
        for expected in parts(case, "expect") {
            let expected = Value::Table(expected.clone());
            writeln!(self.out, "- **expected:** {}", plain(&expected))?;
        }
        if let Some(absent) = case.get("absent") {
            writeln!(self.out, "- **says nothing:** {}", plain(absent))?;
        }
        writeln!(self.out)
    }
}

fn parts<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> {
    let all = table.get(key).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_table)
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).map(plain).unwrap_or_default()
}

// A value in one line.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Table(table) => {
            let all = table.iter().map(|(key, value)| match value {
                Value::Table(_) | Value::Array(_) => format!("{key} ({})", plain(value)),
                _ => format!("{key} {}", plain(value)),
            });
            all.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
