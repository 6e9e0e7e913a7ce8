//! What was asked and answered for one client's papers: contact, choices, declarations, an attorney's clearance.

use jiff::Timestamp;
use record::answers::{Answers, Contact, Declare, Elections, ImmigrationClearance};
use record::{CaseId, CountId, Record};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::client::{self, ClientId};
use crate::door::{Tx, View};
use crate::people::PersonId;
use crate::time::{day, stamp, stamped};
use crate::{Error, Result, hex};

/// A declaration that an attorney chose, in the client's words. It names its count by id: an index would move to another count
/// when a sheet is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The case.
    pub case: CaseId,
    /// The count, or the whole case.
    pub count: Option<CountId>,
    /// The client's words.
    pub text: String,
}

/// An attorney's clearance as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    /// Who, when and why, as the papers need it.
    pub clearance: ImmigrationClearance,
    /// When it was written down.
    pub at: Timestamp,
    /// By whom it was written down.
    pub person: PersonId,
    /// When it was taken back.
    pub withdrawn: Option<Timestamp>,
}

impl View<'_> {
    /// How to reach the client; `None` when nobody asked.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn contact(&self, client: &ClientId) -> Result<Option<Contact>> {
        self.document(client, "SELECT contact FROM contact WHERE client = ?1")
    }

    /// Choices that give something up; `None` when nobody asked.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn elections(&self, client: &ClientId) -> Result<Option<Elections>> {
        self.document(client, "SELECT elections FROM elections WHERE client = ?1")
    }

    /// The declarations chosen, in the order they were.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn declarations(&self, client: &ClientId) -> Result<Vec<Declaration>> {
        let sql = "SELECT case_id, count_id, text FROM declaration WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            Ok(Declaration {
                case: CaseId(row.get(0)?),
                count: row.get::<_, Option<String>>(1)?.map(CountId),
                text: row.get(2)?,
            })
        })
    }

    /// The clearance that stands: the last one, unless it was withdrawn.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn clearance(&self, client: &ClientId) -> Result<Option<Clearance>> {
        let last = self.clearances(client)?.pop();
        Ok(last.filter(|clearance| clearance.withdrawn.is_none()))
    }

    /// Every clearance ever given, oldest first.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn clearances(&self, client: &ClientId) -> Result<Vec<Clearance>> {
        let sql = "SELECT by_name, on_day, reason, at, person, withdrawn FROM clearance
                   WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            let withdrawn: Option<String> = row.get(5)?;
            Ok(Clearance {
                clearance: ImmigrationClearance {
                    by: row.get(0)?,
                    on: day(&row.get::<_, String>(1)?)?,
                    reason: row.get(2)?,
                },
                at: stamped(&row.get::<_, String>(3)?)?,
                person: PersonId(row.get(4)?),
                withdrawn: withdrawn.map(|text| stamped(&text)).transpose()?,
            })
        })
    }

    /// All of it as one document for the papers, by the places in `record`. A declaration whose case or count the record does not
    /// hold exactly once is left out: it must not land on another count.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn answers(&self, client: &ClientId, record: &Record) -> Result<Answers> {
        let declared = self.declarations(client)?;
        let placed: Vec<_> = declared.iter().filter_map(|d| place(d, record)).collect();
        Ok(Answers {
            contact: self.contact(client)?,
            immigration: self.clearance(client)?.map(|kept| kept.clearance),
            elections: self.elections(client)?,
            declare: (!placed.is_empty()).then_some(placed),
            ..Answers::default()
        })
    }

    fn document<T: DeserializeOwned>(&self, client: &ClientId, sql: &str) -> Result<Option<T>> {
        self.look(|conn| {
            let seq = client::seq(conn, client)?;
            let text: Option<String> = conn
                .prepare_cached(sql)?
                .query_row([seq], |row| row.get(0))
                .optional()?;
            text.map(|text| {
                serde_json::from_str(&text).map_err(|_| Error::Stored { what: "answer" })
            })
            .transpose()
        })
    }
}

impl Tx<'_> {
    /// Keeps how to reach the client.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn set_contact(&mut self, client: &ClientId, contact: &Contact) -> Result<()> {
        self.set_document(
            client,
            contact,
            "INSERT INTO contact (client, contact) VALUES (?1, ?2) ON CONFLICT (client) DO UPDATE SET contact = ?2",
        )
    }

    /// Keeps the choices that give something up. A choice that is `None` was not asked.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn set_elections(&mut self, client: &ClientId, elections: &Elections) -> Result<()> {
        self.set_document(
            client,
            elections,
            "INSERT INTO elections (client, elections) VALUES (?1, ?2) ON CONFLICT (client) DO UPDATE SET elections = ?2",
        )
    }

    /// Puts these declarations in the place of all before.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn set_declarations(
        &mut self,
        client: &ClientId,
        declarations: &[Declaration],
    ) -> Result<()> {
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached("DELETE FROM declaration WHERE client = ?1")?
            .execute([seq])?;
        for (place, declaration) in declarations.iter().enumerate() {
            self.conn
                .prepare_cached(
                    "INSERT INTO declaration (client, case_id, count_id, text, at, person, uid) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    seq,
                    declaration.case.0,
                    declaration.count.as_ref().map(|count| &count.0),
                    declaration.text,
                    stamp(self.at),
                    self.person.0,
                    uid_of(declarations, place)
                ])?;
        }
        self.touch(seq)
    }

    /// Writes down an attorney's clearance. Whether the person is an attorney is the caller's check.
    ///
    /// # Errors
    /// [`Error::NameEmpty`] without a name or a reason, [`Error::NoSuchClient`], or the database's.
    pub fn clear(&mut self, client: &ClientId, clearance: &ImmigrationClearance) -> Result<()> {
        for (text, what) in [
            (&clearance.by, "attorney's name"),
            (&clearance.reason, "reason"),
        ] {
            if text.trim().is_empty() {
                return Err(Error::NameEmpty { what });
            }
        }
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached(
                "INSERT INTO clearance (client, by_name, on_day, reason, at, person, uid)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, lower(hex(randomblob(8))))",
            )?
            .execute(params![
                seq,
                clearance.by,
                clearance.on.to_string(),
                clearance.reason,
                stamp(self.at),
                self.person.0
            ])?;
        self.touch(seq)
    }

    /// Takes every clearance back. They stay on file with the time.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn withdraw_clearance(&mut self, client: &ClientId) -> Result<()> {
        let seq = self.concerns(client)?;
        self.conn
            .prepare_cached(
                "UPDATE clearance SET withdrawn = ?2 WHERE client = ?1 AND withdrawn IS NULL",
            )?
            .execute(params![seq, stamp(self.at)])?;
        self.touch(seq)
    }

    fn set_document<T: Serialize>(
        &mut self,
        client: &ClientId,
        value: &T,
        sql: &str,
    ) -> Result<()> {
        let seq = self.concerns(client)?;
        let text = serde_json::to_string(value).map_err(|_| Error::Stored { what: "answer" })?;
        self.conn.prepare_cached(sql)?.execute(params![seq, text])?;
        self.touch(seq)
    }
}

/// A name of a declaration's own that is the same on two laptops where its words are: what it says, and how often it was said before.
fn uid_of(all: &[Declaration], place: usize) -> String {
    let before = all[..place].iter().filter(|d| **d == all[place]).count();
    let Declaration { case, count, text } = &all[place];
    let count = count.as_ref().map_or("", |count| &count.0);
    let words = serde_json::json!([case.0, count, text, before]).to_string();
    hex::encode(&Sha256::digest(words)[..8])
}

fn place(declaration: &Declaration, record: &Record) -> Option<Declare> {
    let case = only(
        record
            .cases
            .iter()
            .map(|case| case.id.as_ref() == Some(&declaration.case)),
    )?;
    let count = match &declaration.count {
        None => None,
        Some(id) => Some(only(
            record.cases[case]
                .counts
                .iter()
                .map(|count| count.id.as_ref() == Some(id)),
        )?),
    };
    Some(Declare {
        case,
        count,
        text: declaration.text.clone(),
        language: None,
        english: None,
        interpreter: None,
    })
}

/// The place of the one `true`.
fn only(hits: impl Iterator<Item = bool>) -> Option<usize> {
    let mut places = hits
        .enumerate()
        .filter_map(|(place, hit)| hit.then_some(place));
    let place = places.next()?;
    places.next().is_none().then_some(place)
}
