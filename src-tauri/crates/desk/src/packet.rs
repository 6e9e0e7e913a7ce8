//! The client's papers: made, looked at, printed, saved. What leaves is byte for byte what was looked at.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use papers::{Packet, Paper, Request};
use record::answers::Signer;
use record::clinic::Language;
use vault::{ClientId, NewPaper, Operation, Role, Way};

use crate::error::PrinterError;
use crate::view::{BlankView, Bytes, MarkView, PacketView, PaperView, Print, Printed, Saved};
use crate::{Desk, Error, Moment, Result};

/// Something that prints. The shell has the real one.
pub trait Printer {
    /// Prints one paper.
    ///
    /// # Errors
    /// The queue did not take it.
    fn print(&mut self, pdf: &[u8]) -> std::result::Result<(), PrinterError>;
}

/// The packet that was looked at last. Any change of the client ends it.
pub(crate) struct Prepared {
    client: ClientId,
    packet: Packet,
}

/// So many digits of a paper's hash name it among a client's papers.
const KEY: usize = 16;

impl Desk {
    /// Makes a client's papers for today and keeps them for looking at.
    ///
    /// # Errors
    /// A paper could not be made, in words; or there is no such client.
    pub fn prepare(&mut self, id: ClientId, now: Moment) -> Result<PacketView> {
        let record = self.vault.read().record(&id)?;
        // The court reads English; the client's own sheet takes its language from the answers.
        let screened = self.ask_the_law(&record, now.today, Language::En);
        let mut answers = self.vault.read().answers(&id, &record)?;
        let clinic = self.clinic()?;
        // At a desk there is somebody to ask who signs; the headless command has only what its files say.
        if !clinic.attorneys.is_empty() {
            let elections = answers.elections.get_or_insert_default();
            elections.signer.get_or_insert(Signer::Open);
        }
        let request = Request {
            record: &record,
            findings: &screened.findings,
            clinic: &clinic,
            answers: Some(&answers),
            as_of: now.today,
            packs: self.packs,
            training: self.is_training(),
            library: None,
        };
        let packet = papers::prepare(&request)?;
        let why_not = papers::told(&request, self.language())?;
        self.vault.transact(Operation::Prepare, now.at, |tx| {
            tx.show(&id, &screened.findings)?;
            tx.about(&id)
        })?;
        let citizen = record.person.citizenship == Some(record::Citizenship::Citizen);
        let view = PacketView {
            papers: self.papers_of(&packet),
            ready: packet.ready,
            why_not,
            needs_clearance: !citizen && papers::Clearance::of(&answers, now.today).is_none(),
            needs_signer: !papers::signer_is_known(&clinic, &answers),
            attorneys: clinic.attorneys.iter().map(|a| a.name.clone()).collect(),
            as_of: packet.as_of,
        };
        self.prepared = Some(Prepared { client: id, packet });
        Ok(view)
    }

    /// One paper's bytes, as `prepare` made them.
    ///
    /// # Errors
    /// [`Error::Stale`].
    pub fn bytes(&self, ask: &Bytes) -> Result<Vec<u8>> {
        let packet = self.looked_at(&ask.id)?;
        Ok(find(packet, &ask.key)?.2.bytes.clone())
    }

    /// Prints papers, byte for byte as they were looked at, and writes down which left.
    ///
    /// # Errors
    /// [`Error::Stale`] if anything changed since; [`Error::SignOff`]; or the print queue's.
    pub fn print(
        &mut self,
        ask: &Print,
        printer: &mut dyn Printer,
        now: Moment,
    ) -> Result<Printed> {
        self.may_leave(now)?;
        let packet = self.looked_at(&ask.id)?;
        let wanted: Vec<_> = ask
            .keys
            .iter()
            .map(|key| find(packet, key))
            .collect::<Result<_>>()?;
        let mut left = Vec::new();
        let mut refused = None;
        for (file, _, paper) in wanted {
            match printer.print(&paper.bytes) {
                Ok(()) => left.push(out(file, paper)),
                Err(error) => {
                    refused = Some(error);
                    break;
                }
            }
        }
        // What did leave is written down even where the queue then stopped.
        self.write_down(&ask.id, Operation::Print, Way::Printed, &left, now)?;
        match refused {
            Some(error) => Err(error.into()),
            None => Ok(Printed {
                papers: u32::try_from(left.len()).unwrap_or(u32::MAX),
                pages: left.iter().map(|paper| paper.pages).sum(),
            }),
        }
    }

    /// Saves the packet that was looked at in a new folder inside `into`. It appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::Stale`] if anything changed since; [`Error::SignOff`]; or the disk's.
    pub fn save(&mut self, id: ClientId, into: &Path, now: Moment) -> Result<Saved> {
        self.may_leave(now)?;
        let packet = self.looked_at(&id)?;
        let manifest = serde_json::to_vec_pretty(&packet.manifest()).map_err(|_| Error::Stale)?;
        let mut files: Vec<(String, &[u8])> = packet
            .files()
            .map(|(file, _, paper)| (file, paper.bytes.as_slice()))
            .collect();
        files.push(("manifest.json".into(), &manifest));
        let folder = write_folder(into, &format!("packet-{}", packet.as_of), &files)
            .map_err(|error| Error::Folder(error.kind()))?;
        let names = files.into_iter().map(|(name, _)| name).collect();
        let left: Vec<_> = packet
            .files()
            .map(|(file, _, paper)| out(file, paper))
            .collect();
        self.write_down(&id, Operation::Save, Way::Saved, &left, now)?;
        Ok(Saved {
            folder: folder.display().to_string(),
            files: names,
        })
    }

    /// The papers as the window lists them, blanks in the language of the session.
    fn papers_of(&self, packet: &Packet) -> Vec<PaperView> {
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
                    from: mark.from.clone(),
                })
                .collect(),
        });
        views.collect()
    }

    /// Papers leave on the day they were made for, and only by an attorney's hand where the clinic wants that.
    fn may_leave(&self, now: Moment) -> Result<()> {
        let made_for = self.prepared.as_ref().map(|made| made.packet.as_of);
        if made_for != Some(now.today) {
            return Err(Error::Stale);
        }
        if self.clinic()?.require_sign_off && !self.vault.me().is(Role::Attorney) {
            return Err(Error::SignOff);
        }
        Ok(())
    }

    fn looked_at(&self, id: &ClientId) -> Result<&Packet> {
        let made = self.prepared.as_ref().filter(|made| made.client == *id);
        made.map(|made| &made.packet).ok_or(Error::Stale)
    }

    fn write_down(
        &mut self,
        id: &ClientId,
        operation: Operation,
        way: Way,
        left: &[Out],
        now: Moment,
    ) -> Result<()> {
        self.vault.transact(operation, now.at, |tx| {
            tx.about(id)?;
            for paper in left {
                tx.add_paper(
                    id,
                    &NewPaper {
                        way,
                        kind: paper.kind,
                        file: &paper.file,
                        sha256: paper.sha256,
                        pages: paper.pages,
                    },
                )?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// A paper that leaves.
struct Out {
    kind: &'static str,
    file: String,
    sha256: [u8; 32],
    pages: u32,
}

fn out(file: String, paper: &Paper) -> Out {
    Out {
        kind: paper.kind.as_str(),
        file,
        sha256: digest(paper),
        pages: u32::try_from(paper.pages).unwrap_or(u32::MAX),
    }
}

/// The paper's hash as bytes, from its own hexadecimal digits.
fn digest(paper: &Paper) -> [u8; 32] {
    let text = paper.sha256();
    std::array::from_fn(|i| {
        text.get(2 * i..2 * i + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .unwrap_or_default()
    })
}

fn key(paper: &Paper) -> String {
    let mut key = paper.sha256();
    key.truncate(KEY);
    key
}

fn find<'a>(packet: &'a Packet, wanted: &str) -> Result<(String, Option<usize>, &'a Paper)> {
    packet
        .files()
        .find(|(_, _, paper)| key(paper) == wanted)
        .ok_or(Error::Stale)
}

/// Writes files into a new folder, which appears by a rename when all of them are there. The name takes a number where it is
/// there already: nothing is overwritten.
fn write_folder(into: &Path, name: &str, files: &[(String, &[u8])]) -> io::Result<PathBuf> {
    fs::create_dir_all(into)?;
    let part = into.join(format!(".{name}.part"));
    if part.exists() {
        fs::remove_dir_all(&part)?;
    }
    let written = files.iter().try_for_each(|(file, bytes)| {
        let path = part.join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written {
        let _ = fs::remove_dir_all(&part);
        return Err(error);
    }
    for number in 1.. {
        let folder = match number {
            1 => into.join(name),
            _ => into.join(format!("{name}-{number}")),
        };
        if !folder.exists() {
            fs::rename(&part, &folder)?;
            return Ok(folder);
        }
    }
    unreachable!("some number is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_whole_and_nothing_is_overwritten() {
        let into = tempfile::tempdir().unwrap();
        let files = [
            ("a/one.pdf".to_owned(), &b"1"[..]),
            ("two.pdf".to_owned(), b"2"),
        ];
        let first = write_folder(into.path(), "packet", &files).unwrap();
        let second = write_folder(into.path(), "packet", &files).unwrap();
        assert_ne!(first, second);
        assert_eq!(fs::read(first.join("a/one.pdf")).unwrap(), b"1");
        assert_eq!(
            fs::read_dir(into.path()).unwrap().count(),
            2,
            "no part is left"
        );
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let into = tempfile::tempdir().unwrap();
        let twice = [("x".to_owned(), &b"1"[..]), ("x".to_owned(), b"2")];
        assert!(write_folder(into.path(), "packet", &twice).is_err());
        assert_eq!(fs::read_dir(into.path()).unwrap().count(), 0);
    }
}
