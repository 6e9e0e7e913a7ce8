//! Hand-over to another laptop, on a stick: cards and six words, clients out and in, receipts, disputed facts.

use std::path::Path;

use record::Record;
use serde_json::Value;
use vault::{Act, Card, ClientId, Dot, Outcome, Receipt};

use crate::backups::{file_name, free};
use crate::view::{
    Client, Confirm, DisputeValue, DisputeView, DisputedClient, HandOver, KnownLaptop, LaptopsView,
    Purge, ReceiptView, ReceivedView, Resolve, SentClient, SentView, TakenClient, TakenInView,
    TakenOutcome, WhichLaptop, Written,
};
use crate::{Desk, Moment, Result};

/// As many hand-overs as a screen lists.
const LISTED: u32 = 50;

impl Desk {
    /// Refuses whoever may not hand over, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_hand_over(&self) -> Result<()> {
        self.needs(Act::HandOver)
    }

    /// Refuses whoever may not confirm a laptop, before a dialog comes up.
    ///
    /// # Errors
    /// The role's.
    pub fn may_trust(&self) -> Result<()> {
        self.needs(Act::Trust)
    }

    /// This laptop among others. Makes its keys at the first asking.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn laptops(&mut self, now: Moment) -> Result<LaptopsView> {
        self.needs(Act::HandOver)?;
        let words = self.vault.card(now.at)?.words();
        let view = self.vault.read();
        let known = view.known_vaults()?.into_iter().map(|known| KnownLaptop {
            id: known.id,
            name: known.name,
        });
        let sent = view.sent(LISTED)?.into_iter().map(|sent| SentView {
            to: sent.vault,
            sequence: sent.sequence,
            at: sent.at.to_string(),
            moving: sent.moving,
            receipt: sent.receipt,
            clients: sent
                .clients
                .into_iter()
                .map(|(id, taken)| self.sent_client(id, taken))
                .collect(),
        });
        let received = view.received(LISTED)?.into_iter().map(|one| ReceivedView {
            from: one.vault,
            sequence: one.sequence,
            at: one.at.to_string(),
        });
        Ok(LaptopsView {
            words,
            known: known.collect(),
            sent: sent.collect(),
            received: received.collect(),
        })
    }

    /// Writes this laptop's card into a folder. It is public; the six words tell whether it was changed on the way.
    ///
    /// # Errors
    /// The role's, or the disk's.
    pub fn save_card(&mut self, folder: &Path, now: Moment) -> Result<Written> {
        self.needs(Act::HandOver)?;
        let card = self.vault.card(now.at)?;
        let file = free(folder, "relief-desk-card", "json")?;
        card.write(&file)?;
        Ok(Written {
            file: file_name(&file),
            clients: 0,
        })
    }

    /// Believes another laptop whose card is in a file, with its six words as the other screen shows them. The administrator only.
    ///
    /// # Errors
    /// The role's; the file is no card; the words differ.
    pub fn confirm_laptop(
        &mut self,
        file: &Path,
        ask: &Confirm,
        now: Moment,
    ) -> Result<LaptopsView> {
        self.needs(Act::Trust)?;
        let card = Card::read(file)?;
        self.vault.trust(&card, &ask.words, now.at)?;
        self.laptops(now)
    }

    /// Lets go of another laptop. The administrator only.
    ///
    /// # Errors
    /// The role's, or that laptop is not known.
    pub fn forget_laptop(&mut self, ask: &WhichLaptop, now: Moment) -> Result<LaptopsView> {
        self.needs(Act::Trust)?;
        self.vault.distrust(&ask.laptop, now.at)?;
        self.laptops(now)
    }

    /// Writes clients for another laptop into a folder, as one file that only that laptop opens.
    ///
    /// # Errors
    /// The role's; that laptop is not known; or the disk's.
    pub fn hand_over(&mut self, ask: &HandOver, folder: &Path, now: Moment) -> Result<Written> {
        self.needs(Act::HandOver)?;
        let file = free(folder, &format!("hand-over-{}", now.today), "relief")?;
        let handed = self
            .vault
            .hand_over(&ask.to, &ask.clients, ask.moving, &file, now.at)?;
        Ok(Written {
            file: file_name(&file),
            clients: handed.clients as u64,
        })
    }

    /// Takes a hand-over in, and keeps its receipt for [`Desk::save_receipt`]. What two laptops changed stays side by side.
    ///
    /// # Errors
    /// The role's; the file is no hand-over for this laptop from one that is known, or was changed: nothing was taken in.
    pub fn take_in(&mut self, file: &Path, now: Moment) -> Result<TakenInView> {
        self.needs(Act::HandOver)?;
        self.prepared = None;
        self.bulk = None;
        let taken = self.vault.take_in(file, now.at)?;
        let clients = taken.clients.into_iter().map(|(id, outcome)| {
            let name = self.name_of_client(&id);
            let (outcome, disputed, like) = match outcome {
                Outcome::Added { like } => (TakenOutcome::Added, 0, like.len()),
                Outcome::Merged { conflicts } => (TakenOutcome::Merged, conflicts, 0),
                Outcome::Destroyed => (TakenOutcome::Destroyed, 0, 0),
            };
            TakenClient {
                id,
                name,
                outcome,
                disputed: crate::out::count(disputed),
                like: crate::out::count(like),
            }
        });
        let view = TakenInView {
            from: taken.from.name,
            replay: taken.replay,
            clients: clients.collect(),
        };
        self.receipt = Some(taken.receipt);
        Ok(view)
    }

    /// Writes the receipt of the hand-over that was taken in last into a folder, to be carried back.
    ///
    /// # Errors
    /// The role's; nothing was taken in since the office was opened (taking the same file in again changes nothing, and gives its
    /// receipt); or the disk's.
    pub fn save_receipt(&mut self, folder: &Path) -> Result<Written> {
        self.needs(Act::HandOver)?;
        let receipt = self.receipt.as_ref();
        let receipt = receipt.ok_or(vault::Error::NotFound { what: "receipt" })?;
        let file = free(folder, "receipt", "json")?;
        receipt.write(&file)?;
        Ok(Written {
            file: file_name(&file),
            clients: receipt.clients.len() as u64,
        })
    }

    /// Reads a receipt in: which clients another laptop has now.
    ///
    /// # Errors
    /// The role's; the file is no receipt; it is for no hand-over of this laptop, or not signed by its receiver.
    pub fn read_receipt(&mut self, file: &Path, now: Moment) -> Result<ReceiptView> {
        self.needs(Act::HandOver)?;
        let receipt = Receipt::read(file)?;
        let there = self.vault.keep_receipt(&receipt, now.at)?;
        let moving: Vec<ClientId> = self
            .vault
            .read()
            .sent(u32::MAX)?
            .into_iter()
            .filter(|sent| sent.moving)
            .flat_map(|sent| sent.clients)
            .filter_map(|(id, taken)| taken.then_some(id))
            .collect();
        let may_go = there.into_iter().filter(|id| moving.contains(id));
        Ok(ReceiptView {
            may_go: may_go
                .map(|id| self.sent_client(id, true))
                .filter(|client| client.name.is_some())
                .collect(),
        })
    }

    /// Removes clients from here that another laptop signed for, each only if nothing changed since it was sent. The administrator
    /// only. Gives those that are gone; the first that may not go ends it, those before are gone.
    ///
    /// # Errors
    /// The role's; no receipt names the client; or it was changed since.
    pub fn purge(&mut self, ask: &Purge, now: Moment) -> Result<LaptopsView> {
        self.needs(Act::Destroy)?;
        self.prepared = None;
        self.bulk = None;
        for id in &ask.clients {
            self.vault.purge_moved(id, now.at)?;
        }
        self.laptops(now)
    }

    /// Clients with facts that two laptops changed without knowing of each other.
    ///
    /// # Errors
    /// The role's, or the database's.
    pub fn disputed(&self) -> Result<Vec<DisputedClient>> {
        self.needs(Act::Work)?;
        let found = self.vault.read().disputed()?.into_iter();
        Ok(found
            .map(|(id, fields)| DisputedClient {
                name: self.name_of_client(&id).unwrap_or_default(),
                id,
                fields: crate::out::count(fields),
            })
            .collect())
    }

    /// One client's disputed facts, side by side.
    ///
    /// # Errors
    /// There is no such client.
    pub fn disputes(&self, id: &ClientId) -> Result<Vec<DisputeView>> {
        self.needs(Act::Work)?;
        let view = self.vault.read();
        let record = view.record(id)?;
        let me = self.vault.me();
        let here = view.laptop_id()?;
        // A note is the attorney's and its writer's: whoever may not read it is not shown it by a dispute.
        let secret = |field: &str| field.starts_with("note/") || field.starts_with("clearance/");
        let found = view.conflicts(id)?.into_iter();
        Ok(found
            .filter(|one| me.may(Act::Notes) || !secret(&one.field))
            .map(|one| DisputeView {
                path: path_of(&one.field, &record),
                values: one
                    .values
                    .into_iter()
                    .map(|(dot, value)| DisputeValue {
                        here: here.as_ref() == Some(&dot.laptop),
                        version: dot.to_string(),
                        value: shown(&one.field, value),
                    })
                    .collect(),
                field: one.field,
            })
            .collect())
    }

    /// Chooses one laptop's value, or none. Attorneys only. Papers made before are no longer the client's.
    ///
    /// # Errors
    /// [`crate::Error::NotAnAttorney`]; the fact is not disputed any more.
    pub fn resolve(&mut self, ask: &Resolve, now: Moment) -> Result<Client> {
        self.needs(Act::Resolve)?;
        let version: Option<Dot> = ask.version.as_deref().map(str::parse).transpose()?;
        self.prepared = None;
        self.bulk = None;
        self.vault
            .resolve(&ask.id, &ask.field, version.as_ref(), now.at)?;
        self.client(&ask.id)
    }

    fn sent_client(&self, id: ClientId, taken: bool) -> SentClient {
        SentClient {
            name: self.name_of_client(&id),
            id,
            taken,
        }
    }

    fn name_of_client(&self, id: &ClientId) -> Option<String> {
        self.vault.read().client(id).ok().map(|row| row.name)
    }
}

/// A field of the merge as a place in the record.
fn path_of(field: &str, record: &Record) -> Option<String> {
    let parts: Vec<&str> = field.split('/').collect();
    let case = |id: &str| {
        let mut cases = record.cases.iter();
        cases.position(|case| case.id.as_ref().is_some_and(|known| known.0 == id))
    };
    match parts.as_slice() {
        ["person", rest] => Some(format!("person.{rest}")),
        ["now"] => Some("now".to_owned()),
        ["case", id] => Some(format!("cases[{}]", case(id)?)),
        ["case", id, fact] => Some(format!("cases[{}].{fact}", case(id)?)),
        ["count", id, count, fact @ ..] => {
            let at = case(id)?;
            let mut counts = record.cases.get(at)?.counts.iter();
            let nth = counts
                .position(|known| known.id.as_ref().is_some_and(|known| known.0 == *count))?;
            let fact = fact.first().map(|fact| format!(".{fact}"));
            Some(format!(
                "cases[{at}].counts[{nth}]{}",
                fact.unwrap_or_default()
            ))
        }
        ["declaration", _] => Some("answers.declare".to_owned()),
        _ => None,
    }
}

/// Of a client's words a person chooses by the words, not by where and how they are kept.
fn shown(field: &str, value: Value) -> Value {
    if !field.starts_with("declaration/") || value.is_null() {
        return value;
    }
    let part = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let both = [part("text"), part("english")].map(str::trim);
    both.into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(" / ")
        .into()
}
