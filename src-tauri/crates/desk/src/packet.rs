//! The client's papers as they are looked at. They are made again after every change, and held against what an attorney signed.

use jiff::civil::Date;
use papers::{Packet, Paper};
use vault::ClientId;

use crate::origin::Origins;
use crate::view::{BlankView, Bytes, MarkView, PacketView, PaperView};
use crate::{Desk, Error, Moment, Result};

/// The packet that was looked at last. Any change of the client ends it.
pub(crate) struct Prepared {
    client: ClientId,
    /// The day it was made on, which for a packet signed off may be later than the day it was made for.
    on: Date,
    packet: Packet,
}

/// So many digits of a paper's hash name it among a client's papers.
const KEY: usize = 16;

impl Desk {
    /// Makes a client's papers and keeps them for looking at.
    ///
    /// # Errors
    /// A paper could not be made, in words; or there is no such client.
    pub fn prepare(&mut self, id: ClientId, now: Moment) -> Result<PacketView> {
        let made = self.make(&id, now)?;
        let view = PacketView {
            papers: self.papers_of(&id, &made.packet)?,
            ready: made.packet.ready,
            why_not: made.why_not,
            needs_clearance: made.needs_clearance,
            needs_signer: made.needs_signer,
            attorneys: made.attorneys,
            as_of: made.packet.as_of,
            sign_off: self.sign_off_state(&id)?,
            needs_sign_off: made.needs_sign_off,
            tellings: made.tellings,
        };
        self.prepared = Some(Prepared {
            client: id,
            on: now.today,
            packet: made.packet,
        });
        Ok(view)
    }

    /// One paper's bytes, as `prepare` made them.
    ///
    /// # Errors
    /// [`Error::Stale`].
    pub fn bytes(&self, ask: &Bytes) -> Result<Vec<u8>> {
        let made = self.prepared.as_ref().filter(|made| made.client == ask.id);
        let packet = &made.ok_or(Error::Stale)?.packet;
        let mut papers = packet.files().map(|(_, _, paper)| paper);
        let paper = papers.find(|paper| key(paper) == ask.key);
        Ok(paper.ok_or(Error::Stale)?.bytes.clone())
    }

    /// The papers that were looked at last, where they are this client's and of today: papers leave on the day they were made.
    pub(crate) fn looked_at(&self, id: &ClientId, now: Moment) -> Result<&Packet> {
        let made = self.prepared.as_ref();
        let made = made.filter(|made| made.client == *id && made.on == now.today);
        made.map(|made| &made.packet).ok_or(Error::Stale)
    }

    /// The papers as the window lists them, blanks in the language of the session.
    fn papers_of(&self, id: &ClientId, packet: &Packet) -> Result<Vec<PaperView>> {
        let view = self.vault.read();
        let record = view.record(id)?;
        let sheets = view.sheets(id)?.into_iter();
        let declared = view.declared(id, &record)?.into_iter();
        let origins = Origins {
            answers: &view.answers(id, &record)?,
            declared: &declared
                .map(|(declare, kept)| Ok((declare, self.name_of(&kept.person)?, kept.said.day)))
                .collect::<Result<Vec<_>>>()?,
            sheets: &sheets.map(|sheet| (sheet.name, sheet.id)).collect(),
            record: &record,
            as_of: packet.as_of,
        };
        let said = |english: &str| {
            let mut packs = self.packs.iter().filter_map(|pack| pack.papers.as_ref());
            let told = packs.find_map(|texts| {
                Some(texts.blank(self.language(), english)).filter(|said| *said != english)
            });
            told.unwrap_or(english).to_owned()
        };
        let views = packet.files().map(|(file, case, paper)| PaperView {
            key: key(paper),
            kind: paper.kind.as_str().to_owned(),
            title: paper.title.clone(),
            recipient: paper.recipient.as_str().to_owned(),
            file,
            case,
            pages: u32::try_from(paper.pages).unwrap_or(u32::MAX),
            sha256: paper.sha256(),
            blanks: paper
                .blanks
                .iter()
                .map(|blank| BlankView {
                    what: said(&blank.what),
                    why: said(&blank.why),
                })
                .collect(),
            marks: paper
                .marks
                .iter()
                .map(|mark| MarkView {
                    what: mark.what.clone(),
                    value: mark.value.clone(),
                    from: mark.from.iter().map(|path| origins.of(path)).collect(),
                })
                .collect(),
        });
        Ok(views.collect())
    }
}

/// The key of every paper.
pub(crate) fn keys(packet: &Packet) -> Vec<String> {
    packet.files().map(|(_, _, paper)| key(paper)).collect()
}

fn key(paper: &Paper) -> String {
    let mut key = paper.sha256();
    key.truncate(KEY);
    key
}
