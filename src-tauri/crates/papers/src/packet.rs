//! A packet: the finished papers, what is blank on them, and where every value came from.

use jiff::civil::Date;
use packs::forms::SignedBy;
use record::Person;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Holder, Set, Signed, Upload};

/// Everything made for one client on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// The day it was made for.
    pub as_of: Date,
    /// Made for practice: every page says so.
    pub training: bool,
    /// The client's name.
    pub name: String,
    /// The clinic that made it.
    pub author: String,
    /// Whose it is, as a SHA-256 over name and birth date: two people's papers are never put into one folder.
    pub whose: String,
    /// Who signed it off.
    pub signed: Option<Signed>,
    /// The pack whose words its sheets speak.
    pub pack: String,
    /// One for each court case that has something to file, in the record's order.
    pub cases: Vec<CasePacket>,
    /// Papers that belong to no court case, but for the client's sheet: its large print.
    pub besides: Vec<Paper>,
    /// The sheet the client takes home.
    pub client: Paper,
    /// Nothing is missing but what people must write by hand.
    pub ready: bool,
    /// What is missing, in words.
    pub why_not: Vec<String>,
    /// Papers that could not be made.
    pub lost: Vec<LostPaper>,
}

/// A paper that could not be made, because it cannot print a character of what must stand on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostPaper {
    /// What people call its case.
    pub case: String,
    /// Its title.
    pub title: String,
    /// The character.
    pub character: char,
}

/// The papers of one court case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePacket {
    /// Index of the case in the record.
    pub case: usize,
    /// Name of its folder: county and number, safe on every system.
    pub folder: String,
    /// What people call it: county and number.
    pub label: String,
    /// Its papers, the cover sheet first.
    pub papers: Vec<Paper>,
    /// Who gets which of them.
    pub sets: Vec<Set>,
    /// What goes up where it is filed electronically.
    pub upload: Upload,
}

/// One finished paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Which paper.
    pub kind: PaperKind,
    /// Its file name, without a folder.
    pub file: String,
    /// Its title, as printed.
    pub title: String,
    /// Who gets it.
    pub recipient: Recipient,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Where it is signed, and by whom, in the order of the pages.
    pub signs: Vec<Signature>,
    /// What is left blank.
    pub blanks: Vec<Blank>,
    /// Where every value on it came from; empty on papers that are not filed.
    pub marks: Vec<Mark>,
    /// The court's own form that it is on; none for a paper of ours.
    pub form: Option<FormUsed>,
}

/// The revision of a court's form that a paper is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormUsed {
    /// Its number.
    pub number: String,
    /// The day printed as its revision.
    pub revision: Date,
    /// SHA-256 of the blank, in hexadecimal digits: a filed case keeps its own.
    pub sha256: String,
    /// From this day somebody must look whether there is a newer one.
    pub check_by: Date,
    /// A newer revision in use on the packet's day, where the packs know one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<Date>,
    /// SHA-256 of the office's own description that says what stands in its fields, in hexadecimal digits; none where the program's does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub described: Option<String>,
    /// The court's form behind it, for what it has no room for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attached: Option<Box<FormUsed>>,
}

impl FormUsed {
    /// It, and the form attached to it.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.attached.as_deref())
    }
}

impl Paper {
    /// The SHA-256 of its bytes, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whose a packet is: name and birth date, digested.
pub(crate) fn whose(person: &Person) -> String {
    let name = person.name.full();
    let born = person.born.map(|day| day.to_string()).unwrap_or_default();
    hex(&Sha256::digest(format!("{name}\n{born}").as_bytes()))
}

/// The kinds of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// The clinic's cover sheet.
    Cover,
    /// A petition, for a sentence still being served.
    Petition,
    /// An application, for a completed sentence.
    Application,
    /// A declaration in the client's words.
    Declaration,
    /// A proposed order.
    Order,
    /// A proof of service, for the server to fill.
    Service,
    /// The clinic's list of who signs where and of envelopes.
    Signing,
    /// Labels for the envelopes.
    Labels,
    /// What to upload where, for e-filing.
    Checklist,
    /// A letter to a company that reports what an order has changed.
    Dispute,
    /// What to bring where fingerprints are taken.
    LiveScan,
    /// A letter that asks for a copy of one's own record without its fee.
    FeeWaiver,
    /// The court's own form by which a person who cannot pay asks to be let off its fee.
    CourtFee,
    /// The sheet the client takes home.
    Client,
    /// The same in large print.
    ClientLarge,
}

impl PaperKind {
    /// Its name in the manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Petition => "petition",
            Self::Application => "application",
            Self::Declaration => "declaration",
            Self::Order => "order",
            Self::Service => "service",
            Self::Signing => "signing",
            Self::Labels => "labels",
            Self::Checklist => "checklist",
            Self::Dispute => "dispute",
            Self::LiveScan => "live_scan",
            Self::FeeWaiver => "fee_waiver",
            Self::CourtFee => "court_fee",
            Self::Client => "client",
            Self::ClientLarge => "client_large",
        }
    }
}

/// Who gets a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Filed with the court.
    Court,
    /// Stays with the clinic.
    Clinic,
    /// The client takes it home.
    Client,
}

impl Recipient {
    /// Its name in the manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Clinic => "clinic",
            Self::Client => "client",
        }
    }
}

/// A line to sign on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Who signs there.
    pub by: SignedBy,
    /// The page, from 1.
    pub page: usize,
}

/// A place left blank on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blank {
    /// What is blank.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A value on a paper and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// What it is.
    pub what: String,
    /// The value as printed.
    pub value: String,
    /// Paths of the facts it rests on: of the record as they are (`cases[0].number`), else beginning with `clinic.`, `answers.`
    /// or `findings[n].`.
    pub from: Vec<String>,
}

/// What `manifest.json` of a packet says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Name and version of this format.
    pub schema: &'static str,
    /// The day the packet was made for.
    pub as_of: Date,
    /// Made for practice.
    pub training: bool,
    /// Whose it is: see [`Packet::whose`].
    pub whose: String,
    /// Nothing is missing but what people must write by hand.
    pub ready: bool,
    /// What is missing, in words.
    pub why_not: Vec<String>,
    /// Every file, the client's sheet last.
    pub papers: Vec<Entry>,
    /// Who gets which of them, case by case, in the order in which they are handed over.
    pub sets: Vec<SetEntry>,
}

/// One set in a [`Manifest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetEntry {
    /// Index of the case in the record.
    pub case: usize,
    /// Who gets it.
    pub to: Holder,
    /// How many times; for the court the original is one of them.
    pub copies: u32,
    /// Paths of the files in the packet's folder.
    pub papers: Vec<String>,
    /// What whoever hands them over must know.
    pub notes: Vec<String>,
}

/// One paper in a [`Manifest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Path of the file in the packet's folder.
    pub file: String,
    /// Which paper.
    pub kind: PaperKind,
    /// Its title.
    pub title: String,
    /// Who gets it.
    pub recipient: Recipient,
    /// Index of the case in the record; none for the client's sheet.
    pub case: Option<usize>,
    /// How many pages it has.
    pub pages: usize,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Where it is signed, and by whom.
    pub signs: Vec<Signature>,
    /// What is left blank, and why.
    pub blank: Vec<Blank>,
    /// Where every value on it came from.
    pub marks: Vec<Mark>,
    /// The court's own form that it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<FormUsed>,
}

impl CasePacket {
    fn path(&self, paper: &Paper) -> String {
        format!("{}/{}", self.folder, paper.file)
    }

    fn entries(&self) -> impl Iterator<Item = SetEntry> {
        self.sets.iter().map(|set| SetEntry {
            case: self.case,
            to: set.to,
            copies: set.copies,
            papers: set
                .papers
                .iter()
                .map(|paper| self.path(&self.papers[*paper]))
                .collect(),
            notes: set.notes.clone(),
        })
    }
}

impl Packet {
    /// Every paper with its path in the packet's folder, the client's sheet last.
    pub fn files(&self) -> impl Iterator<Item = (String, Option<usize>, &Paper)> {
        let filed = self.cases.iter().flat_map(|packet| {
            packet
                .papers
                .iter()
                .map(move |paper| (packet.path(paper), Some(packet.case), paper))
        });
        let own = self.besides.iter().chain(std::iter::once(&self.client));
        filed.chain(own.map(|paper| (paper.file.clone(), None, paper)))
    }

    /// What is in the packet, for people and programs that take it further.
    #[must_use]
    pub fn manifest(&self) -> Manifest {
        Manifest {
            schema: "relief-desk/packet/1",
            as_of: self.as_of,
            training: self.training,
            whose: self.whose.clone(),
            ready: self.ready,
            why_not: self.why_not.clone(),
            papers: self
                .files()
                .map(|(file, case, paper)| Entry {
                    file,
                    kind: paper.kind,
                    title: paper.title.clone(),
                    recipient: paper.recipient,
                    case,
                    pages: paper.pages,
                    sha256: paper.sha256(),
                    signs: paper.signs.clone(),
                    blank: paper.blanks.clone(),
                    marks: paper.marks.clone(),
                    form: paper.form.clone(),
                })
                .collect(),
            sets: self.cases.iter().flat_map(CasePacket::entries).collect(),
        }
    }
}
