//! A sheet into a client: read, merged, kept with what became of every line.

use reading::{Draft, Fate, Flag, PagePicture, SourceLine};
use record::{Person, Record};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use vault::{Check, ClientId, NewSheet, Operation};

use crate::checks::places;
use crate::clients::{unscreened, word};
use crate::merge::{Merged, merged};
use crate::view::{Client, LineFate, Sheet, SheetLine};
use crate::{Desk, Moment, Result};

/// What became of a sheet's lines, as the vault keeps it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Read {
    share: String,
    pub(crate) lines: Vec<SourceLine>,
    pub(crate) flags: Vec<Flag>,
    /// Pages that were read from their pictures, and how each lay.
    #[serde(default)]
    pub(crate) pictures: Vec<PagePicture>,
}

impl Read {
    /// As the vault keeps it. What an older version of the program kept otherwise shows no lines; the sheet's bytes are there all the same.
    pub(crate) fn of(kept: Value) -> Self {
        serde_json::from_value(kept).unwrap_or(Self {
            share: "0".into(),
            lines: Vec::new(),
            flags: Vec::new(),
            pictures: Vec::new(),
        })
    }
}

impl Desk {
    /// Reads a sheet into a client's record. Read again, it changes no answer.
    ///
    /// # Errors
    /// The bytes are no sheet, with what to do about it; or there is no such client.
    pub fn import(
        &mut self,
        id: ClientId,
        name: &str,
        bytes: &[u8],
        now: Moment,
    ) -> Result<Client> {
        let draft = reading::read(bytes, self.packs)?;
        self.keep_sheet(id, name, bytes, draft, now)
    }

    /// Keeps a sheet that was read with a client.
    pub(crate) fn keep_sheet(
        &mut self,
        id: ClientId,
        name: &str,
        bytes: &[u8],
        draft: Draft,
        now: Moment,
    ) -> Result<Client> {
        let ours = self.vault.read().record(&id)?;
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        // Read again, a sheet keeps its first name: facts name it as their source.
        let before = self.vault.read().sheets(&id)?.into_iter();
        let before = before
            .filter(|known| known.sha256 == hash)
            .map(|known| known.name)
            .next();
        let sheet = read_sheet(name, draft, &ours, before.as_deref())?;
        self.change(Operation::Import, &id, now, |tx| {
            tx.set_record(&id, &sheet.record)?;
            tx.set_status(&id, word(unscreened(&sheet.record)))?;
            tx.add_sheet(&id, &sheet.kept(bytes))?;
            Ok(())
        })
    }

    /// Adds a client who is only known from a sheet.
    pub(crate) fn add_from_sheet(&mut self, name: &str, bytes: &[u8], now: Moment) -> Result<()> {
        let draft = reading::read(bytes, self.packs)?;
        let sheet = read_sheet(name, draft, &Record::new(Person::default()), None)?;
        self.vault.transact(Operation::Import, now.at, |tx| {
            let id = tx.add_client(&sheet.record)?;
            tx.set_status(&id, word(unscreened(&sheet.record)))?;
            tx.add_sheet(&id, &sheet.kept(bytes))?;
            Ok(())
        })?;
        Ok(())
    }
}

fn read_sheet(
    name: &str,
    mut draft: Draft,
    ours: &Record,
    before: Option<&str>,
) -> Result<ReadSheet> {
    let name = before.map_or_else(|| plain_name(name), str::to_owned);
    draft.set_file(&name);
    let merged = merged(ours, &draft.record, before)?;
    let share = draft.share().to_string();
    let Draft {
        mut lines,
        mut flags,
        other_events,
        pictures,
        ..
    } = draft;
    place(&merged, &mut lines, &mut flags);
    let read = Read {
        share,
        lines,
        flags,
        pictures,
    };
    Ok(ReadSheet {
        record: merged.record,
        name,
        lines: json(&read),
        other_events: json(&other_events),
    })
}

struct ReadSheet {
    record: Record,
    name: String,
    lines: Value,
    other_events: Value,
}

impl ReadSheet {
    fn kept<'a>(&'a self, bytes: &'a [u8]) -> NewSheet<'a> {
        NewSheet {
            name: &self.name,
            bytes,
            lines: &self.lines,
            other_events: &self.other_events,
        }
    }
}

/// A sheet as the window shows it, with what people said of it.
pub(crate) fn sheet_view(sheet: vault::Sheet, record: &Record, said: &[(&Check, String)]) -> Sheet {
    let read = Read::of(sheet.lines);
    let (places, verified) = places(&read, record, said);
    Sheet {
        id: sheet.id,
        name: sheet.name,
        at: sheet.at.to_string(),
        share: read.share,
        lines: read.lines.into_iter().map(line).collect(),
        pictures: read.pictures.iter().map(|picture| picture.page).collect(),
        places,
        verified,
    }
}

fn line(line: SourceLine) -> SheetLine {
    let (fate, why, facts) = match line.fate {
        Fate::Used { facts } => (
            LineFate::Used,
            None,
            facts.iter().map(ToString::to_string).collect(),
        ),
        Fate::Ignored { reason } => (LineFate::Ignored, tag(reason), Vec::new()),
        Fate::Unread => (LineFate::Unread, None, Vec::new()),
    };
    SheetLine {
        page: line.page,
        line: line.line,
        text: line.text,
        fate,
        why,
        facts,
        frame: line.frame,
    }
}

/// The draft's places become the record's.
fn place(merged: &Merged, lines: &mut [SourceLine], flags: &mut [Flag]) {
    for line in lines {
        if let Fate::Used { facts } = &mut line.fate {
            for fact in facts {
                *fact = merged.place(fact.as_str()).into();
            }
        }
    }
    for flag in flags {
        if let Some(path) = &mut flag.path {
            *path = merged.place(path.as_str()).into();
        }
    }
}

/// A file's name without its folder and without what no name holds.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
    if name.trim().is_empty() {
        "sheet".to_owned()
    } else {
        name
    }
}

fn json(value: &impl Serialize) -> Value {
    // The reader's own types have string keys and no fallible parts.
    serde_json::to_value(value).unwrap_or_default()
}

/// A word of the reader's, as it writes it.
pub(crate) fn tag(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value)
        .ok()?
        .as_str()
        .map(str::to_owned)
}
