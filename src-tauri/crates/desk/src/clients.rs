//! An open office: the list of clients, and one client's record, contact and notes.

use packs::Packs;
use record::clinic::Language;
use record::{Name, PartialDate, Person, Record, Source, SourceBy};
use vault::{Act, ClientId, Operation, Tx, Vault};

use crate::bulk::Bulk;
use crate::conflicts::conflicts;
use crate::door::member;
use crate::facts;
use crate::packet::Prepared;
use crate::scan::Reading;
use crate::sign_off::end_if_edited;
use crate::view::{
    Add, AddNote, Answer, Client, ClientRow, Filing, List, Note, Phase, RowStatus, Session,
    SetContact, Text,
};
use crate::{Door, Error, Moment, Result};

/// Nobody reads a longer list; more typing makes it shorter.
const LONGEST_LIST: u32 = 200;

/// An open office. Dropping it drops and wipes the keys.
pub struct Desk {
    pub(crate) vault: Vault,
    pub(crate) packs: &'static Packs,
    pub(crate) prepared: Option<Prepared>,
    pub(crate) bulk: Option<Bulk>,
    /// The office's blanks, once somebody needed them.
    pub(crate) library: Option<forms::Library>,
    /// A sheet that is being read.
    pub(crate) reading: Option<Reading>,
    /// Of the hand-over that was taken in last, until it is carried back.
    pub(crate) receipt: Option<vault::Receipt>,
    door: Door,
}

impl Desk {
    pub(crate) fn new(vault: Vault, door: Door) -> Result<Self> {
        door.room().open();
        Ok(Self {
            vault,
            packs: Packs::builtin().map_err(|_| Error::Packs)?,
            prepared: None,
            bulk: None,
            library: None,
            reading: None,
            receipt: None,
            door,
        })
    }

    /// The door to come back through.
    #[must_use]
    pub fn door(&self) -> Door {
        self.door.clone()
    }

    pub(crate) fn door_ref(&self) -> &Door {
        &self.door
    }

    /// Closes the office: writes it down, closes the database, wipes the keys. A review that runs goes on, out of sight.
    pub fn lock(self, now: Moment) {
        self.door.room().close();
        // Where the disk refuses the last line of the log, the office is closed and the keys are gone all the same.
        let _ = self.vault.lock(now.at);
    }

    /// What the window shows first.
    #[must_use]
    pub fn session(&self, now: Moment) -> Session {
        Session {
            phase: Phase::Open,
            clinic: self.vault.read().clinic().ok().map(|clinic| clinic.name),
            people: self.vault.people().iter().map(member).collect(),
            who: Some(member(self.vault.me())),
            jurisdictions: self.packs.iter().map(|pack| self.named(pack)).collect(),
            ..self.door.blank(now)
        }
    }

    /// A pack's jurisdiction, as the language of the session calls it.
    fn named(&self, pack: &packs::Pack) -> Text {
        let name = pack.texts.of(self.language()).name.as_str();
        let text = if name.is_empty() { &pack.id } else { name };
        Text {
            key: pack.id.clone(),
            text: text.to_owned(),
        }
    }

    /// Chooses the language of words.
    pub fn speak(&mut self, language: Language) {
        self.door.speak(language);
        // The client's sheet may read otherwise now.
        self.prepared = None;
        self.bulk = None;
    }

    pub(crate) fn language(&self) -> Language {
        self.door.language()
    }

    pub(crate) fn is_training(&self) -> bool {
        self.door.is_training()
    }

    /// Clients that match what was typed, or the last changed.
    ///
    /// # Errors
    /// The vault's.
    pub fn list(&self, ask: &List) -> Result<Vec<ClientRow>> {
        self.needs(Act::Work)?;
        let rows = self.vault.read().clients(&ask.query, LONGEST_LIST)?;
        Ok(rows.into_iter().map(row_of).collect())
    }

    /// Adds a client.
    ///
    /// # Errors
    /// No name was given, or the birth date is none.
    pub fn add(&mut self, ask: &Add, now: Moment) -> Result<ClientId> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let name = Name {
            given: given(&ask.given),
            family: given(&ask.family),
            ..Name::default()
        };
        if name.given.is_none() && name.family.is_none() {
            return Err(Error::NoName);
        }
        let born: Option<PartialDate> = match ask.born.as_deref().and_then(given) {
            Some(text) => Some(text.parse().map_err(|_| Error::NotADay)?),
            None => None,
        };
        let mut record = Record::new(Person {
            name,
            born,
            ..Person::default()
        });
        let said = Source {
            by: SourceBy::Client,
            file: None,
            page: None,
            line: None,
            frame: None,
            confidence: None,
            was: None,
            on: Some(now.today),
        };
        let sources = record.provenance.get_or_insert_default();
        sources.insert("person.name".into(), vec![said.clone()]);
        if born.is_some() {
            sources.insert("person.born".into(), vec![said]);
        }
        Ok(self.vault.transact(Operation::AddClient, now.at, |tx| {
            let id = tx.add_client(&record)?;
            tx.set_status(&id, word(RowStatus::NoRecord))?;
            Ok(id)
        })?)
    }

    /// Opens a client, and writes down who looked.
    ///
    /// # Errors
    /// There is no such client.
    pub fn open(&mut self, id: ClientId, now: Moment) -> Result<Client> {
        self.vault
            .transact(Operation::OpenClient, now.at, |tx| tx.about(&id))?;
        self.client(&id)
    }

    /// Keeps how to reach a client.
    ///
    /// # Errors
    /// There is no such client.
    pub fn contact(&mut self, ask: SetContact, now: Moment) -> Result<Client> {
        let SetContact { id, contact } = ask;
        self.change(Operation::ChangeContact, &id, now, |tx| {
            tx.set_contact(&id, &contact)
        })
    }

    /// Sets one fact as the client said it. It beats what a sheet said; the difference stays visible.
    ///
    /// # Errors
    /// The fact is the program's own, has no place in the record, or does not fit it: then nothing was changed.
    pub fn answer(&mut self, ask: Answer, now: Moment) -> Result<Client> {
        let Answer { id, path, value } = ask;
        let record = self.vault.read().record(&id)?;
        let changed = facts::answered(&record, &path.as_str().into(), value, now.today)?;
        if changed == record {
            return self.client(&id);
        }
        self.change(Operation::ChangeRecord, &id, now, |tx| {
            tx.set_record(&id, &changed)?;
            tx.set_status(&id, word(unscreened(&changed)))
        })
    }

    /// Adds a note: never an input of the law, never on a paper.
    ///
    /// # Errors
    /// There is no such client.
    pub fn note(&mut self, ask: &AddNote, now: Moment) -> Result<Client> {
        self.change(Operation::Note, &ask.id, now, |tx| {
            tx.add_note(&ask.id, ask.text.trim()).map(|_| ())
        })
    }

    /// Takes the last change of the record back.
    ///
    /// # Errors
    /// There is nothing to take back.
    pub fn undo(&mut self, id: ClientId, now: Moment) -> Result<Client> {
        self.change(Operation::Undo, &id, now, |tx| {
            let record = tx.undo(&id)?;
            tx.set_status(&id, word(unscreened(&record)))
        })
    }

    /// One change of one client, in one step. Papers made before it are no longer the client's papers, and a sign-off that it touches
    /// has ended with it.
    pub(crate) fn change(
        &mut self,
        operation: Operation,
        id: &ClientId,
        now: Moment,
        work: impl FnOnce(&mut Tx<'_>) -> vault::Result<()>,
    ) -> Result<Client> {
        self.prepared = None;
        self.bulk = None;
        let rules = self.our_packs();
        self.vault.transact(operation, now.at, |tx| {
            work(tx)?;
            end_if_edited(tx, id, &rules)
        })?;
        self.client(id)
    }

    /// One client, whole, as the person who is in may see it.
    pub(crate) fn client(&self, id: &ClientId) -> Result<Client> {
        self.needs(Act::Work)?;
        let view = self.vault.read();
        let row = view.client(id)?;
        let record = view.record(id)?;
        let me = self.vault.me();
        let sees_all = me.may(Act::Notes);
        // What a client says in confidence is the attorney's; a volunteer sees what that volunteer wrote.
        let notes = view
            .notes(id)?
            .into_iter()
            .filter(|note| sees_all || note.person == me.id)
            .map(|note| {
                Ok(Note {
                    by: self.name_of(&note.person)?,
                    at: note.at.to_string(),
                    text: note.text,
                })
            })
            .collect::<Result<_>>()?;
        let answers = view.answers(id, &record)?;
        let filings = view.filings(id)?.into_iter().filter_map(|filing| {
            let case = record
                .cases
                .iter()
                .position(|case| case.id.as_ref() == Some(&filing.case))?;
            let mut counts = record.cases[case].counts.iter();
            let count = counts.position(|count| count.id.as_ref() == Some(&filing.count))?;
            Some(Filing {
                case,
                count,
                step: filing.step.into(),
                date: filing.day,
            })
        });
        Ok(Client {
            id: id.clone(),
            contact: answers.contact.unwrap_or_default(),
            notes,
            sheets: self.sheets(id, &record)?,
            conflicts: conflicts(&record),
            // Why an attorney cleared it may be what the client said in confidence.
            clearance: answers.immigration.map(|mut given| {
                if !me.may(Act::Clear) {
                    given.reason.clear();
                }
                given
            }),
            declarations: self.told(id, &record)?,
            elections: answers.elections.unwrap_or_default(),
            filings: filings.collect(),
            undo: view.undoable(id)?.map(|step| step.operation),
            kept_at: row.changed.to_string(),
            record,
        })
    }
}

pub(crate) fn row_of(row: vault::ClientRow) -> ClientRow {
    ClientRow {
        initials: initials(&row.name),
        id: row.id,
        name: row.name,
        cases: row.cases,
        counties: row.counties,
        status: status(&row.status),
        changed: row.changed.to_string(),
    }
}

/// `J. D.`: the first letters of the first and the last name.
fn initials(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    let letters = match words[..] {
        [] => return String::new(),
        [only] => vec![only],
        [first, .., last] => vec![first, last],
    };
    let letters = letters.into_iter().filter_map(|word| word.chars().next());
    letters
        .map(|letter| format!("{letter}."))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a record that was just changed is waiting for.
pub(crate) fn unscreened(record: &Record) -> RowStatus {
    if record.cases.is_empty() {
        RowStatus::NoRecord
    } else {
        RowStatus::NotScreened
    }
}

const STATUSES: [(RowStatus, &str); 7] = [
    (RowStatus::NoRecord, "no_record"),
    (RowStatus::NotScreened, "not_screened"),
    (RowStatus::Questions, "questions"),
    (RowStatus::Attorney, "attorney"),
    (RowStatus::Ready, "ready"),
    (RowStatus::NoRelief, "no_relief"),
    (RowStatus::Filed, "filed"),
];

/// The word under which the vault keeps a status.
pub(crate) fn word(status: RowStatus) -> &'static str {
    let known = STATUSES.iter().find(|(known, _)| *known == status);
    known.map_or("not_screened", |(_, word)| word)
}

fn status(word: &str) -> RowStatus {
    let known = STATUSES.iter().find(|(_, known)| *known == word);
    known.map_or(RowStatus::NotScreened, |(status, _)| *status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_the_first_and_last_name() {
        for (name, letters) in [
            ("Jane Doe", "J. D."),
            ("José Ángel de la Cruz", "J. C."),
            ("Cher", "C."),
            ("", ""),
            ("عمر خان", "ع. خ."),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }

    #[test]
    fn a_status_is_kept_by_its_word() {
        for (known, _) in STATUSES {
            assert_eq!(status(word(known)), known);
        }
    }
}
