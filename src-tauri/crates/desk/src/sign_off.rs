//! An attorney's sign-off, bound to the bytes of each paper: given, refused with a reason, and ended by the first edit after it.
//!
//! Two things end it. An edit of what the papers are made from ends it in the very step that keeps the edit, also where it would be
//! taken back a moment later. And before anything is shown or leaves, the papers are made again and held against the hashes: other
//! bytes are other papers, whatever they come from (another version of the program, another blank in the library).

use papers::{Packet, Recipient};
use record::Record;
use serde_json::{Map, Value, json};
use vault::{Act, ClientId, NewSignOff, Operation, PersonId, Said, SignedPaper, Tx, View};

use crate::view::{Client, PacketView, SendBack, SignOff, SignOffState};
use crate::{Desk, Error, Moment, Result};

/// Nobody reads a longer list of what changed.
const TOLD: usize = 12;

impl Desk {
    /// Signs the papers off that were looked at, all of them, by their bytes. Attorneys only.
    ///
    /// # Errors
    /// [`Error::NotAnAttorney`]; [`Error::Stale`] if these are not the papers that were shown last.
    pub fn sign_off(&mut self, ask: &SignOff, now: Moment) -> Result<PacketView> {
        self.needs(Act::SignOff)?;
        let packet = self.looked_at(&ask.id, now)?;
        let mut seen: Vec<_> = ask.keys.iter().map(String::as_str).collect();
        let mut made = crate::packet::keys(packet);
        seen.sort_unstable();
        made.sort_unstable();
        if seen != made {
            return Err(Error::Stale);
        }
        if packet.signed.is_none() {
            let (papers, on) = (signed_papers(packet), packet.as_of);
            let facts = facts(self.vault.read(), &ask.id, &self.our_packs())?.to_string();
            let new = NewSignOff {
                by: &self.signature()?,
                on,
                papers: &papers,
                facts: &facts,
            };
            self.vault
                .transact(Operation::SignOff, now.at, |tx| tx.approve(&ask.id, &new))?;
        }
        self.prepare(ask.id.clone(), now)
    }

    /// Sends a client's papers back with a reason, and takes back a sign-off that stands. Attorneys only.
    ///
    /// # Errors
    /// [`Error::NotAnAttorney`]; or the reason is missing.
    pub fn send_back(&mut self, ask: &SendBack, now: Moment) -> Result<Client> {
        self.needs(Act::SignOff)?;
        let by = self.signature()?;
        self.change(Operation::SendBack, &ask.id, now, |tx| {
            tx.send_back(&ask.id, &by, now.today, &ask.reason)
        })
    }

    /// The sign-off that stands, if one does.
    pub(crate) fn standing(&self, id: &ClientId) -> Result<Option<vault::SignOff>> {
        Ok(standing(self.vault.read().sign_off(id)?))
    }

    /// What keeps a sign-off from standing today: what was edited after it, or the law's answer where that is another by now.
    pub(crate) fn edited_since(
        &self,
        id: &ClientId,
        given: &vault::SignOff,
        record: &Record,
        now: Moment,
    ) -> Result<Vec<String>> {
        let facts = facts(self.vault.read(), id, &self.our_packs())?;
        let changed = changed(&given.facts, &facts);
        if !changed.is_empty() || given.on == now.today {
            return Ok(changed);
        }
        let answered = |day| self.ask_the_law(record, day, record::clinic::Language::En);
        let (then, today) = (answered(given.on), answered(now.today));
        let same = law::rescreen::compare(&then.findings, &today.findings).is_empty();
        Ok(if same {
            Vec::new()
        } else {
            vec!["law".to_owned()]
        })
    }

    /// Ends a sign-off that no longer holds, and says so in the log.
    pub(crate) fn end_sign_off(
        &mut self,
        id: &ClientId,
        changed: &[String],
        now: Moment,
    ) -> Result<()> {
        Ok(self.vault.transact(Operation::EndSignOff, now.at, |tx| {
            tx.end_sign_off(id, changed)
        })?)
    }

    /// An attorney's last word on the papers, for the window.
    pub(crate) fn sign_off_state(&self, id: &ClientId) -> Result<SignOffState> {
        let Some(last) = self.vault.read().sign_off(id)? else {
            return Ok(SignOffState::Open);
        };
        let (by, on, at) = (last.by, last.on, last.at.to_string());
        Ok(match (last.said, last.ended) {
            (Said::SentBack, _) => SignOffState::SentBack {
                by,
                on,
                at,
                reason: last.reason,
            },
            (Said::Approved, None) => SignOffState::Signed { by, on, at },
            (Said::Approved, Some(ended)) => SignOffState::Ended {
                by,
                on,
                who: self.name_of(&ended.person)?,
                at: ended.at.to_string(),
                changed: ended.changed,
            },
        })
    }

    pub(crate) fn name_of(&self, person: &PersonId) -> Result<String> {
        let people = self.vault.people();
        let here = people.into_iter().find(|known| known.id == *person);
        let known = match here {
            Some(known) => Some(known.name),
            None => self.vault.read().name_elsewhere(person)?,
        };
        Ok(known.unwrap_or_else(|| "Recovery code".to_owned()))
    }
}

/// Ends a sign-off in the step that edits what the papers are made from.
pub(crate) fn end_if_edited(tx: &mut Tx<'_>, id: &ClientId, rules: &[String]) -> vault::Result<()> {
    let Some(given) = standing(tx.read().sign_off(id)?) else {
        return Ok(());
    };
    let changed = changed(&given.facts, &facts(tx.read(), id, rules)?);
    if changed.is_empty() {
        return Ok(());
    }
    tx.end_sign_off(id, &changed)
}

/// What is signed: every paper but the clinic's own sheets, which name the attorney or the desk's work and are no part of what leaves.
pub(crate) fn signed_papers(packet: &Packet) -> Vec<SignedPaper> {
    let papers = packet
        .files()
        .filter(|(_, _, paper)| paper.recipient != Recipient::Clinic);
    papers
        .map(|(file, _, paper)| SignedPaper {
            file,
            sha256: paper.sha256(),
        })
        .collect()
}

fn standing(last: Option<vault::SignOff>) -> Option<vault::SignOff> {
    last.filter(|word| word.said == Said::Approved && word.ended.is_none())
}

/// What a client's papers are made from. Where a fact was read and what was not read stand on no paper.
fn facts(view: View<'_>, id: &ClientId, rules: &[String]) -> vault::Result<Value> {
    let record = view.record(id)?;
    let answers = view.answers(id, &record)?;
    let mut facts = json!({
        "record": record,
        "answers": answers,
        "clinic": view.clinic()?,
        "rules": rules,
    });
    if let Some(record) = facts.get_mut("record").and_then(Value::as_object_mut) {
        record.remove("provenance");
        record.remove("reading");
    }
    Ok(facts)
}

/// Paths of what differs: of the record as they are, else beginning with `answers.`, or `clinic` or `rules` as a whole.
fn changed(before: &str, now: &Value) -> Vec<String> {
    let Ok(before) = serde_json::from_str::<Value>(before) else {
        return vec!["record".to_owned()];
    };
    let empty = Map::new();
    let part = |whole: &Value, name: &str| whole.get(name).cloned().unwrap_or_default();
    let mut paths = Vec::new();
    differing(
        "",
        &part(&before, "record"),
        &part(now, "record"),
        &mut paths,
    );
    let (was, is) = (part(&before, "answers"), part(now, "answers"));
    let (was, is) = (
        was.as_object().unwrap_or(&empty),
        is.as_object().unwrap_or(&empty),
    );
    for key in was
        .keys()
        .chain(is.keys().filter(|key| !was.contains_key(*key)))
    {
        if was.get(key) != is.get(key) {
            paths.push(format!("answers.{key}"));
        }
    }
    for name in ["clinic", "rules"] {
        if before.get(name) != now.get(name) {
            paths.push(name.to_owned());
        }
    }
    paths.truncate(TOLD);
    paths
}

fn differing(path: &str, was: &Value, is: &Value, into: &mut Vec<String>) {
    if was == is {
        return;
    }
    match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let dot = if path.is_empty() { "" } else { "." };
            for key in was
                .keys()
                .chain(is.keys().filter(|key| !was.contains_key(*key)))
            {
                let none = Value::Null;
                let (was, is) = (was.get(key).unwrap_or(&none), is.get(key).unwrap_or(&none));
                differing(&format!("{path}{dot}{key}"), was, is, into);
            }
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            for (n, (was, is)) in was.iter().zip(is).enumerate() {
                differing(&format!("{path}[{n}]"), was, is, into);
            }
        }
        _ => into.push(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_named_by_its_path() {
        let before = json!({
            "record": {"person": {"name": {"family": "A"}}, "cases": [{"number": "1", "counts": [{}]}]},
            "answers": {"contact": {"phone": "1"}}, "clinic": {"name": "C"}, "rules": ["r 1"],
        });
        let mut now = before.clone();
        assert!(changed(&before.to_string(), &now).is_empty());
        now["record"]["person"]["name"]["family"] = json!("B");
        now["record"]["cases"][0]["counts"] = json!([{}, {}]);
        now["answers"]["elections"] = json!({});
        now["rules"] = json!(["r 2"]);
        assert_eq!(
            changed(&before.to_string(), &now),
            [
                "cases[0].counts",
                "person.name.family",
                "answers.elections",
                "rules"
            ]
        );
        assert_eq!(changed("no JSON", &now), ["record"]);
    }
}
