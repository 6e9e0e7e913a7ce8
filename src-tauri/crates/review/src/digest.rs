//! The facts of persons in a few bytes each, so that another policy can be asked about all of them at once.
//!
//! A chunk holds the persons of one batch: first every text that they use, once, then the persons as numbers. A chunk needs no other
//! chunk. No name, number or address of a person is in it.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use packs::section::Charge;
use record::{Level, PartialDate, Registration, Section};

use crate::ReviewError;
use crate::decisions::Hand;
use crate::determination::{Determination, LawSays};
use crate::doubt::Doubt;
use crate::facts::{Fact, Facts};
use crate::judge::{Conviction, Whole};

/// Between the parts of a text of several.
const PART: char = '\u{1f}';
const LEVELS: [Level; 4] = [
    Level::Felony,
    Level::Misdemeanor,
    Level::Infraction,
    Level::Violation,
];

/// A chunk that is being written.
#[derive(Default)]
pub(crate) struct Chunk {
    ids: HashMap<Box<str>, u64>,
    texts: Vec<u8>,
    persons: Vec<u8>,
    count: u64,
}

impl Chunk {
    /// Takes a person in, unless none of their convictions can be decided on whatever the policy.
    pub(crate) fn person(&mut self, facts: &Facts) {
        if !facts.each.iter().any(|fact| fact.in_county) {
            return;
        }
        self.count += 1;
        self.date(facts.whole.born);
        self.number(u64::from(facts.whole.died));
        self.text(facts.race.as_deref());
        self.text(facts.sex.as_deref());
        self.number(facts.whole.registrations.len() as u64);
        for duty in &facts.whole.registrations {
            self.text(Some(duty.section.as_str()));
            self.date(duty.date);
        }
        self.number(facts.beside.len() as u64);
        for (cycle, charge) in &facts.beside {
            self.number(*cycle as u64);
            self.charge(Some(charge));
        }
        self.number(facts.each.len() as u64);
        for (conviction, fact) in facts.whole.convictions.iter().zip(&facts.each) {
            self.conviction(conviction, fact);
        }
    }

    fn conviction(&mut self, conviction: &Conviction, fact: &Fact) {
        self.charge(conviction.charge.as_deref());
        let level = conviction
            .level
            .and_then(|l| LEVELS.iter().position(|o| *o == l));
        self.number(level.map_or(0, |n| n as u64 + 1));
        self.date(conviction.on);
        self.number(conviction.case as u64);
        // A sentence may end later than any date of a record.
        let ended = conviction
            .ended
            .map(|(first, last)| format!("{first}{PART}{last}"));
        self.text(ended.as_deref());
        let flags = [
            conviction.attempt,
            fact.in_county,
            fact.reached,
            fact.gone,
            fact.reduced,
        ];
        let bits = |flags: &mut dyn Iterator<Item = bool>| {
            let numbered = flags.enumerate();
            numbered.fold(0, |bits, (n, flag)| bits | u64::from(flag) << n)
        };
        self.number(bits(&mut flags.into_iter()));
        self.number(fact.cycle as u64);
        let law = fact
            .law
            .map(|law| serde_json::to_string(&law).unwrap_or_default());
        self.text(law.as_deref());
        self.text(Some(&fact.law_reason));
        self.number(bits(
            &mut Doubt::ALL.iter().map(|doubt| fact.doubts.contains(doubt)),
        ));
        let hand = fact.hand.as_ref().map(|hand| {
            let said = [hand.determination.key(), &hand.by, &hand.note];
            said.join(&PART.to_string())
        });
        self.text(hand.as_deref());
    }

    fn charge(&mut self, charge: Option<&Charge>) {
        let text = charge.map(|charge| {
            let mut text = format!("{}{PART}{}", charge.code, charge.base);
            for part in &charge.subdivisions {
                text.push(PART);
                text.push_str(part);
            }
            text
        });
        self.text(text.as_deref());
    }

    fn date(&mut self, date: Option<PartialDate>) {
        self.text(date.map(|date| date.to_string()).as_deref());
    }

    fn text(&mut self, text: Option<&str>) {
        let id = match text {
            None => 0,
            Some(text) => match self.ids.get(text) {
                Some(id) => *id,
                None => {
                    let id = self.ids.len() as u64 + 1;
                    self.ids.insert(text.into(), id);
                    number(&mut self.texts, text.len() as u64);
                    self.texts.extend_from_slice(text.as_bytes());
                    id
                }
            },
        };
        self.number(id);
    }

    fn number(&mut self, n: u64) {
        number(&mut self.persons, n);
    }

    /// The chunk's bytes, its length before them; nothing where it holds nobody.
    pub(crate) fn bytes(self) -> Vec<u8> {
        if self.count == 0 {
            return Vec::new();
        }
        let mut body = Vec::with_capacity(self.texts.len() + self.persons.len() + 16);
        number(&mut body, self.ids.len() as u64);
        body.extend_from_slice(&self.texts);
        number(&mut body, self.count);
        body.extend_from_slice(&self.persons);
        let mut all = Vec::with_capacity(body.len() + 4);
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        all.extend_from_slice(&length.to_le_bytes());
        all.extend_from_slice(&body);
        all
    }
}

fn number(out: &mut Vec<u8>, mut n: u64) {
    while n > 0x7f {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push((n & 0x7f) as u8);
}

/// Reads a chunk, without its length, and gives each person.
pub(crate) fn persons(chunk: &[u8], each: &mut dyn FnMut(&mut Facts)) -> Result<(), ReviewError> {
    Read::new(chunk)
        .and_then(|mut read| {
            for _ in 0..read.count()? {
                each(&mut read.person()?);
            }
            read.rest.is_empty().then_some(())
        })
        .ok_or(ReviewError::Changed)
}

struct Read<'c> {
    rest: &'c [u8],
    texts: Vec<&'c str>,
    charges: HashMap<u64, Arc<Charge>>,
}

impl<'c> Read<'c> {
    fn new(chunk: &'c [u8]) -> Option<Self> {
        let mut read = Self {
            rest: chunk,
            texts: Vec::new(),
            charges: HashMap::new(),
        };
        for _ in 0..read.count()? {
            let length = read.count()?;
            let (text, rest) = read.rest.split_at_checked(length)?;
            read.texts.push(std::str::from_utf8(text).ok()?);
            read.rest = rest;
        }
        Some(read)
    }

    fn number(&mut self) -> Option<u64> {
        let (mut n, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(n);
            }
            shift += 7;
        }
    }

    // A number of things that follow: never more than there are bytes.
    fn count(&mut self) -> Option<usize> {
        let n = usize::try_from(self.number()?).ok()?;
        (n <= self.rest.len()).then_some(n)
    }

    fn small(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<Option<&'c str>> {
        Some(match self.small()? {
            0 => None,
            id => Some(*self.texts.get(id - 1)?),
        })
    }

    fn date(&mut self) -> Option<Option<PartialDate>> {
        Some(match self.text()? {
            None => None,
            Some(text) => Some(text.parse().ok()?),
        })
    }

    fn charge(&mut self) -> Option<Option<Arc<Charge>>> {
        let id = self.number()?;
        let Some(at) = id.checked_sub(1) else {
            return Some(None);
        };
        if let Some(charge) = self.charges.get(&id) {
            return Some(Some(Arc::clone(charge)));
        }
        let mut parts = self.texts.get(usize::try_from(at).ok()?)?.split(PART);
        let charge = Arc::new(Charge {
            code: parts.next()?.to_owned(),
            base: parts.next()?.to_owned(),
            subdivisions: parts.map(str::to_owned).collect(),
        });
        self.charges.insert(id, Arc::clone(&charge));
        Some(Some(charge))
    }

    fn person(&mut self) -> Option<Facts> {
        let born = self.date()?;
        let died = self.number()? == 1;
        let (race, sex) = (self.text()?, self.text()?);
        let mut registrations = Vec::new();
        for _ in 0..self.count()? {
            registrations.push(Registration {
                section: self.text()??.parse::<Section>().ok()?,
                date: self.date()?,
            });
        }
        let mut beside = Vec::new();
        for _ in 0..self.count()? {
            beside.push((self.small()?, self.charge()??));
        }
        let (mut convictions, mut each) = (Vec::new(), Vec::new());
        for _ in 0..self.count()? {
            let (conviction, fact) = self.conviction()?;
            convictions.push(conviction);
            each.push(fact);
        }
        Some(Facts {
            whole: Whole {
                convictions,
                born,
                died,
                registrations,
            },
            each,
            beside,
            race: race.map(str::to_owned),
            sex: sex.map(str::to_owned),
        })
    }

    fn conviction(&mut self) -> Option<(Conviction, Fact)> {
        let charge = self.charge()?;
        let level = match self.small()? {
            0 => None,
            n => Some(*LEVELS.get(n - 1)?),
        };
        let on = self.date()?;
        let case = self.small()?;
        let ended: Option<(Date, Date)> = match self.text()? {
            None => None,
            Some(text) => {
                let (first, last) = text.split_once(PART)?;
                Some((first.parse().ok()?, last.parse().ok()?))
            }
        };
        let flags = self.number()?;
        let flag = |n: u32| flags >> n & 1 == 1;
        let cycle = self.small()?;
        let law: Option<LawSays> = match self.text()? {
            None => None,
            Some(text) => Some(serde_json::from_str(text).ok()?),
        };
        let law_reason = self.text()??.to_owned();
        let bits = self.number()?;
        let doubts = Doubt::ALL.iter().enumerate();
        let doubts = doubts
            .filter(|(n, _)| bits >> n & 1 == 1)
            .map(|(_, doubt)| *doubt)
            .collect();
        let hand = match self.text()? {
            None => None,
            Some(text) => {
                let mut parts = text.splitn(3, PART);
                Some(Hand {
                    determination: Determination::of(parts.next()?)?,
                    by: parts.next()?.to_owned(),
                    note: parts.next()?.to_owned(),
                })
            }
        };
        Some((
            Conviction {
                charge,
                attempt: flag(0),
                level,
                on,
                case,
                ended,
                covered: false,
                companion: false,
                beside_covered: false,
            },
            Fact {
                in_county: flag(1),
                reached: flag(2),
                cycle,
                law,
                law_reason,
                doubts,
                gone: flag(3),
                reduced: flag(4),
                hand,
            },
        ))
    }
}
