//! The rows of one person, put together: counts, cases, and what contradicts itself.
//!
//! Nothing here depends on the order of the rows.

use record::{
    Arrest, Case, CaseId, Count, CountId, Court, Disposition, Identifier, IdentifierKind, Name,
    Person as RecordPerson, Record, Registration, Section, Sentence, SentencePart,
};

use super::book::Book;
use super::charge::points_to_comment;
use super::column as col;
use super::count::{Counted, Step, counted, part};
use super::field::{Dated, Row, text};
use super::relief;

/// Nobody is arrested or convicted as a small child: a birth that says so is wrong, or is another person's.
const LEAST_AGE: i16 = 10;

/// One person's rows understood.
#[derive(Debug)]
pub struct Person<'a> {
    /// The rows, in an order that does not depend on how they came.
    pub rows: Vec<Row<'a>>,
    /// For each of them, its place as it came.
    pub places: Vec<u32>,
    /// The counts, by their twelve digits.
    pub counts: Vec<Counted>,
    /// Birth.
    pub born: Dated,
    /// Two rows give different births, or the birth cannot be: the person would have been a small child, or not born.
    pub births_differ: bool,
    /// Rows carry different numbers of the state, or names: they may be of two persons.
    pub persons_differ: bool,
    /// A row says that the person died, and when.
    pub died: Option<Dated>,
    /// Duties to register.
    pub registrations: Vec<Registration>,
    /// A duty to register whose section is not understood: it may be any.
    pub registration_unread: bool,
}

/// A record made for the law, and where its counts stand in [`Person::counts`].
#[derive(Debug)]
pub struct Kept {
    /// The record.
    pub record: Record,
    /// Case, count in the case, count of the person.
    pub places: Vec<(usize, usize, usize)>,
}

impl<'a> Person<'a> {
    /// Puts a person's rows together.
    #[must_use]
    pub fn of(rows: &[Row<'a>], book: &mut Book<'_>) -> Self {
        let mut order: Vec<u32> = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
        let keys: Vec<(&[u8], &[u8])> = rows
            .iter()
            .map(|row| (row.field(col::CNT_ORDER), row.field(col::SENT_ORDER)))
            .collect();
        let key = |n: &u32| keys[*n as usize];
        let whole = |n: &u32| {
            let row = &rows[*n as usize];
            (row.bytes, row.ends)
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| whole(a).cmp(&whole(b))));
        let sorted: Vec<Row<'a>> = order.iter().map(|n| rows[*n as usize]).collect();
        let mut person = Self {
            counts: Vec::new(),
            born: Dated::Blank,
            births_differ: false,
            persons_differ: false,
            died: None,
            registrations: Vec::new(),
            registration_unread: false,
            places: order,
            rows: sorted,
        };
        person.about(book);
        person.count_up(book);
        relief::attach(&mut person, book);
        person
    }

    // Birth, death, registrations: any row may tell.
    fn about(&mut self, book: &mut Book<'_>) {
        for row in &self.rows {
            match (self.born, row.date(col::PRI_DOB)) {
                (_, Dated::Blank) => {}
                (Dated::Blank | Dated::Unreadable, now) => self.born = now,
                (Dated::On(_), Dated::Unreadable) => {}
                (Dated::On(before), Dated::On(now)) => self.births_differ |= before != now,
            }
            let step = row.field(col::STP_TYPE_DESCR);
            if step.eq_ignore_ascii_case(b"DECEASED") {
                let day = row.date(col::STP_EVENT_DATE);
                if self.died.is_none_or(|died| died.known().is_none()) {
                    self.died = Some(day);
                }
            } else if step.eq_ignore_ascii_case(b"REGISTRATION") {
                let mut field = row.field(col::OFFENSE_DESCR);
                if points_to_comment(&text(field)) {
                    field = row.field(col::COMMENT_TEXT);
                }
                let known = book.charge(field);
                match duty(&text(field)).or_else(|| known.charged.section.clone()) {
                    Some(section) => {
                        let date = row.date(col::STP_EVENT_DATE).known();
                        let duty = Registration { section, date };
                        if !self.registrations.contains(&duty) {
                            self.registrations.push(duty);
                        }
                    }
                    None => self.registration_unread = true,
                }
            }
        }
        self.births_differ |= self.too_young();
        self.persons_differ = self.of_two();
    }

    // Rows under one key that carry different numbers of the state, or different names where a number is missing.
    fn of_two(&self) -> bool {
        let plain = |row: &Row<'_>, column| -> Vec<u8> {
            let signs = row
                .field(column)
                .iter()
                .filter(|byte| byte.is_ascii_alphanumeric());
            signs.map(u8::to_ascii_uppercase).collect()
        };
        let differ = |column| {
            let mut all = self
                .rows
                .iter()
                .map(|row| plain(row, column))
                .filter(|one| !one.is_empty());
            let first = all.next();
            all.any(|other| Some(other) != first)
        };
        // Most persons' rows carry the same bytes.
        let Some((first, rest)) = self.rows.split_first() else {
            return false;
        };
        let same = |column| {
            rest.iter()
                .all(|row| row.field(column) == first.field(column))
        };
        if same(col::CII_NUMBER) && same(col::PRI_NAME) {
            return false;
        }
        let numbered = || {
            self.rows
                .iter()
                .all(|row| !row.field(col::CII_NUMBER).is_empty())
        };
        differ(col::CII_NUMBER) || differ(col::PRI_NAME) && !numbered()
    }

    fn too_young(&self) -> bool {
        let Some(born) = self.born.known() else {
            return false;
        };
        let events = self.rows.iter().filter(|row| {
            let step = row.field(col::STP_TYPE_DESCR);
            step.starts_with(b"ARREST") || step.starts_with(b"COURT")
        });
        let mut days = events.filter_map(|row| row.date(col::STP_EVENT_DATE).known());
        days.any(|day| day.latest().year() < born.earliest().year().saturating_add(LEAST_AGE))
    }

    fn count_up(&mut self, book: &mut Book<'_>) {
        let mut first = 0;
        while let Some(row) = self.rows.get(first) {
            let order = row.field(col::CNT_ORDER);
            let same = |row: &Row<'_>| row.field(col::CNT_ORDER) == order;
            let length = self.rows[first..]
                .iter()
                .take_while(|row| same(row))
                .count();
            let end = first + length;
            let counted = counted(&self.rows[first..end], first, book);
            self.counts.push(counted);
            first = end;
        }
    }

    /// The twelve digits of a count.
    #[must_use]
    pub fn order(&self, count: &Counted) -> &'a [u8] {
        self.rows[count.first].field(col::CNT_ORDER)
    }

    /// The cycle of a count: its first three digits.
    #[must_use]
    pub fn cycle(&self, count: &Counted) -> &'a [u8] {
        let order = self.order(count);
        order.get(..3).unwrap_or(order)
    }

    /// Cycle and step of a count: its first six digits.
    #[must_use]
    pub fn step(&self, count: &Counted) -> &'a [u8] {
        let order = self.order(count);
        order.get(..6).unwrap_or(order)
    }

    /// The court's case numbers of a count's step: those of its court rows.
    #[must_use]
    pub fn numbers(&self, count: &Counted) -> Vec<String> {
        let step = self.step(count);
        let mut numbers: Vec<String> = Vec::new();
        let same = self
            .counts
            .iter()
            .filter(|other| other.step == Step::Court && self.step(other) == step);
        let whole = same.flat_map(|other| self.rows[other.first..other.end].iter());
        let own = self.rows[count.first..count.end].iter();
        for row in whole.chain(own) {
            let number = text(row.field(col::OFN));
            let number = number.split_whitespace().collect::<Vec<_>>().join(" ");
            if !number.is_empty() && !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// The parts of a count's sentence.
    #[must_use]
    pub fn sentence(&self, count: &Counted) -> Vec<SentencePart> {
        // The same row given twice (an export joined to itself) is one part, and so is a part of one number that says the same.
        let mut rows: Vec<&Row<'_>> = self.rows[count.first..count.end].iter().collect();
        rows.dedup_by(|a, b| a.same(b));
        let mut parts: Vec<(Option<u32>, SentencePart)> = Vec::new();
        for row in rows {
            let number: Option<u32> = text(row.field(col::SENT_ORDER)).trim().parse().ok();
            let Some(part) = part(row) else { continue };
            let again = number.is_some() && parts.iter().any(|(n, p)| *n == number && *p == part);
            if !again {
                parts.push((number, part));
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// The record of those counts that `keep` names.
    ///
    /// Arrests of the same cycle stand with every case of it. Standing, the day of the offense, amounts and conduct are not in the
    /// export: they stay unknown.
    #[must_use]
    pub fn record(&self, book: &Book<'_>, keep: impl Fn(usize, &Counted) -> bool) -> Kept {
        let mut record = Record::new(self.whose());
        let mut places = Vec::new();
        let mut open: Vec<(&[u8], Vec<String>)> = Vec::new();
        for (n, counted) in self.counts.iter().enumerate() {
            if !keep(n, counted) {
                continue;
            }
            let (step, numbers) = (self.step(counted), self.numbers(counted));
            let cycle = self.cycle(counted);
            // A later step of the same cycle with the same number is the same case.
            let same = open.iter().position(|(other, theirs)| {
                *other == step
                    || other.get(..3) == Some(cycle)
                        && !numbers.is_empty()
                        && numbers.iter().any(|number| theirs.contains(number))
            });
            let k = same.unwrap_or_else(|| {
                open.push((step, numbers.clone()));
                record.cases.push(self.case(counted, &numbers, book));
                record.cases.len() - 1
            });
            if let Some(case) = record.cases.get_mut(k) {
                case.counts.push(self.count(counted));
                places.push((k, case.counts.len() - 1, n));
            }
        }
        Kept { record, places }
    }

    fn whose(&self) -> RecordPerson {
        let row = self.rows.first();
        let of = |column| row.and_then(|row| row.text(column));
        let identifiers = of(col::CII_NUMBER).map(|value| Identifier {
            kind: IdentifierKind::Cii,
            value: value.into_owned(),
        });
        RecordPerson {
            name: of(col::PRI_NAME).map_or_else(Name::default, |name| self::name(&name)),
            born: self.born.known().filter(|_| !self.births_differ),
            died: self.died.and_then(Dated::known),
            identifiers: Some(identifiers.into_iter().collect()),
            registrations: (!self.registration_unread).then(|| self.registrations.clone()),
            ..RecordPerson::default()
        }
    }

    fn case(&self, counted: &Counted, numbers: &[String], book: &Book<'_>) -> Case {
        let row = &self.rows[counted.first];
        let courts = book.pack().courts.as_ref();
        let printed = row.text(col::STP_ORI_CNTY_NAME);
        let agency = row.text(col::STP_ORI_DESCR);
        let county = courts.and_then(|courts| {
            let named = printed.as_deref().and_then(|name| courts.county(name));
            named.or_else(|| courts.agency(agency.as_deref()?).county)
        });
        let cycle = self.cycle(counted);
        let mut arrests: Vec<Arrest> = Vec::new();
        for other in self
            .counts
            .iter()
            .filter(|other| other.step == Step::Arrest && self.cycle(other) == cycle)
        {
            let row = &self.rows[other.first];
            let arrest = Arrest {
                agency: row.text(col::STP_ORI_DESCR).map(|a| a.into_owned()),
                number: None,
                date: row.date(col::STP_EVENT_DATE).known(),
            };
            if !arrests.contains(&arrest) {
                arrests.push(arrest);
            }
        }
        Case {
            id: Some(CaseId(text(self.step(counted)).into_owned())),
            court: Court {
                jurisdiction: county.map(|_| super::JURISDICTION.to_owned()),
                county: county.map(|county| county.name.clone()),
                name: agency.map(|a| a.into_owned()),
            },
            number: (!numbers.is_empty()).then(|| numbers.join("; ")),
            // The export is of adults' convictions; what a juvenile court found is not called one.
            juvenile: counted.convicted().then_some(false),
            arrests: (!arrests.is_empty()).then_some(arrests),
            ..Case::default()
        }
    }

    fn count(&self, counted: &Counted) -> Count {
        let charged = &counted.known.charged;
        let parts = self.sentence(counted);
        let disposition = counted.kind.map(|kind| Disposition {
            kind,
            date: counted.decided.known(),
            plea: None,
        });
        Count {
            id: Some(CountId(text(self.order(counted)).into_owned())),
            section: charged.section.clone(),
            attempt: charged.section.as_ref().map(|_| charged.attempt),
            target: charged.target.clone(),
            level: counted.level,
            disposition,
            sentence: (!parts.is_empty()).then(|| Sentence {
                parts: Some(parts),
                ..Sentence::default()
            }),
            relief_granted: (!counted.relief_doubt).then(|| counted.granted.clone()),
            ..Count::default()
        }
    }
}

/// `LAST,FIRST MIDDLE`.
fn name(printed: &str) -> Name {
    let (family, rest) = printed.split_once(',').unwrap_or((printed, ""));
    let mut given = rest.split_whitespace();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Name {
        given: given.next().and_then(some),
        middle: some(&given.collect::<Vec<_>>().join(" ")),
        family: some(family.trim()),
        suffix: None,
    }
}

/// The duty of PC 290 as these rows print it: the number alone, with words behind it, or one of the sections that carry the duty
/// out. PC 290.006 (a duty ordered by a court) is a duty of its own.
fn duty(printed: &str) -> Option<Section> {
    let rest = printed.trim().strip_prefix("290")?;
    let own = rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with(".006");
    (!own).then(|| "PC 290".parse().ok()).flatten()
}
