//! Clients' papers made from what the vault holds: for the day they were signed off where that stands, else for today.

use jiff::civil::Date;
use law::Screening;
use papers::{Packet, PaperError, Request, Signed};
use record::Record;
use record::answers::{Answers, Signer};
use record::clinic::{Clinic, Language};
use vault::{ClientId, Operation, SignedPaper};

use crate::sign_off::signed_papers;
use crate::view::Telling;
use crate::{Desk, Error, Moment, Result};

/// A packet as it stands, and what the window asks about it.
pub(crate) struct Made {
    pub(crate) packet: Packet,
    pub(crate) why_not: Vec<String>,
    pub(crate) needs_clearance: bool,
    pub(crate) needs_signer: bool,
    pub(crate) attorneys: Vec<String>,
    pub(crate) needs_sign_off: bool,
    pub(crate) tellings: Vec<Telling>,
}

/// What one client's papers are made from.
struct Asked {
    record: Record,
    screened: Screening,
    answers: Answers,
    clinic: Clinic,
    day: Date,
    /// Who signed them off, and the papers as they were then.
    signed: Option<(Signed, Vec<SignedPaper>)>,
}

impl Desk {
    /// Makes a client's papers. Where something changed since they were signed off, the sign-off ends here.
    pub(crate) fn make(&mut self, id: &ClientId, now: Moment) -> Result<Made> {
        let made = self.make_all(std::slice::from_ref(id), now)?.pop();
        made.unwrap_or(Err(Error::Stale))
    }

    /// [`Desk::make`] for several clients, side by side where the machine has more than one core.
    pub(crate) fn make_all(&mut self, ids: &[ClientId], now: Moment) -> Result<Vec<Result<Made>>> {
        self.open_library(now)?;
        let mut all = Vec::new();
        for id in ids {
            all.push(self.asked(id, now)?);
        }
        let requests: Vec<_> = all.iter().map(|asked| self.request(asked)).collect();
        let packets = papers::prepare_all(&requests);
        let clients = ids.iter().zip(all).zip(packets);
        Ok(clients
            .map(|((id, asked), packet)| self.made(id, asked, packet, now))
            .collect())
    }

    fn asked(&mut self, id: &ClientId, now: Moment) -> Result<Asked> {
        let record = self.vault.read().record(id)?;
        let mut signed = None;
        if let Some(given) = self.standing(id)? {
            let changed = self.edited_since(id, &given, &record, now)?;
            if changed.is_empty() {
                signed = Some((
                    Signed {
                        by: given.by,
                        on: given.on,
                        at: given.at,
                    },
                    given.papers,
                ));
            } else {
                self.end_sign_off(id, &changed, now)?;
            }
        }
        let day = signed.as_ref().map_or(now.today, |(given, _)| given.on);
        // The court reads English; the client's own sheet takes its language from the answers.
        let screened = self.ask_the_law(&record, day, Language::En);
        let mut answers = self.vault.read().answers(id, &record)?;
        let clinic = self.clinic()?;
        // At a desk there is somebody to ask who signs; the headless command has only what its files say.
        if !clinic.attorneys.is_empty() {
            let elections = answers.elections.get_or_insert_default();
            elections.signer.get_or_insert(Signer::Open);
        }
        Ok(Asked {
            record,
            screened,
            answers,
            clinic,
            day,
            signed,
        })
    }

    fn request<'a>(&'a self, asked: &'a Asked) -> Request<'a> {
        Request {
            record: &asked.record,
            findings: &asked.screened.findings,
            alternatives: &asked.screened.alternatives,
            clinic: &asked.clinic,
            answers: Some(&asked.answers),
            as_of: asked.day,
            packs: self.packs,
            training: self.is_training(),
            library: self.library.as_ref(),
            signed: asked.signed.as_ref().map(|(given, _)| given),
        }
    }

    /// What was made, where it is what was signed off; else the sign-off ends and the papers are made for today.
    fn made(
        &mut self,
        id: &ClientId,
        asked: Asked,
        packet: std::result::Result<Packet, PaperError>,
        now: Moment,
    ) -> Result<Made> {
        let (mut asked, mut packet) = (asked, packet?);
        let other = |(_, papers): &(_, Vec<_>)| signed_papers(&packet) != *papers;
        if asked.signed.as_ref().is_some_and(other) {
            self.end_sign_off(id, &["papers".to_owned()], now)?;
            asked = self.asked(id, now)?;
            packet = papers::prepare(&self.request(&asked))?;
        }
        let why_not = papers::told(&self.request(&asked), &packet, self.language())?;
        self.vault.transact(Operation::Prepare, now.at, |tx| {
            tx.show(id, &asked.screened.findings)?;
            tx.about(id)
        })?;
        let Asked {
            record,
            screened,
            answers,
            clinic,
            day,
            ..
        } = asked;
        let reads = answers.contact.as_ref();
        let tellings = self.tellings(&screened.findings, reads.and_then(|reads| reads.language));
        let citizen = record.person.citizenship == Some(record::Citizenship::Citizen);
        Ok(Made {
            why_not,
            needs_clearance: !citizen && papers::Clearance::of(&answers, day).is_none(),
            needs_signer: !papers::signer_is_known(&clinic, &answers),
            attorneys: clinic.attorneys.iter().map(|a| a.name.clone()).collect(),
            needs_sign_off: clinic.require_sign_off && packet.signed.is_none(),
            tellings,
            packet,
        })
    }
}
