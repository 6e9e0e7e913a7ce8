//! The log of who did what: on the screen, as a paper, and whether it is whole.

use std::collections::BTreeMap;
use std::path::Path;

use papers::figures::{Figures, Part, Table, printable};
use vault::{Act, AuditHead, AuditRow, ClientId, Operation};

use crate::backups::{file_name, free};
use crate::clients::row_of;
use crate::view::{LogAsk, LogPage, LogRow, LogVerdict, LogVerify, Written};
use crate::words;
use crate::{Desk, Error, Moment, Printer, Result};

/// Rows that a screen shows at once.
const PAGE: u32 = 100;

/// Rows that a paper has at most: forty pages.
const PAPER: u32 = 2000;

impl Desk {
    /// Rows of the log, newest first. Administrators and attorneys.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn log(&self, ask: &LogAsk) -> Result<LogPage> {
        self.needs(Act::ReadLog)?;
        let view = self.vault.read();
        let rows = view.audit_before(ask.before, PAGE)?;
        Ok(LogPage {
            next: rows.last().map(|row| row.seq).filter(|seq| *seq > 1),
            rows: self.log_rows(rows)?,
            head: view.audit_head()?.to_string(),
        })
    }

    /// Looks the office through: every page, every signature of the log, every record; and whether the log holds a noted head.
    ///
    /// # Errors
    /// The role's; what was given is no head; or the database is too damaged to be looked through.
    pub fn verify(&self, ask: &LogVerify) -> Result<LogVerdict> {
        self.needs(Act::ReadLog)?;
        let noted = ask.head.as_deref().map(str::trim);
        let noted: Option<AuditHead> = noted
            .filter(|text| !text.is_empty())
            .map(str::parse)
            .transpose()?;
        let verdict = self.vault.verify()?;
        let view = self.vault.read();
        Ok(LogVerdict {
            problems: verdict.problems,
            rows: verdict.audit_rows,
            holds: noted.map(|head| view.audit_holds(&head)).transpose()?,
            head: view.audit_head()?.to_string(),
        })
    }

    /// Refuses whoever may not read the log, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_read_the_log(&self) -> Result<()> {
        self.needs(Act::ReadLog)
    }

    /// Prints the rows from one on, with the log's head at the foot of each page.
    ///
    /// # Errors
    /// The role's, or the print queue's.
    pub fn print_log(&mut self, from: i64, printer: &mut dyn Printer, now: Moment) -> Result<()> {
        let (paper, _) = self.log_paper(from, now)?;
        printer.print(&paper)?;
        self.vault.transact(Operation::Print, now.at, |_| Ok(()))?;
        Ok(())
    }

    /// Writes the same paper into a folder.
    ///
    /// # Errors
    /// The role's, or the disk's.
    pub fn save_log(&mut self, from: i64, folder: &Path, now: Moment) -> Result<Written> {
        let (paper, rows) = self.log_paper(from, now)?;
        let file = free(folder, &format!("audit-log-{}", now.today), "pdf")?;
        std::fs::write(&file, paper).map_err(|error| Error::Folder(error.kind()))?;
        self.vault.transact(Operation::Save, now.at, |_| Ok(()))?;
        Ok(Written {
            file: file_name(&file),
            clients: rows as u64,
        })
    }

    fn log_paper(&self, from: i64, now: Moment) -> Result<(Vec<u8>, usize)> {
        self.needs(Act::ReadLog)?;
        let view = self.vault.read();
        let rows = self.log_rows(view.audit(from.max(1) - 1, PAPER)?)?;
        let head = view.audit_head()?;
        let say = |key: &str, filled: &[(&str, &str)]| {
            words::say(self.language(), &format!("log_paper.{key}"), filled).text
        };
        let of = |key: &str| say(key, &[]);
        let count = rows.len();
        let figures = Figures {
            title: of("title"),
            about: vec![
                (of("clinic"), printable(&self.clinic()?.name)),
                (of("head"), head.to_string()),
                (of("what"), of("about")),
            ],
            parts: vec![Part::Table(Table {
                heading: String::new(),
                columns: ["row", "when", "who", "did", "subject"].map(of).into(),
                rows: rows.into_iter().map(cells).collect(),
            })],
            foot: say("foot", &[("head", &head.to_string())]),
            ..Figures::default()
        };
        let printed = papers::figures::figures_of(&figures, now.today, self.is_training())?;
        Ok((printed.bytes, count))
    }

    fn log_rows(&self, rows: Vec<AuditRow>) -> Result<Vec<LogRow>> {
        let view = self.vault.read();
        let vaults: BTreeMap<String, String> = view
            .known_vaults()?
            .into_iter()
            .map(|known| (known.id, known.name))
            .collect();
        let people: BTreeMap<String, String> = self
            .vault
            .people()
            .into_iter()
            .map(|person| (person.id.0, person.name))
            .collect();
        let mut initials: BTreeMap<ClientId, Option<String>> = BTreeMap::new();
        rows.into_iter()
            .map(|row| {
                let initials = row.client.as_ref().and_then(|id| {
                    initials
                        .entry(id.clone())
                        .or_insert_with(|| view.client(id).ok().map(|row| row_of(row).initials))
                        .clone()
                });
                let named = |subject: String| {
                    let known = people.get(&subject).or_else(|| vaults.get(&subject));
                    known.cloned().unwrap_or_else(|| short(subject))
                };
                Ok(LogRow {
                    seq: row.seq,
                    at: row.at.to_string(),
                    who: self.name_of(&row.person)?,
                    what: row.operation,
                    initials,
                    client: row.client,
                    subject: row.subject.map(named),
                })
            })
            .collect()
    }
}

/// A hash is named by its beginning.
fn short(subject: String) -> String {
    let hash = subject.len() >= 32 && subject.bytes().all(|b| b.is_ascii_hexdigit());
    if hash {
        subject.chars().take(12).collect()
    } else {
        subject
    }
}

fn cells(row: LogRow) -> Vec<String> {
    let about = row.client.map(|id| id.to_string());
    vec![
        row.seq.to_string(),
        row.at.get(..19).unwrap_or(&row.at).replace('T', " "),
        printable(&row.who),
        row.what.replace('_', " "),
        printable(&about.or(row.subject).unwrap_or_default()),
    ]
}
