//! What the law says about one client, kept as it was shown.

use std::collections::BTreeMap;

use jiff::civil::Date;
use law::{Ask, Detail, Screening};
use record::clinic::Language;
use record::{FactPath, Record};
use vault::{ClientId, Operation};

use crate::clients::word;
use crate::results::{Setting, results, row_status};
use crate::view::{Results, Screen};
use crate::words::say;
use crate::{Desk, Error, Moment, Result};

impl Desk {
    /// Screens a client for a day and keeps what was shown, with the versions of the rules that answered.
    ///
    /// # Errors
    /// The day is none, or there is no such client.
    pub fn screen(&mut self, ask: &Screen, now: Moment) -> Result<Results> {
        let id = &ask.id;
        let as_of = match ask.as_of.as_deref().map(str::trim) {
            None | Some("") => now.today,
            Some(text) => text.parse().map_err(|_| Error::NotADay)?,
        };
        let record = self.vault.read().record(id)?;
        let screened = self.ask_the_law(&record, as_of, self.language());
        let sheets: BTreeMap<_, _> = self
            .vault
            .read()
            .sheets(id)?
            .into_iter()
            .map(|sheet| (sheet.name, sheet.id))
            .collect();
        let outlooks = |fact: &FactPath| {
            let ask = full(as_of, self.language());
            law::leads::outlooks(&record, &screened.findings, fact, &ask, self.packs)
        };
        let setting = Setting {
            language: self.language(),
            routes: &self.route_words(|words| &words.route),
            effects: &self.route_words(|words| &words.effect),
            sheets: &sheets,
            outlooks: &outlooks,
        };
        let mut notes = screened.notes.clone();
        notes.extend(self.unread(&record));
        let results = results(&record, &screened.findings, notes, &setting);
        // A question about another day moves nobody on, and what was filed stays filed.
        let moves = as_of == now.today && !record.cases.is_empty() && !self.is_filed(id)?;
        let status = moves.then(|| word(row_status(&results)));
        self.keep(id, &screened.findings, status, now)?;
        Ok(results)
    }

    /// The law's answer, with its proof.
    pub(crate) fn ask_the_law(&self, record: &Record, as_of: Date, lang: Language) -> Screening {
        law::screen(record, &full(as_of, lang), self.packs)
    }

    fn keep(
        &mut self,
        id: &ClientId,
        findings: &record::findings::Findings,
        status: Option<&str>,
        now: Moment,
    ) -> Result<()> {
        let before = self.vault.read().client(id)?.status;
        self.vault.transact(Operation::Screen, now.at, |tx| {
            tx.show(id, findings)?;
            match status {
                Some(status) if status != before => tx.set_status(id, status),
                _ => Ok(()),
            }
        })?;
        Ok(())
    }
}

/// Every route, with its proof.
fn full(as_of: Date, lang: Language) -> Ask {
    Ask {
        as_of,
        routes: None,
        detail: Detail::Full,
        lang,
    }
}

impl Desk {
    /// What nobody understood may be a conviction that closes a way: the answers say so until somebody has looked.
    fn unread(&self, record: &Record) -> Option<String> {
        let lines = record.reading.as_ref()?.unread.len();
        let key = match lines {
            0 => return None,
            1 => "note.unread-one",
            _ => "note.unread-many",
        };
        Some(say(self.language(), key, &[("n", &lines.to_string())]).text)
    }

    /// What the packs say of their routes in the language of the session: their names, or what they do.
    pub(crate) fn route_words(
        &self,
        of: impl Fn(&packs::words::Words) -> &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let language = self.language();
        let said = self.packs.iter().flat_map(|pack| {
            let words = of(pack.texts.of(language)).iter();
            words.map(|(route, text)| (format!("{}/{route}", pack.id), text.clone()))
        });
        said.collect()
    }
}
