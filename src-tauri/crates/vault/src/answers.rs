//! What was asked and answered for one client's papers: contact, choices, declarations, an attorney's clearance.

use jiff::Timestamp;
use jiff::civil::Date;
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

/// A client's own words for the court. It names its count by id: an index would move to another count when a sheet is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The case.
    pub case: CaseId,
    /// The count, or the whole case.
    pub count: Option<CountId>,
    /// The words, a paragraph a line.
    pub text: String,
    /// The language they are in, by its English name; `None` where nobody said.
    pub language: Option<String>,
    /// Their English translation, line beside line.
    pub english: Option<String>,
    /// Who translated them.
    pub interpreter: Option<String>,
    /// What the words were put together from: text of the caller's.
    pub told: Option<String>,
    /// The day they were told, by the calendar of the place; `None` where an older version kept them.
    pub day: Option<Date>,
    /// An attorney put them on the paper. Else they were only taken down, and are no answer to anything.
    pub on_paper: bool,
}

/// Words as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// What was said.
    pub said: Declaration,
    /// When it was last written down.
    pub at: Timestamp,
    /// By whom.
    pub person: PersonId,
}

impl Declared {
    /// Its case and count in a record, by their places; `None` where the record does not hold them exactly once.
    #[must_use]
    pub fn place(&self, record: &Record) -> Option<(usize, Option<usize>)> {
        let cases = record.cases.iter();
        let case = only(cases.map(|case| case.id.as_ref() == Some(&self.said.case)))?;
        let Some(id) = &self.said.count else {
            return Some((case, None));
        };
        let counts = record.cases[case].counts.iter();
        let count = only(counts.map(|count| count.id.as_ref() == Some(id)))?;
        Some((case, Some(count)))
    }
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

    /// The client's words, in the order in which they were first taken down; also those that no attorney has put on a paper.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn declarations(&self, client: &ClientId) -> Result<Vec<Declared>> {
        let sql = "SELECT case_id, count_id, text, language, english, interpreter, told, day, waiting, at, person
                   FROM declaration WHERE client = ?1 ORDER BY id";
        self.of_client(client, sql, |row| {
            let told: Option<String> = row.get(7)?;
            Ok(Declared {
                said: Declaration {
                    case: CaseId(row.get(0)?),
                    count: row.get::<_, Option<String>>(1)?.map(CountId),
                    text: row.get(2)?,
                    language: row.get(3)?,
                    english: row.get(4)?,
                    interpreter: row.get(5)?,
                    told: row.get(6)?,
                    day: told.as_deref().map(day).transpose()?,
                    on_paper: row.get::<_, Option<i64>>(8)?.is_none(),
                },
                at: stamped(&row.get::<_, String>(9)?)?,
                person: PersonId(row.get(10)?),
            })
        })
    }

    /// The words that an attorney put on a paper, as the answers of the papers have them: in the same order, by the places in `record`.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn declared(&self, client: &ClientId, record: &Record) -> Result<Vec<(Declare, Declared)>> {
        let all = self.declarations(client)?.into_iter();
        Ok(all
            .filter(|kept| kept.said.on_paper)
            .filter_map(|kept| Some((answer(&kept, record)?, kept)))
            .collect())
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
    /// hold exactly once is left out: it must not land on another count. So are words that wait for an attorney.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], [`Error::Stored`], or the database's.
    pub fn answers(&self, client: &ClientId, record: &Record) -> Result<Answers> {
        let declared = self.declared(client, record)?.into_iter();
        let placed: Vec<_> = declared.map(|(declare, _)| declare).collect();
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

    /// Keeps a client's words about a case or count in the place of those before; where nothing at all is said they are forgotten. Words
    /// about other counts are not written anew: they keep their day and their person.
    ///
    /// # Errors
    /// [`Error::NoSuchClient`], or the database's.
    pub fn set_declaration(&mut self, client: &ClientId, said: &Declaration) -> Result<()> {
        let seq = self.concerns(client)?;
        let count = said.count.as_ref().map(|count| &count.0);
        // Where two laptops wrote about one count before they met there may be two: these words are in the place of both.
        let known: Option<(i64, String)> = self
            .conn
            .prepare_cached(
                "SELECT id, uid FROM declaration WHERE client = ?1 AND case_id = ?2 AND count_id IS ?3 ORDER BY id",
            )?
            .query_row(params![seq, said.case.0, count], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        self.conn
            .prepare_cached(
                "DELETE FROM declaration WHERE client = ?1 AND case_id = ?2 AND count_id IS ?3",
            )?
            .execute(params![seq, said.case.0, count])?;
        let parts = [&said.language, &said.english, &said.interpreter, &said.told];
        if said.text.trim().is_empty() && parts.iter().all(|part| part.is_none()) {
            return self.touch(seq);
        }
        let (id, uid) = match known {
            Some((id, uid)) => (Some(id), uid),
            None => (None, uid_of(said)),
        };
        self.conn
            .prepare_cached(
                "INSERT INTO declaration (id, client, case_id, count_id, text, language, english, interpreter, told, day, waiting, at, person, uid)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                id,
                seq,
                said.case.0,
                count,
                said.text,
                said.language,
                said.english,
                said.interpreter,
                said.told,
                said.day.map(|day| day.to_string()),
                (!said.on_paper).then_some(1),
                stamp(self.at),
                self.person.0,
                uid
            ])?;
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

/// A name for words about a count that is the same on two laptops: what one wrote without knowing of the other is a conflict that a
/// person decides, and never two sworn statements on one paper.
fn uid_of(said: &Declaration) -> String {
    let count = said.count.as_ref().map_or("", |count| &count.0);
    let place = serde_json::json!([said.case.0, count]).to_string();
    hex::encode(&Sha256::digest(place)[..8])
}

fn answer(kept: &Declared, record: &Record) -> Option<Declare> {
    let (case, count) = kept.place(record)?;
    let said = &kept.said;
    Some(Declare {
        case,
        count,
        text: said.text.clone(),
        language: said.language.clone(),
        english: said.english.clone(),
        interpreter: said.interpreter.clone(),
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
