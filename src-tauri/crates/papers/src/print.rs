//! The print job: a set for everybody who gets one, client after client, a sheet before each set that says whose it is.
//!
//! The papers go in as they are. What the job adds stands on sheets of its own, which are taken out before anything is filed: no
//! mark of ours comes onto a paper.

use forms::{Bindable, Binder, FormError};
use jiff::civil::Date;
use packs::Packs;
use packs::papers::{DateWords, PaperTexts, Phrase, SetTexts};
use serde::Serialize;

use crate::ink::{Ink, Value, Values};
use crate::pleading::day;
use crate::press::{self, Layout};
use crate::{Holder, Packet, Paper, PaperError, PaperKind, Recipient};

/// The sides of a sheet that the printer uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// One.
    One,
    /// Both: every paper begins on a sheet of its own, so no sheet carries two papers.
    Two,
}

/// A print job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The sets in it, in order.
    pub sets: Vec<Bound>,
}

/// Where a set lies in a print job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Whose: place of the packet among those printed.
    pub packet: usize,
    /// Place of the case among the packet's cases; none for the client's own sheet.
    pub case: Option<usize>,
    /// Who gets it.
    pub to: Holder,
    /// Which copy, from 1.
    pub copy: u32,
    /// Its first page, the sheet that names it; from 1.
    pub first: usize,
    /// Its last page.
    pub last: usize,
}

/// Makes one print job of packets, in their order.
///
/// # Errors
/// A pack without the words, or a paper that is no PDF of ours.
pub fn print(packets: &[&Packet], packs: &Packs, sides: Sides) -> Result<PrintJob, PaperError> {
    let _run = press::Run::start();
    let mut piles = Vec::new();
    for (n, packet) in packets.iter().enumerate() {
        let texts = packs
            .pack(&packet.pack)
            .and_then(|pack| pack.papers.as_ref());
        let texts = texts.ok_or_else(|| PaperError::Missing {
            pack: packet.pack.clone(),
            text: "sets".to_owned(),
        })?;
        lay(packet, n, texts, sides, &mut piles)?;
    }
    let all = piles.last().map_or(0, |pile| pile.bound.last);
    let mut binder = Binder::new();
    for pile in &piles {
        let sheet = pile.sheet(all)?;
        let bound = binder.load(&sheet).map_err(unbound)?;
        put(&mut binder, &bound, sides);
        for paper in &pile.papers {
            let bound = binder.load(&paper.bytes).map_err(unbound)?;
            put(&mut binder, &bound, sides);
        }
    }
    let sets = piles.iter().map(|pile| pile.bound).collect();
    let (bytes, pages) = binder.finish().map_err(unbound)?;
    Ok(PrintJob { bytes, pages, sets })
}

fn unbound(_: FormError) -> PaperError {
    PaperError::Unbound
}

fn put(binder: &mut Binder, paper: &Bindable, sides: Sides) {
    binder.put(paper);
    if sides == Sides::Two && paper.pages() % 2 == 1 {
        binder.blank();
    }
}

/// One set on its way into the job.
struct Pile<'p> {
    packet: &'p Packet,
    words: &'p SetTexts,
    dates: &'p DateWords,
    label: &'p str,
    copies: u32,
    notes: &'p [String],
    papers: Vec<&'p Paper>,
    bound: Bound,
}

// Lays a packet's sets behind those that are there.
fn lay<'p>(
    packet: &'p Packet,
    n: usize,
    texts: &'p PaperTexts,
    sides: Sides,
    piles: &mut Vec<Pile<'p>>,
) -> Result<(), PaperError> {
    let mut push = |case, label, set: (Holder, u32, &'p [String]), papers: Vec<&'p Paper>| {
        let (to, copies, notes) = set;
        let of = |pages: usize| match sides {
            Sides::One => pages,
            Sides::Two => pages.next_multiple_of(2),
        };
        let pages: usize = of(1) + papers.iter().map(|paper| of(paper.pages)).sum::<usize>();
        for copy in 1..=copies {
            let before = piles.last().map_or(0, |pile: &Pile<'_>| pile.bound.last);
            piles.push(Pile {
                packet,
                words: &texts.cover.sets,
                dates: &texts.filing.dates,
                label,
                copies,
                notes,
                papers: papers.clone(),
                bound: Bound {
                    packet: n,
                    case,
                    to,
                    copy,
                    first: before + 1,
                    last: before + pages,
                },
            });
        }
    };
    // What the desk works from comes first. Labels are printed on sheets of their own.
    let lists = packet
        .besides
        .iter()
        .filter(|paper| paper.kind == PaperKind::Signing);
    let lists: Vec<_> = lists.collect();
    if !lists.is_empty() {
        push(None, "", (Holder::File, 1, &[]), lists);
    }
    for (at, case) in packet.cases.iter().enumerate() {
        for set in &case.sets {
            let papers = set.papers.iter().map(|paper| case.papers.get(*paper));
            let papers = papers.collect::<Option<_>>().ok_or(PaperError::Mismatch)?;
            let about = (set.to, set.copies, set.notes.as_slice());
            push(Some(at), case.label.as_str(), about, papers);
        }
    }
    let own = packet
        .besides
        .iter()
        .filter(|paper| paper.recipient == Recipient::Client);
    let own = std::iter::once(&packet.client).chain(own).collect();
    push(None, "", (Holder::Client, 1, &[]), own);
    Ok(())
}

/// Data of `separator.typ`.
#[derive(Serialize)]
struct Separator<'p> {
    training: bool,
    day: [i16; 3],
    client: &'p str,
    case: &'p str,
    to: &'p str,
    which: String,
    warning: Option<String>,
    behind: String,
    papers: Vec<[String; 2]>,
    notes: &'p [String],
    signed: Option<String>,
    place: String,
    remove: String,
}

impl Pile<'_> {
    fn sheet(&self, all: usize) -> Result<Vec<u8>, PaperError> {
        let words = self.words;
        let number = |n: usize| Value::word(n.to_string());
        let (to, filed) = match self.bound.to {
            Holder::Court => (&words.court, true),
            Holder::Prosecutor => (&words.prosecutor, true),
            Holder::Probation => (&words.probation, true),
            Holder::Client => (&words.client, false),
            Holder::File => (&words.file, false),
        };
        let which = match (self.bound.to, self.bound.copy) {
            (Holder::Court, 1) => text(&words.original, Values::default())?,
            (Holder::Court, copy) => {
                let copies = number(self.copies as usize - 1);
                let copy = Values::default().with("copy", number(copy as usize - 1));
                text(&words.copy, copy.with("copies", copies))?
            }
            _ => String::new(),
        };
        let warning = (filed && !self.packet.ready)
            .then(|| text(&words.not_ready, Values::default()))
            .transpose()?;
        let papers = self.papers.iter().map(|paper| {
            let pages = Values::default().with("pages", number(paper.pages));
            Ok([paper.title.clone(), text(&words.pages, pages)?])
        });
        let place = Values::default()
            .with("first", number(self.bound.first))
            .with("last", number(self.bound.last))
            .with("all", number(all));
        let sheet = Separator {
            training: self.packet.training,
            day: day(self.packet.as_of),
            client: &self.packet.name,
            case: self.label,
            to,
            which,
            warning,
            behind: text(&words.behind, Values::default())?,
            papers: papers.collect::<Result<_, PaperError>>()?,
            notes: self.notes,
            signed: (self.packet.signed.as_ref())
                .map(|signed| signed.told(&words.signed, self.dates))
                .transpose()?,
            place: text(&words.place, place)?,
            remove: text(&words.remove, Values::default())?,
        };
        single(&sheet, self.packet.as_of)
    }
}

fn single(sheet: &Separator<'_>, as_of: Date) -> Result<Vec<u8>, PaperError> {
    let printed = press::print(Layout::Separator, sheet, as_of)?;
    // The numbers on all sheets count on it.
    if printed.pages != 1 {
        return Err(PaperError::Typeset {
            template: "separator.typ".to_owned(),
            line: 0,
        });
    }
    Ok(printed.bytes)
}

fn text(phrase: &Phrase, values: Values) -> Result<String, PaperError> {
    Ink::default().text(phrase, &values)
}
