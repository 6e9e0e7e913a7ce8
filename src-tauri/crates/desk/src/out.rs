//! Papers leave: to the printer as one job of sets, or to a folder. What leaves is byte for byte what was looked at.

use std::path::Path;

use packs::Packs;
use papers::{EfilingFile, Packet, Paper, Sides};
use vault::{ClientId, NewPaper, Operation, Way};

use crate::error::PrinterError;
use crate::folder::write_folder;
use crate::view::{EfilingFileView, Print, Printed, Save, Saved, SavedForEfiling};
use crate::{Desk, Error, Moment, Result};

/// Something that prints. The shell has the real one.
pub trait Printer {
    /// Prints one job.
    ///
    /// # Errors
    /// The queue did not take it.
    fn print(&mut self, pdf: &[u8]) -> std::result::Result<(), PrinterError>;
}

impl Desk {
    /// Prints a packet as one job: a set for everybody who gets one, with a sheet before it that says whose it is. The papers in it
    /// are those that were looked at; what left is written down.
    ///
    /// # Errors
    /// [`Error::Stale`] if anything changed since; [`Error::SignOff`]; or the print queue's.
    pub fn print(
        &mut self,
        ask: &Print,
        printer: &mut dyn Printer,
        now: Moment,
    ) -> Result<Printed> {
        let packet = self.looked_at(&ask.id, now)?;
        self.may_leave(packet)?;
        let job = papers::print(&[packet], self.packs, sides(ask.two_sided))?;
        let left = left(packet, "");
        printer.print(&job.bytes)?;
        self.write_down(
            Operation::Print,
            Way::Printed,
            &[(ask.id.clone(), left)],
            now,
        )?;
        Ok(Printed {
            sets: count(job.sets.len()),
            pages: count(job.pages),
        })
    }

    /// Saves the packet that was looked at in a new folder inside `into`. It appears whole or not at all.
    ///
    /// # Errors
    /// [`Error::Stale`] if anything changed since; [`Error::SignOff`]; or the disk's.
    pub fn save(&mut self, ask: &Save, into: &Path, now: Moment) -> Result<Saved> {
        let packet = self.looked_at(&ask.id, now)?;
        self.may_leave(packet)?;
        let mut files = files(packet, "");
        files.push(manifest(packet, "")?);
        let folder = write_folder(into, &format!("packet-{}", packet.as_of), &files)
            .map_err(|error| Error::Folder(error.kind()))?;
        let names = files.into_iter().map(|(name, _)| name).collect();
        let left = left(packet, "");
        self.write_down(Operation::Save, Way::Saved, &[(ask.id.clone(), left)], now)?;
        Ok(Saved {
            folder: folder.display().to_string(),
            files: names,
        })
    }

    /// Saves what of the packet is filed for e-filing in a new folder inside `into`: the papers that were looked at, one file each under
    /// names by rule, and a checklist. It appears whole or not at all; nothing is sent.
    ///
    /// # Errors
    /// [`Error::Stale`] if anything changed since; [`Error::SignOff`]; [`Error::NothingToFile`]; or the disk's.
    pub fn save_for_efiling(
        &mut self,
        ask: &Save,
        into: &Path,
        now: Moment,
    ) -> Result<SavedForEfiling> {
        let packet = self.looked_at(&ask.id, now)?;
        self.may_leave(packet)?;
        let mut made = ForEfiling::default();
        let left = made.add(packet, self.packs, "")?;
        if made.view.files.is_empty() {
            return Err(Error::NothingToFile);
        }
        let saved = made.write(into, &format!("efiling-{}", packet.as_of))?;
        self.write_down(Operation::Save, Way::Saved, &[(ask.id.clone(), left)], now)?;
        Ok(saved)
    }

    /// Where the clinic wants that, papers leave only after an attorney signed these very bytes off.
    pub(crate) fn may_leave(&self, packet: &Packet) -> Result<()> {
        if self.clinic()?.require_sign_off && packet.signed.is_none() {
            return Err(Error::SignOff);
        }
        Ok(())
    }

    /// Writes down which papers left, client by client, in one step.
    pub(crate) fn write_down(
        &mut self,
        operation: Operation,
        way: Way,
        clients: &[(ClientId, Vec<Out>)],
        now: Moment,
    ) -> Result<()> {
        self.vault.transact(operation, now.at, |tx| {
            for (id, left) in clients {
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
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// A paper that leaves.
pub(crate) struct Out {
    kind: &'static str,
    file: String,
    sha256: [u8; 32],
    pages: u32,
}

/// Every paper of a packet as it is written down, in a folder of its own where one is named.
pub(crate) fn left(packet: &Packet, under: &str) -> Vec<Out> {
    let papers = packet.files();
    papers
        .map(|(file, _, paper)| out(&format!("{under}{file}"), paper))
        .collect()
}

fn out(file: &str, paper: &Paper) -> Out {
    Out {
        kind: paper.kind.as_str(),
        file: file.to_owned(),
        sha256: digest(paper),
        pages: count(paper.pages),
    }
}

/// What is saved for e-filing, of one packet or of many.
#[derive(Default)]
pub(crate) struct ForEfiling {
    files: Vec<(String, Vec<u8>)>,
    pub(crate) view: SavedForEfiling,
}

impl ForEfiling {
    /// Takes what of a packet is filed, with its checklist; what of it leaves. Nothing of a packet that files nothing.
    pub(crate) fn add(&mut self, packet: &Packet, packs: &Packs, under: &str) -> Result<Vec<Out>> {
        let made = papers::efile(packet, packs)?;
        if made.files.is_empty() {
            return Ok(Vec::new());
        }
        let manifest = serde_json::to_vec_pretty(&made.manifest()).map_err(|_| Error::Stale)?;
        let all = made.all();
        self.files
            .extend(all.map(|(name, paper)| (format!("{under}{name}"), paper.bytes.clone())));
        self.files.push((format!("{under}manifest.json"), manifest));
        let views = made.files.iter().map(|file| file_view(file, under));
        self.view.files.extend(views);
        self.view.checklist.clone_from(&made.checklist.file);
        for title in &made.kept_back {
            if !self.view.kept_back.iter().any(|known| known == title) {
                self.view.kept_back.push((*title).into());
            }
        }
        let all = made.all();
        Ok(all
            .map(|(name, paper)| out(&format!("{under}{name}"), paper))
            .collect())
    }

    /// Writes it all into a new folder, which appears whole or not at all.
    pub(crate) fn write(mut self, into: &Path, name: &str) -> Result<SavedForEfiling> {
        let folder =
            write_folder(into, name, &self.files).map_err(|error| Error::Folder(error.kind()))?;
        self.view.folder = folder.display().to_string();
        Ok(self.view)
    }
}

fn file_view(file: &EfilingFile<'_>, under: &str) -> EfilingFileView {
    EfilingFileView {
        file: format!("{under}{}", file.file),
        title: file.paper.title.clone(),
        bytes: file.paper.bytes.len(),
        limit: file.limit,
        problems: file
            .problems
            .iter()
            .map(|problem| problem.as_str().to_owned())
            .collect(),
    }
}

/// Every paper of a packet with its path.
pub(crate) fn files(packet: &Packet, under: &str) -> Vec<(String, Vec<u8>)> {
    let papers = packet.files();
    papers
        .map(|(file, _, paper)| (format!("{under}{file}"), paper.bytes.clone()))
        .collect()
}

/// The packet's manifest with its path.
pub(crate) fn manifest(packet: &Packet, under: &str) -> Result<(String, Vec<u8>)> {
    let text = serde_json::to_vec_pretty(&packet.manifest()).map_err(|_| Error::Stale)?;
    Ok((format!("{under}manifest.json"), text))
}

pub(crate) fn sides(two: bool) -> Sides {
    if two { Sides::Two } else { Sides::One }
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
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
