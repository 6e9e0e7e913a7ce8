//! The clinic and other settings.

use record::clinic::Clinic;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::door::{Tx, View};
use crate::{Error, Result};

const CLINIC: &str = "clinic";

impl View<'_> {
    /// The clinic.
    ///
    /// # Errors
    /// [`Error::Stored`], or the database's.
    pub fn clinic(&self) -> Result<Clinic> {
        let text = self.text(CLINIC)?.ok_or(Error::Stored { what: "clinic" })?;
        Clinic::from_json(&text).map_err(|_| Error::Stored { what: "clinic" })
    }

    /// A setting of the caller's, if it was ever set.
    ///
    /// # Errors
    /// [`Error::Stored`] if it is of another type, or the database's.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        self.text(&own(name))?
            .map(|text| serde_json::from_str(&text).map_err(|_| Error::Stored { what: "setting" }))
            .transpose()
    }

    /// A setting of the vault's own as it is kept.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>> {
        self.look(|conn| {
            Ok(conn
                .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?)
        })
    }
}

impl Tx<'_> {
    /// Keeps a setting of the caller's.
    ///
    /// # Errors
    /// [`Error::Stored`] for a value that is no JSON, or the database's.
    pub fn set_setting<T: Serialize>(&mut self, name: &str, value: &T) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|_| Error::Stored { what: "setting" })?;
        self.set_text(&own(name), &text)
    }

    /// Through [`crate::Vault::set_clinic`], which also changes the name on the unlock screen.
    pub(crate) fn set_clinic(&mut self, clinic: &Clinic) -> Result<()> {
        self.set_text(CLINIC, &clinic.to_json())
    }

    pub(crate) fn set_text(&self, name: &str, text: &str) -> Result<()> {
        self.conn
            .prepare_cached("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")?
            .execute(params![name, text])?;
        Ok(())
    }
}

/// The caller's settings have their own corner: none can be named like one of ours.
fn own(name: &str) -> String {
    format!("own/{name}")
}
