//! Many clients' packets as one print job or one folder, in the order of the files in the cabinet. The window asks part by part: so it
//! can say how far it is, and stop at once.

use std::path::Path;

use jiff::civil::Date;
use papers::Packet;
use vault::{Act, ClientId, Operation, Way};

use crate::clients::row_of;
use crate::folder::write_folder;
use crate::making::Made;
use crate::out::{ForEfiling, count, files, left, manifest, sides};
use crate::view::{
    BeginBulk, BulkView, LeftOut, LeftOutWhy, PrintBulk, Printed, Saved, SavedForEfiling,
};
use crate::{Desk, Error, Moment, Printer, Result};

/// More than any clinic prints in one go; each packet stays in memory until the job is made.
const MOST: usize = 200;

/// A bulk job on its way. Any change of any client ends it.
pub(crate) struct Bulk {
    on: Date,
    clients: Vec<ClientId>,
    done: usize,
    packets: Vec<(ClientId, Packet)>,
    left_out: Vec<LeftOut>,
}

impl Desk {
    /// Begins a job of these clients' packets, in folder order: by family name, then given name.
    ///
    /// # Errors
    /// [`Error::TooMany`]; or there is no such client.
    pub fn begin_bulk(&mut self, ask: &BeginBulk, now: Moment) -> Result<BulkView> {
        self.needs(Act::Work)?;
        if ask.ids.len() > MOST {
            return Err(Error::TooMany { most: MOST });
        }
        let mut clients = Vec::new();
        for id in &ask.ids {
            let name = self.vault.read().record(id)?.person.name;
            let folded = |part: &Option<String>| part.as_deref().unwrap_or("").to_lowercase();
            clients.push((folded(&name.family), folded(&name.given), id.clone()));
        }
        clients.sort();
        clients.dedup();
        self.bulk = Some(Bulk {
            on: now.today,
            clients: clients.into_iter().map(|(_, _, id)| id).collect(),
            done: 0,
            packets: Vec::new(),
            left_out: Vec::new(),
        });
        self.bulk_view(now)
    }

    /// Makes the next packets, a few for each core of the machine. Whoever's packet may not leave is left out, with why.
    ///
    /// # Errors
    /// [`Error::Stale`] if no job is on its way or anything changed since it began; or a paper could not be made.
    pub fn next_of_bulk(&mut self, now: Moment) -> Result<BulkView> {
        let bulk = self.bulk(now)?;
        let next = bulk.clients.iter().skip(bulk.done);
        let ids: Vec<_> = next.take(papers::in_one_go()).cloned().collect();
        let made = self.make_all(&ids, now)?;
        for (id, made) in ids.into_iter().zip(made) {
            self.take_into_bulk(id, made?)?;
        }
        self.bulk_view(now)
    }

    fn take_into_bulk(&mut self, id: ClientId, made: Made) -> Result<()> {
        let why = if made.needs_clearance {
            Some(LeftOutWhy::Clearance)
        } else if made.packet.cases.is_empty() {
            Some(LeftOutWhy::Nothing)
        } else if self.may_leave(&made.packet).is_err() {
            Some(LeftOutWhy::SignOff)
        } else if !made.packet.ready && made.packet.signed.is_none() {
            Some(LeftOutWhy::NotReady)
        } else {
            None
        };
        let row = row_of(self.vault.read().client(&id)?);
        let bulk = self.bulk.as_mut().ok_or(Error::Stale)?;
        bulk.done += 1;
        match why {
            None => bulk.packets.push((id, made.packet)),
            Some(why) => bulk.left_out.push(LeftOut {
                id,
                initials: row.initials,
                name: row.name,
                why,
            }),
        }
        Ok(())
    }

    /// Forgets the job; what left before stays written down.
    pub fn stop_bulk(&mut self) {
        self.bulk = None;
    }

    /// Prints the job once every packet is made, and writes down which papers left.
    ///
    /// # Errors
    /// [`Error::Stale`], [`Error::NothingToPrint`], or the print queue's.
    pub fn print_bulk(
        &mut self,
        ask: &PrintBulk,
        printer: &mut dyn Printer,
        now: Moment,
    ) -> Result<Printed> {
        let packets = self.finished(now)?;
        let job = papers::print(&packets, self.packs, sides(ask.two_sided))?;
        printer.print(&job.bytes)?;
        let left = self.leaving(now, |_| String::new())?;
        self.write_down(Operation::Print, Way::Printed, &left, now)?;
        self.bulk = None;
        Ok(Printed {
            sets: count(job.sets.len()),
            pages: count(job.pages),
        })
    }

    /// Saves the job in a new folder inside `into`: the whole print job as one file, and each client's papers in a folder of their own.
    ///
    /// # Errors
    /// [`Error::Stale`], [`Error::NothingToPrint`], or the disk's.
    pub fn save_bulk(&mut self, ask: &PrintBulk, into: &Path, now: Moment) -> Result<Saved> {
        let packets = self.finished(now)?;
        let job = papers::print(&packets, self.packs, sides(ask.two_sided))?;
        let mut all = vec![("print-job.pdf".to_owned(), job.bytes)];
        for (n, packet) in packets.iter().enumerate() {
            let under = folder_of(n, packet);
            all.extend(files(packet, &under));
            all.push(manifest(packet, &under)?);
        }
        let folder = write_folder(into, &format!("packets-{}", now.today), &all)
            .map_err(|error| Error::Folder(error.kind()))?;
        let left = self.leaving(now, |(n, packet)| folder_of(n, packet))?;
        self.write_down(Operation::Save, Way::Saved, &left, now)?;
        self.bulk = None;
        Ok(Saved {
            folder: folder.display().to_string(),
            files: all.into_iter().map(|(name, _)| name).collect(),
        })
    }

    /// Saves what of the job is filed for e-filing in a new folder inside `into`: each client's papers and checklist in a folder of
    /// their own. Nothing is sent.
    ///
    /// # Errors
    /// [`Error::Stale`], [`Error::NothingToPrint`], [`Error::NothingToFile`], or the disk's.
    pub fn save_bulk_for_efiling(&mut self, into: &Path, now: Moment) -> Result<SavedForEfiling> {
        self.finished(now)?;
        let mut made = ForEfiling::default();
        let mut left = Vec::new();
        for (n, (id, packet)) in self.bulk(now)?.packets.iter().enumerate() {
            let out = made.add(packet, self.packs, &folder_of(n, packet))?;
            left.push((id.clone(), out));
        }
        if made.view.files.is_empty() {
            return Err(Error::NothingToFile);
        }
        left.retain(|(_, out)| !out.is_empty());
        let saved = made.write(into, &format!("efiling-{}", now.today))?;
        self.write_down(Operation::Save, Way::Saved, &left, now)?;
        self.bulk = None;
        Ok(saved)
    }

    fn bulk(&self, now: Moment) -> Result<&Bulk> {
        let bulk = self.bulk.as_ref().filter(|bulk| bulk.on == now.today);
        bulk.ok_or(Error::Stale)
    }

    fn finished(&self, now: Moment) -> Result<Vec<&Packet>> {
        let bulk = self.bulk(now)?;
        if bulk.done < bulk.clients.len() {
            return Err(Error::Stale);
        }
        if bulk.packets.is_empty() {
            return Err(Error::NothingToPrint);
        }
        Ok(bulk.packets.iter().map(|(_, packet)| packet).collect())
    }

    fn leaving(
        &self,
        now: Moment,
        under: impl Fn((usize, &Packet)) -> String,
    ) -> Result<Vec<(ClientId, Vec<crate::out::Out>)>> {
        let packets = self.bulk(now)?.packets.iter().enumerate();
        Ok(packets
            .map(|(n, (id, packet))| (id.clone(), left(packet, &under((n, packet)))))
            .collect())
    }

    fn bulk_view(&self, now: Moment) -> Result<BulkView> {
        let bulk = self.bulk(now)?;
        let papers = bulk
            .packets
            .iter()
            .map(|(_, packet)| packet.files().count());
        Ok(BulkView {
            done: count(bulk.done),
            of: count(bulk.clients.len()),
            packets: count(bulk.packets.len()),
            papers: count(papers.sum()),
            left_out: bulk.left_out.clone(),
        })
    }
}

/// `007-Quill-Rosa/`: numbered as the job is, so that folders and paper lie in one order.
fn folder_of(n: usize, packet: &Packet) -> String {
    let name: String = packet
        .name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .take(60)
        .collect();
    format!("{:03}-{}/", n + 1, name.trim_matches('-'))
}
