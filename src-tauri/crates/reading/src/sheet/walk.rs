//! From lines to entries: where each begins, which ruler stood before it, and which lines are its own.

use std::time::{Duration, Instant};

use packs::courts::Courts;
use packs::wordings::Wordings;

use super::body::Body;
use super::clean::Line;
use super::dates;
use super::entry::{Entry, Lead};
use super::headers::{self, Kind};
use super::marks::Marks;
use super::preamble::Preamble;
use super::rulers::Ruler;
use super::{notices, preamble, rulers};
use crate::{FlagKind, Ignored, ReadError, limits};

/// What a walk over all lines finds.
pub(super) struct Walked {
    pub(super) preamble: Preamble,
    pub(super) entries: Vec<Entry>,
    /// First line that is no longer personal data.
    pub(super) first_entry: usize,
    /// The sheet's end was seen.
    pub(super) ended: bool,
}

pub(super) struct Walker<'a> {
    lines: &'a [Line],
    /// For each line the next one that is not blank, ruler or page mark.
    next: Vec<Option<usize>>,
    courts: &'a Courts,
    wordings: &'a Wordings,
    preamble: Preamble,
    entries: Vec<Entry>,
    body: Option<Body<'a>>,
    lead: Lead,
    /// The personal block is over.
    begun: Option<usize>,
    /// Stars of a ruler broken over lines.
    pieces: Vec<usize>,
    in_frame: bool,
    counts: usize,
    /// A page was lost and no header came since: what stands here belongs to nobody knows what.
    lost: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(lines: &'a [Line], courts: &'a Courts, wordings: &'a Wordings) -> Self {
        let mut next = vec![None; lines.len()];
        let mut following = None;
        for (at, line) in lines.iter().enumerate().rev() {
            if let Some(slot) = next.get_mut(at) {
                *slot = following;
            }
            let text = line.text.as_str();
            if !text.is_empty() && rulers::of(text).is_none() && !notices::is_page_mark(text) {
                following = Some(at);
            }
        }
        Self {
            lines,
            next,
            courts,
            wordings,
            preamble: Preamble::default(),
            entries: Vec::new(),
            body: None,
            lead: Lead::Nothing,
            begun: None,
            pieces: Vec::new(),
            in_frame: false,
            counts: 0,
            lost: false,
        }
    }

    /// Walks over all lines.
    ///
    /// # Errors
    /// It takes longer than the limit.
    pub(super) fn walk(mut self, marks: &mut Marks) -> Result<Walked, ReadError> {
        let deadline = Instant::now() + Duration::from_secs(limits::SECONDS);
        let lines = self.lines;
        let (mut ended, mut resumed, mut whole) = (false, false, true);
        for (at, line) in lines.iter().enumerate() {
            if at % 256 == 0 && Instant::now() > deadline {
                return Err(ReadError::TooSlow {
                    seconds: limits::SECONDS,
                });
            }
            let text = line.text.as_str();
            if crate::closing::is_gap(&line.printed) {
                // It stays unread, and no entry goes on behind it.
                self.close(marks);
                self.lead = Lead::Nothing;
                self.lost = self.begun.is_some();
            } else if line.printed == crate::pdf::LEFT_OUT {
                // It stays unread, and what it stood across goes on.
            } else if ended && (resumed || self.resumes(at, text)) {
                // A second message in the same file: it is not read, and must not look as if it were.
                resumed = true;
                if text.is_empty() {
                    marks.ignored(at, Ignored::Blank);
                }
            } else if ended {
                let reason = if text.is_empty() {
                    Ignored::Blank
                } else {
                    Ignored::AfterEnd
                };
                marks.ignored(at, reason);
            } else if notices::is_page_mark(text) {
                marks.ignored(at, Ignored::Page);
            } else if notices::is_browser_print(text) {
                marks.ignored(at, Ignored::BrowserPrint);
            } else if rulers::is_end(text) || (line.recognised && rulers::is_recognised_end(text)) {
                marks.used(at);
                self.close(marks);
                ended = true;
            } else if self.names_another(at, text) {
                // Another person's sheet without the end of this one: nothing of it may land in this record.
                self.close(marks);
                marks.flag(FlagKind::UnknownEntry, None, at, text, None);
                (ended, resumed, whole) = (true, true, false);
            } else {
                self.return_to_person(text, marks);
                // `TOC:M * * * *`: the ruler's own line was lost.
                let parted = rulers::at_the_end(text).filter(|_| self.body.is_some());
                let before = parted.map(|text| Line {
                    text: text.to_owned(),
                    ..line.clone()
                });
                let own = before.as_ref().unwrap_or(line);
                if !self.boundary(at, own, marks) {
                    self.content(at, own, marks);
                }
                if parted.is_some() {
                    self.stars(at, marks);
                }
            }
        }
        self.close(marks);
        Ok(Walked {
            first_entry: self.begun.unwrap_or(lines.len()),
            preamble: self.preamble,
            entries: self.entries,
            ended: ended && whole,
        })
    }

    /// Entries after the end of the message.
    fn resumes(&self, at: usize, text: &str) -> bool {
        text.starts_with("CNT:")
            || text.starts_with("CII/")
            || crate::fbi::is_entry(text)
            || headers::of(text, self.then_date(at)).is_some()
    }

    /// A number that is not this person's at the head of a line, where entries stand.
    fn names_another(&self, at: usize, text: &str) -> bool {
        // In a frame stand other numbers of the same person; a person's own block goes on with a name.
        let block = || {
            let following = self.lines.iter().skip(at + 1).take(5);
            following.clone().any(|line| line.text.starts_with("NAM/"))
                && following.clone().any(|line| line.text.starts_with("DOB/"))
        };
        self.begun.is_some()
            && (!self.in_frame || block())
            && preamble::cii(text).is_some_and(|number| self.preamble.is_not(number))
    }

    /// A personal block behind what looked like an entry and has no counts: the block was still to come.
    fn return_to_person(&mut self, text: &str, marks: &mut Marks) {
        let block = preamble::cii(text).is_some() || text.starts_with("NAM/");
        if block
            && self.begun.is_some()
            && !self.preamble.found
            && self.counts == 0
            && !self.in_frame
        {
            let counted = self.body.as_ref().is_some_and(Body::has_counts);
            if !counted {
                self.close(marks);
                self.begun = None;
                self.lead = Lead::Nothing;
            }
        }
    }

    fn close(&mut self, marks: &mut Marks) {
        if let Some(body) = self.body.take() {
            let entry = body.finish(marks);
            self.counts += entry.counts.len();
            self.entries.push(entry);
        }
    }

    /// No header came after dashes: they divided nothing, and the entry goes on.
    fn reopen(&mut self) {
        if let Some(entry) = self.entries.pop() {
            self.counts -= entry.counts.len();
            let room = limits::COUNTS.saturating_sub(self.counts + entry.counts.len());
            self.body = Some(Body::reopen(entry, self.courts, self.wordings, room));
            self.lead = Lead::Nothing;
        }
    }

    fn begin(&mut self, at: usize) {
        self.begun.get_or_insert(at);
        self.in_frame = false;
    }

    fn then_date(&self, at: usize) -> bool {
        let next = self.next.get(at).copied().flatten();
        next.and_then(|next| self.lines.get(next))
            .is_some_and(|line| dates::leading(&line.text).is_some())
    }

    /// Rulers and headers.
    fn boundary(&mut self, at: usize, line: &Line, marks: &mut Marks) -> bool {
        let text = line.text.as_str();
        if text.is_empty() {
            return false;
        }
        if rulers::is_strike(text) {
            marks.used(at);
            if let Some(body) = &mut self.body {
                body.strike(at);
            } else if let Some(entry) = self.entries.last_mut() {
                entry.strike = Some(at);
            }
            return true;
        }
        let Some(ruler) = rulers::of(text) else {
            self.pieces.clear();
            return self.header(at, text, marks);
        };
        match ruler {
            Ruler::Cycle => self.stars(at, marks),
            Ruler::PerhapsCycle if self.header_follows(at) => self.stars(at, marks),
            // Within the personal block a lone star row is a frame; among entries four of them are a ruler.
            Ruler::Pieces(stars) if self.begun.is_some() || self.header_follows(at) => {
                marks.ignored(at, Ignored::Ruler);
                self.pieces.extend(std::iter::repeat_n(at, stars));
                if self.pieces.len() >= 3 && self.header_follows(at) {
                    self.pieces.clear();
                    self.stars(at, marks);
                }
            }
            Ruler::Entry if self.begun.is_some() => {
                marks.used(at);
                // Stars already announced a new chain; dashes after them take nothing back.
                if self.body.is_some() || self.lead == Lead::Nothing {
                    self.close(marks);
                    self.lead = Lead::Dashes;
                }
            }
            Ruler::Frame if self.begun.is_some() => {
                marks.ignored(at, Ignored::Ruler);
                self.in_frame = !self.in_frame;
            }
            Ruler::PerhapsCycle | Ruler::Pieces(_) | Ruler::Entry | Ruler::Frame => {
                if self.begun.is_some() {
                    marks.ignored(at, Ignored::Ruler);
                } else {
                    return false;
                }
            }
        }
        true
    }

    fn stars(&mut self, at: usize, marks: &mut Marks) {
        marks.used(at);
        self.close(marks);
        self.begin(at);
        self.lead = Lead::Stars;
    }

    fn header_follows(&self, at: usize) -> bool {
        let next = self.next.get(at).copied().flatten();
        next.and_then(|next| Some((next, self.lines.get(next)?)))
            .is_some_and(|(next, line)| {
                headers::of(&line.text, self.then_date(next)).is_some() || names_a_code(&line.text)
            })
    }

    fn header(&mut self, at: usize, text: &str, marks: &mut Marks) -> bool {
        let then_date = self.then_date(at);
        let found =
            headers::of(text, then_date).map(|header| (header.kind, header.rest, header.sure));
        // Right after a ruler, a line that is no known header but behaves like one is an entry of unknown kind.
        let fresh = self.begun.is_some() && self.body.is_none();
        let (kind, rest, sure) = match found {
            Some(found) => found,
            None if fresh
                && !notices::is_notice(text)
                && !(self.lost && dates::leading(text).is_none()) =>
            {
                match self.headless(at, text, then_date) {
                    Some(found) => found,
                    None => return false,
                }
            }
            None => match self.lost_header(text) {
                Some(kind) => (kind, text, false),
                None => return false,
            },
        };
        // Above the first entry it is the summary of who supervises the person now.
        let summary = kind == Kind::Probation && self.begun.is_none() && self.preamble.found;
        if summary && !then_date && rest.trim().is_empty() {
            return false;
        }
        // The same header once more, with nothing between: one of the two is a mistake.
        let again = self
            .body
            .as_ref()
            .is_some_and(|body| body.kind() == kind && body.is_bare());
        if again && rest.trim_start().starts_with("NAM") {
            marks.used(at);
            marks.flag(FlagKind::RepairedHeader, None, at, text, None);
            return true;
        }
        self.close(marks);
        self.begin(at);
        self.lost = false;
        marks.used(at);
        if !sure {
            marks.flag(FlagKind::RepairedHeader, None, at, text, None);
        }
        if kind == Kind::Unknown {
            marks.flag(FlagKind::UnknownEntry, None, at, text, None);
        }
        let entry = Entry::new(kind, self.lead, at);
        self.lead = Lead::Nothing;
        let mut body = Body::new(
            entry,
            self.courts,
            self.wordings,
            limits::COUNTS.saturating_sub(self.counts),
        );
        body.head(at, rest, marks);
        self.body = Some(body);
        true
    }

    /// An entry without a known header: a registration that has none, an agency's own line, or unknown words.
    fn headless<'t>(
        &self,
        at: usize,
        text: &'t str,
        then_date: bool,
    ) -> Option<(Kind, &'t str, bool)> {
        if let Some((_, agency)) = dates::leading(text) {
            let after_registration = self.lead == Lead::Dashes
                && self
                    .entries
                    .last()
                    .is_some_and(|entry| entry.kind == Kind::Registration);
            if after_registration {
                return Some((Kind::Registration, text, true));
            }
            return Some((self.kind_of_agency(agency)?, text, false));
        }
        // The code may stand before its header; alone it tells nothing.
        if headers::is_name_code(text) {
            return None;
        }
        if let Some(code) = names_a_code(text).then(|| text.find("NAM")).flatten() {
            let (words, rest) = text.split_at_checked(code)?;
            return Some(
                match nearest(words).or_else(|| self.told_by_agency(at, words)) {
                    Some(kind) => (kind, rest, false),
                    None => (Kind::Unknown, rest, true),
                },
            );
        }
        if !then_date || self.in_frame {
            return None;
        }
        let (words, rest) = text
            .find("DOB:")
            .and_then(|at| text.split_at_checked(at))
            .unwrap_or((text, ""));
        Some(nearest(words).map_or((Kind::Unknown, "", true), |kind| (kind, rest, false)))
    }

    /// `C0URI: NAM:01`, and a court on the next line: the header of which half is still to be read.
    fn told_by_agency(&self, at: usize, words: &str) -> Option<Kind> {
        let next = self.next.get(at).copied().flatten()?;
        let (_, agency) = dates::leading(&self.lines.get(next)?.text)?;
        let kind = self.kind_of_agency(agency)?;
        let letters = words
            .chars()
            .filter(|c| !c.is_whitespace() && !".:;,*'".contains(*c));
        let differ = letters
            .clone()
            .zip("COURT".chars())
            .filter(|(a, b)| a != b)
            .count();
        (kind == Kind::Court && letters.count() == 5 && differ <= 2).then_some(kind)
    }

    /// Within an entry: a date with a court's or police's four letters begins another one whose header is lost.
    fn lost_header(&self, text: &str) -> Option<Kind> {
        let body = self.body.as_ref()?;
        let (_, agency) = dates::leading(text)?;
        let kind = body
            .has_counts()
            .then(|| self.kind_of_agency(agency))
            .flatten()?;
        // The next registration of a chain has no header of its own.
        let registers = body.kind() == Kind::Registration && kind == Kind::Arrest;
        Some(if registers { Kind::Registration } else { kind })
    }

    fn kind_of_agency(&self, agency: &str) -> Option<Kind> {
        use packs::courts::AgencyKind as A;
        match self.courts.agency(agency).kind? {
            A::Superior | A::Municipal | A::Justice | A::Juvenile | A::Federal => Some(Kind::Court),
            A::Police | A::Sheriff => Some(Kind::Arrest),
            A::Probation => Some(Kind::Probation),
            A::Hospital => Some(Kind::MentalHealth),
            A::Coroner => Some(Kind::Deceased),
            A::YouthAuthority | A::FederalPrison => Some(Kind::Custody),
            A::Parole
            | A::StateDepartment
            | A::JusticeDepartment
            | A::SchoolDistrict
            | A::DistrictAttorney => None,
        }
    }

    fn content(&mut self, at: usize, line: &Line, marks: &mut Marks) {
        let text = line.text.as_str();
        if self.begun.is_none() {
            self.preamble.line(at, line, marks);
            return;
        }
        if text.is_empty() {
            marks.ignored(at, Ignored::Blank);
            if let Some(body) = &mut self.body {
                body.blank();
            }
            return;
        }
        if text.starts_with("**")
            || notices::is_notice(text)
            || (self.in_frame && (self.body.is_none() || text.starts_with("CII/")))
        {
            if text.contains("**DECEASED") {
                marks.flag(FlagKind::Deceased, Some("person.died"), at, text, None);
            }
            marks.ignored(at, Ignored::Notice);
            return;
        }
        if self.body.is_none() && self.lead == Lead::Dashes {
            self.reopen();
        }
        match &mut self.body {
            Some(body) => {
                // A frame that was never closed must not hide counts.
                self.in_frame = false;
                body.line(at, line, marks);
            }
            // The name's code may stand before the header.
            None if headers::is_name_code(text) => marks.used(at),
            None => marks.unread(at),
        }
    }
}

fn names_a_code(text: &str) -> bool {
    text.match_indices("NAM").any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        (before.is_empty() || before.ends_with([' ', ':']))
            && text
                .get(at..)
                .and_then(headers::name_code)
                .is_some_and(|(code, _)| code.is_some())
    })
}

/// The header that a garbled one is, where it differs from exactly one by a letter or two.
fn nearest(words: &str) -> Option<Kind> {
    const HEADERS: [(&str, Kind); 5] = [
        ("ARR/DET/CITE", Kind::Arrest),
        ("COURT", Kind::Court),
        ("APPLICANT", Kind::Applicant),
        ("REGISTRATION", Kind::Registration),
        ("PROBATION", Kind::Probation),
    ];
    let words: String = words
        .chars()
        .map(|c| if c == '•' || c == '·' { '/' } else { c })
        .filter(|c| !c.is_whitespace() && !".:;,*'".contains(*c))
        .collect();
    HEADERS
        .iter()
        .find(|(header, _)| {
            let allowed = if header.len() > 6 { 2 } else { 1 };
            words.chars().count() == header.len()
                && words
                    .chars()
                    .zip(header.chars())
                    .filter(|(a, b)| a != b)
                    .count()
                    <= allowed
        })
        .map(|(_, kind)| *kind)
}
