//! Tables for other programs: CSV by a layout that says which column is called what. Encrypted unless a reason is given.
//!
//! A layout is TOML, one `[[column]]` after the other, each with the `title` the other program asks for and either a `field` of ours or a
//! fixed `text`. Two come with the program, shaped as LegalServer and Clio import contacts; a clinic brings its own file for others.

use std::io::Write;
use std::path::Path;

use age::secrecy::SecretString;
use jiff::Timestamp;
use record::answers::Contact;
use record::{PartialDate, Record};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::audit::Operation;
use crate::client::ClientId;
use crate::door::View;
use crate::filing::Step;
use crate::foreign::Foreign;
use crate::rights::Act;
use crate::secret::Passphrase;
use crate::vault::Vault;
use crate::{Error, Result, folder};

const WRITING: &str = "writing the table";

/// Which columns a table has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    column: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    title: String,
    field: Option<Field>,
    text: Option<String>,
}

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Field {
    Id,
    Given,
    Middle,
    Family,
    Suffix,
    Name,
    Born,
    Phone,
    Email,
    Address,
    Language,
    Status,
    Cases,
    Counties,
    Numbers,
    Added,
    Changed,
    Filed,
    Granted,
    Denied,
}

/// How a file with clients' data leaves.
#[derive(Debug, Clone, Copy)]
pub enum Guard<'a> {
    /// As an age file under a passphrase of its own, which any age program opens.
    Encrypted(&'a Passphrase),
    /// In clear, for this reason, which goes into the log's place for it: keep names out of it.
    InClear(&'a str),
}

impl Layout {
    /// Reads a layout.
    ///
    /// # Errors
    /// [`Error::NotALayout`] with the place in the text.
    pub fn from_toml(text: &str) -> Result<Self> {
        let layout: Self = toml::from_str(text).map_err(|error| {
            let before = error
                .span()
                .map_or("", |span| text.get(..span.start).unwrap_or_default());
            Error::NotALayout {
                line: before.matches('\n').count() + 1,
            }
        })?;
        let whole = layout
            .column
            .iter()
            .all(|c| c.field.is_some() != c.text.is_some());
        if layout.column.is_empty() || !whole {
            return Err(Error::NotALayout { line: 1 });
        }
        Ok(layout)
    }

    /// Reads a layout from its file.
    ///
    /// # Errors
    /// [`Error::Unread`], [`Error::NotALayout`].
    pub fn read(file: &Path) -> Result<Self> {
        Self::from_toml(&Foreign::Layout.text(file)?)
    }

    /// One that comes with the program: `legalserver` or `clio`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let text = match name {
            "legalserver" => include_str!("../layouts/legalserver.toml"),
            "clio" => include_str!("../layouts/clio.toml"),
            _ => return None,
        };
        Self::from_toml(text).ok()
    }
}

impl Vault {
    /// Writes every client as one line of a CSV file.
    ///
    /// # Errors
    /// [`Error::NotForThisRole`], [`Error::NameEmpty`] for a missing reason, [`Error::PassphraseWeak`], [`Error::Exists`], or the disk's.
    pub fn write_table(
        &mut self,
        layout: &Layout,
        file: &Path,
        guard: Guard<'_>,
        at: Timestamp,
    ) -> Result<u64> {
        self.needs(Act::Export)?;
        let rows = self.read().clients("", u32::MAX)?;
        // Every cell in quotes: a semicolon or a tab inside one parts it nowhere, whatever a spreadsheet takes for the mark between cells.
        let mut csv = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(Vec::new());
        let broken = |_| Error::Stored { what: "table" };
        csv.write_record(layout.column.iter().map(|c| defused(&c.title)))
            .map_err(broken)?;
        for row in &rows {
            let line = Line::of(self.read(), &row.id)?;
            let cells = layout
                .column
                .iter()
                .map(|column| match (column.field, &column.text) {
                    (Some(field), _) => defused(&line.cell(field)),
                    (None, text) => defused(text.as_deref().unwrap_or_default()),
                });
            csv.write_record(cells).map_err(broken)?;
        }
        let bytes = Zeroizing::new(
            csv.into_inner()
                .map_err(|_| Error::Stored { what: "table" })?,
        );
        let ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        self.write_guarded(Operation::WriteTable, &ids, file, guard, &bytes, at)?;
        Ok(ids.len() as u64)
    }

    /// Writes one client's record as JSON, for the next lawyer.
    ///
    /// # Errors
    /// As [`Vault::write_table`], and [`Error::NoSuchClient`].
    pub fn write_record(
        &mut self,
        client: &ClientId,
        file: &Path,
        guard: Guard<'_>,
        at: Timestamp,
    ) -> Result<()> {
        self.needs(Act::Export)?;
        let text = Zeroizing::new(self.read().record(client)?.to_json());
        self.write_guarded(
            Operation::Export,
            std::slice::from_ref(client),
            file,
            guard,
            text.as_bytes(),
            at,
        )
    }

    fn write_guarded(
        &mut self,
        operation: Operation,
        clients: &[ClientId],
        file: &Path,
        guard: Guard<'_>,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<()> {
        let said = match guard {
            Guard::Encrypted(passphrase) => {
                passphrase.strong_enough(&[self.clinic_name()])?;
                "encrypted".to_owned()
            }
            Guard::InClear(reason) if reason.trim().is_empty() => {
                return Err(Error::NameEmpty { what: "reason" });
            }
            Guard::InClear(reason) => format!("in clear: {}", reason.trim()),
        };
        folder::is_free(file, WRITING)?;
        // In the log before it is on the disk: a file that nobody wrote down would be worse than a row without a file.
        self.transact(operation, at, |tx| {
            tx.subject(said);
            clients.iter().try_for_each(|id| tx.about(id))
        })?;
        folder::write_new(file, WRITING, |out| match guard {
            Guard::InClear(_) => out.write_all(bytes),
            Guard::Encrypted(passphrase) => {
                let secret = SecretString::from(passphrase.as_str().to_owned());
                let mut stream = age::Encryptor::with_user_passphrase(secret).wrap_output(out)?;
                stream.write_all(bytes)?;
                stream.finish().map(|_| ())
            }
        })
    }
}

/// What a line is made of.
struct Line {
    row: crate::ClientRow,
    record: Record,
    contact: Contact,
    filings: Vec<crate::Filing>,
}

impl Line {
    fn of(read: View<'_>, id: &ClientId) -> Result<Self> {
        Ok(Self {
            row: read.client(id)?,
            record: read.record(id)?,
            contact: read.contact(id)?.unwrap_or_default(),
            filings: read.filings(id)?,
        })
    }

    /// A cell; what is not known is empty.
    fn cell(&self, field: Field) -> String {
        let name = &self.record.person.name;
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        match field {
            Field::Id => self.row.id.to_string(),
            Field::Given => some(&name.given),
            Field::Middle => some(&name.middle),
            Field::Family => some(&name.family),
            Field::Suffix => some(&name.suffix),
            Field::Name => self.row.name.clone(),
            Field::Born => self
                .record
                .person
                .born
                .as_ref()
                .map(PartialDate::to_string)
                .unwrap_or_default(),
            Field::Phone => some(&self.contact.phone),
            Field::Email => some(&self.contact.email),
            Field::Address => self
                .contact
                .address
                .as_ref()
                .map(|lines| lines.join(", "))
                .unwrap_or_default(),
            Field::Language => self
                .contact
                .language
                .and_then(|language| serde_json::to_value(language).ok())
                .and_then(|value| value.as_str().map(str::to_owned))
                .unwrap_or_default(),
            Field::Status => self.row.status.clone(),
            Field::Cases => self.row.cases.to_string(),
            Field::Counties => self.row.counties.join("; "),
            Field::Numbers => {
                let numbers = self
                    .record
                    .cases
                    .iter()
                    .filter_map(|case| case.number.as_deref());
                numbers.collect::<Vec<_>>().join("; ")
            }
            Field::Added => day(self.row.added),
            Field::Changed => day(self.row.changed),
            Field::Filed => self.first(Step::Filed),
            Field::Granted => self.first(Step::Granted),
            Field::Denied => self.first(Step::Denied),
        }
    }

    fn first(&self, step: Step) -> String {
        let days = self
            .filings
            .iter()
            .filter(|filing| filing.step == step)
            .map(|filing| filing.day);
        days.min().map(|day| day.to_string()).unwrap_or_default()
    }
}

fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// A cell that no spreadsheet runs: text that begins as a formula, also after spaces or as its full-width twin, gets an apostrophe.
fn defused(cell: &str) -> String {
    let first = cell
        .trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}'])
        .chars()
        .next();
    let runs = matches!(
        first,
        Some(
            '=' | '+'
                | '-'
                | '@'
                | '\t'
                | '\r'
                | '\n'
                | '\u{ff1d}'
                | '\u{ff0b}'
                | '\u{ff0d}'
                | '\u{ff20}'
        )
    );
    if runs {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{a0}=1",
            "＝1",
            "=HYPERLINK(\"x\")",
        ] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        for cell in ["", "Rosa", "05-F-01234", "O'Brien", "a=b", "2008-03"] {
            assert_eq!(defused(cell), cell);
        }
    }

    #[test]
    fn the_layouts_that_come_with_the_program_are_whole_and_others_are_refused_at_their_line() {
        for name in ["legalserver", "clio"] {
            assert!(Layout::named(name).is_some(), "{name}");
        }
        assert!(Layout::named("other").is_none());
        for (text, line) in [
            ("", 1),
            ("[[column]]\ntitle = \"A\"\n", 1),
            ("[[column]]\ntitle = \"A\"\nfield = \"ssn\"\n", 3),
            (
                "[[column]]\ntitle = \"A\"\nfield = \"id\"\n\n[[column]]\ntitel = \"B\"\n",
                6,
            ),
        ] {
            let refused = Layout::from_toml(text);
            assert!(
                matches!(refused, Err(Error::NotALayout { line: l }) if l == line),
                "{text}: {refused:?}"
            );
        }
    }
}
