//! One motion for many convictions of a county: the prosecutor's motion, its proposed order, its schedule of cases in volumes, and
//! an order for each person and case.
//!
//! It is made from a review's table, row by row: only the rows of one volume or of one order are ever at hand. Every value
//! printed is remembered with the row it came from. Nobody's choice stands here, and nothing is marked for a judge.

mod order;
mod schedule;

use jiff::civil::Date;
use packs::Pack;
use packs::forms::SignedBy;
use packs::papers::{BulkTexts, CaptionLine, Counted, Filing, Motion, Phrase};
use record::answers::Answers;
use record::clinic::Clinic;
use record::findings::{Path, Relief};
use record::{Level, PartialDate, Person, Record, Section};

use crate::filer::Filer;
use crate::ink::{Ink, Run, Value, Values};
use crate::motion::DATE;
use crate::pleading::{self, Block, Head, Pleading, with_rule};
use crate::press::Run as Press;
use crate::{Blank, Clearance, Mark, PaperError, words};

/// Convictions in one volume of the schedule.
pub const VOLUME: usize = 500;

/// Why the relief of a conviction is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The statute gives it: Part A.
    Law,
    /// The office asks for it beyond the statute: Part B.
    Office,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Dismissal.
    Dismiss,
    /// A misdemeanor in its place.
    Misdemeanor,
    /// An infraction in its place.
    Infraction,
    /// A lesser offense that the review does not name.
    Lesser,
}

/// One conviction of the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// Its number in the schedule, from 1.
    pub number: u64,
    /// Its line in the review's table, from 1.
    pub line: u64,
    /// The person's name as the state's record prints it: family name first.
    pub name: String,
    /// The court's number.
    pub case_number: String,
    /// The section.
    pub section: Option<Section>,
    /// It was an attempt.
    pub attempt: bool,
    /// Its level.
    pub level: Option<Level>,
    /// Its day, as far as it is known.
    pub convicted_on: Option<PartialDate>,
    /// What is asked for.
    pub asked: Asked,
    /// Why.
    pub basis: Basis,
}

/// How much is asked for in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkTotals {
    /// Convictions of Part A.
    pub law: u64,
    /// Convictions of Part B.
    pub office: u64,
    /// Convictions that cannot go into the motion as they stand.
    pub left_out: u64,
    /// Convictions that rest on a rule that no attorney has confirmed.
    pub unconfirmed: u64,
}

impl BulkTotals {
    /// All convictions of the schedule.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.law + self.office
    }

    /// Volumes of the schedule.
    #[must_use]
    pub fn volumes(&self) -> u64 {
        self.all().div_ceil(VOLUME as u64)
    }
}

/// A finished paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkPaper {
    /// Its title.
    pub title: String,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What is left blank.
    pub blanks: Vec<Blank>,
    /// Where every value on it came from.
    pub marks: Vec<Mark>,
}

/// A motion for many convictions.
pub struct Bulk<'a> {
    pack: &'a Pack,
    words: &'a BulkTexts,
    filing: &'a Filing,
    motion: Motion,
    nobody: Record,
    clinic: &'a Clinic,
    answers: Option<&'a Answers>,
    county: &'a str,
    reviewed: Date,
    as_of: Date,
    totals: BulkTotals,
    cleared: bool,
    _press: Press,
}

impl<'a> Bulk<'a> {
    /// A motion of an office for a county's convictions, reviewed as of one day and made on another.
    ///
    /// # Errors
    /// The pack has no words for such a motion.
    pub fn new(
        pack: &'a Pack,
        (clinic, answers): (&'a Clinic, Option<&'a Answers>),
        county: &'a str,
        (reviewed, as_of): (Date, Date),
        totals: BulkTotals,
    ) -> Result<Self, PaperError> {
        let missing = |text: &str| PaperError::Missing {
            pack: pack.id.clone(),
            text: text.to_owned(),
        };
        let texts = pack.papers.as_ref().ok_or_else(|| missing("papers"))?;
        let words = texts.bulk.as_ref().ok_or_else(|| missing("bulk"))?;
        let motion = texts
            .filing
            .motion(&words.route, Some(Path::Application), false);
        let motion = motion.ok_or_else(|| missing("motion"))?;
        Ok(Self {
            pack,
            words,
            filing: &texts.filing,
            // The lines of whoever signs name the party.
            motion: Motion {
                capacity: words.capacity.clone(),
                ..motion.clone()
            },
            nobody: Record {
                schema: record::RecordSchema::default(),
                person: Person::default(),
                now: None,
                cases: Vec::new(),
                provenance: None,
                reading: None,
            },
            clinic,
            answers,
            county,
            reviewed,
            as_of,
            totals,
            cleared: answers
                .and_then(|answers| Clearance::of(answers, as_of))
                .is_some(),
            _press: Press::start(),
        })
    }

    /// What keeps the papers from being filed; empty means that only people's own handwriting is missing.
    ///
    /// # Errors
    /// A pack whose words do not fit.
    pub fn why_not(&self) -> Result<Vec<String>, PaperError> {
        let why = &self.words.why_not;
        let cover = &self.texts()?.cover.why_not;
        let missing = self.filer().missing();
        let mut found = Vec::new();
        for (is, phrase, n) in [
            (!self.cleared, &why.clearance, 0),
            (self.totals.all() == 0, &why.nothing, 0),
            (
                self.totals.left_out > 0,
                &why.left_out,
                self.totals.left_out,
            ),
            (
                self.totals.unconfirmed > 0,
                &why.verification,
                self.totals.unconfirmed,
            ),
            (missing.signer, &cover.signer, 0),
            (missing.reach, &cover.filer, 0),
            (missing.bar, &cover.bar, 0),
        ] {
            if is {
                let values = Values::default().with("n", self.counted(&self.words.convictions, n)?);
                found.push(Ink::default().text(phrase, &values)?);
            }
        }
        Ok(found)
    }

    /// The motion.
    ///
    /// # Errors
    /// A character that cannot be printed, or a pack whose words do not fit.
    pub fn motion(&self) -> Result<BulkPaper, PaperError> {
        let (words, mut ink) = (self.words, Ink::default());
        let values = self.values()?;
        let mut body = vec![Block::Para {
            indent: false,
            sticky: false,
            runs: ink.runs(&words.to, &values)?,
        }];
        body.push(Block::para(ink.runs(&words.opening, &values)?));
        let mut head = |body: &mut Vec<Block>, heading: &Phrase| {
            let text = ink.text(heading, &values)?;
            body.push(Block::Heading { text });
            Ok::<(), PaperError>(())
        };
        head(&mut body, &words.review_heading)?;
        body.push(Block::para(self.runs(&words.review)?));
        head(&mut body, &words.law_heading)?;
        let law = if self.totals.law > 0 {
            &words.law
        } else {
            &words.law_none
        };
        body.push(Block::para(self.runs(law)?));
        head(&mut body, &words.office_heading)?;
        let mut blanks = vec![
            blank(&words.blank.signature, &words.blank.signature_why),
            blank(&words.blank.hearing, &words.blank.hearing_why),
        ];
        if self.totals.office > 0 {
            body.push(Block::lead(self.runs(&words.office)?));
            for _ in 0..2 {
                body.push(Block::Fill {
                    depth: 0,
                    runs: Vec::new(),
                });
            }
            blanks.push(blank(&words.blank.authority, &words.blank.authority_why));
        } else {
            body.push(Block::para(self.runs(&words.office_none)?));
        }
        head(&mut body, &words.request_heading)?;
        body.push(Block::lead(ink.runs(&words.request_lead, &values)?));
        let requests = words.request.iter().chain([&words.request_last]);
        let last = words.request.len();
        for (n, request) in requests.enumerate() {
            let mut runs = ink.runs(request, &values)?;
            match last - n {
                0 => {}
                1 => runs.push(Run::text(self.filing.lists.semicolon_and.as_str())),
                _ => runs.push(Run::text(self.filing.lists.semicolon.as_str())),
            }
            body.push(Block::item(words::letter(n), runs));
        }
        let signature =
            self.filer()
                .signature(&mut ink, self.filing, &self.motion, &self.nobody)?;
        body.push(Block::Sign {
            who: SignedBy::Filer,
            date: with_rule(&mut ink, &self.filing.signature.date, DATE)?,
            above: Some(ink.runs(&self.filing.signature.closing, &values)?),
            below: signature,
        });
        self.said(&mut ink)?;
        let title = ink.text(&words.title, &values)?;
        let mut under = vec![ink.runs(&words.authority, &values)?];
        under.extend(pleading::hearing(&self.filing.caption, &mut ink)?);
        let front = (title.clone(), under, words.footer.clone());
        let head = self.head(&mut ink, &words.caption, None)?;
        self.finish(Pleading::of(head, front, body), title, blanks, ink)
    }

    // The values of the motion's own sentences, each with the fact it rests on.
    fn values(&self) -> Result<Values, PaperError> {
        let words = self.words;
        let date = words::date(&self.filing.dates, self.reviewed.into())?;
        let of = |counted, n, from: &str| {
            Ok::<_, PaperError>(Value::new(self.counted(counted, n)?.text, from))
        };
        Ok(Values::default()
            .with("county", Value::new(self.county, "summary.county"))
            .with("as_of", Value::new(date, "summary.as_of"))
            .with(
                "convictions",
                of(&words.convictions, self.totals.all(), "schedule")?,
            )
            .with("law", of(&words.convictions, self.totals.law, "schedule")?)
            .with(
                "office",
                of(&words.convictions, self.totals.office, "schedule")?,
            )
            .with(
                "volumes",
                of(&words.volumes, self.totals.volumes(), "schedule")?,
            ))
    }

    fn runs(&self, phrase: &Phrase) -> Result<Vec<Run>, PaperError> {
        Ink::default().runs(phrase, &self.values()?)
    }

    // What `runs` wrote, remembered.
    fn said(&self, ink: &mut Ink) -> Result<(), PaperError> {
        let (words, values) = (self.words, self.values()?);
        ink.text(&words.review, &values)?;
        for (n, phrase) in [
            (self.totals.law, &words.law),
            (self.totals.office, &words.office),
        ] {
            if n > 0 {
                ink.text(phrase, &values)?;
            }
        }
        Ok(())
    }

    fn counted(&self, counted: &Counted, n: u64) -> Result<Value, PaperError> {
        let values = Values::default().with("n", Value::word(n.to_string()));
        let phrase = counted.of(usize::try_from(n).unwrap_or(usize::MAX));
        Ok(Value::word(Ink::default().text(phrase, &values)?))
    }

    fn texts(&self) -> Result<&'a packs::papers::PaperTexts, PaperError> {
        self.pack.papers.as_ref().ok_or(PaperError::Mismatch)
    }

    // An office signs by one of its attorneys; the persons named sign nothing.
    fn filer(&self) -> Filer<'_> {
        match Filer::of(self.clinic, self.answers) {
            Filer::InPerson { .. } => Filer::Open,
            filer => filer,
        }
    }

    // The first page: `person` is the one on whose order it stands, with the case's number.
    fn head(
        &self,
        ink: &mut Ink,
        caption: &[CaptionLine],
        person: Option<(&Value, &Value)>,
    ) -> Result<Head, PaperError> {
        let party = self
            .filer()
            .block(ink, self.filing, &self.motion, &self.nobody)?;
        let county = Values::default().with("county", Value::new(self.county, "summary.county"));
        let name = person.map_or_else(Value::default, |(name, _)| name.clone());
        let number = match person {
            Some((_, number)) => {
                let values = Values::default().with("number", number.clone());
                ink.runs(&self.filing.caption.number, &values)?
            }
            None => ink.runs(&self.words.number, &Values::default())?,
        };
        Ok(Head {
            across: (!self.cleared).then(|| self.words.draft.clone()),
            day: pleading::day(self.as_of),
            party,
            court: vec![ink.text(&self.filing.court.title, &county)?],
            caption: pleading::caption(ink, caption, &Values::default().with("name", name))?,
            number: vec![number],
        })
    }

    fn finish(
        &self,
        paper: Pleading,
        title: String,
        blanks: Vec<Blank>,
        ink: Ink,
    ) -> Result<BulkPaper, PaperError> {
        let printed = paper.print(self.as_of)?;
        Ok(BulkPaper {
            title,
            bytes: printed.bytes,
            pages: printed.pages,
            blanks,
            marks: ink.marks(),
        })
    }
}

fn blank(what: &str, why: &str) -> Blank {
    Blank {
        what: what.to_owned(),
        why: why.to_owned(),
    }
}

impl Asked {
    // Whether a relief is what is asked for.
    fn is(self, relief: Relief) -> bool {
        match self {
            Self::Dismiss => matches!(relief, Relief::DismissAndSeal | Relief::Dismiss),
            Self::Misdemeanor => relief == Relief::RedesignateMisdemeanor,
            Self::Infraction => relief == Relief::RedesignateInfraction,
            Self::Lesser => Self::Misdemeanor.is(relief) || Self::Infraction.is(relief),
        }
    }
}

impl BulkRow {
    // The path of a fact of this row.
    fn path(&self, column: &str) -> String {
        format!("determinations.csv:{}:{column}", self.line)
    }

    /// Whether every value of the row can be printed as it stands.
    #[must_use]
    pub fn printable(&self) -> bool {
        [&self.name, &self.case_number]
            .into_iter()
            .all(|text| crate::fonts::check(text).is_ok())
    }
}
