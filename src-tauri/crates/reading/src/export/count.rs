//! One count of an export: what the rows with the same twelve digits say of it, and where they contradict each other.

use std::sync::Arc;

use record::{DispositionKind, Level, PartKind, PartialDate, ReliefGranted, SentencePart};

use super::book::{Book, Known};
use super::charge::points_to_comment;
use super::column as col;
use super::field::{Dated, Row, level, text};

/// What kind of event a row tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An arrest, detention or citation.
    Arrest,
    /// A court's action.
    Court,
    /// Anything else.
    Other,
}

/// One count: the rows with the same twelve digits.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Its rows, as a range of [`Person::rows`].
    pub first: usize,
    /// The first row that is not its.
    pub end: usize,
    /// The kind of event.
    pub step: Step,
    /// The offense: that of the conviction, else of the disposition, else of the charge.
    pub known: Arc<Known>,
    /// How it ended.
    pub kind: Option<DispositionKind>,
    /// Felony, misdemeanor, infraction.
    pub level: Option<Level>,
    /// The day of the disposition.
    pub decided: Dated,
    /// Relief that the export shows.
    pub granted: Vec<ReliefGranted>,
    /// Something says that there may have been relief, and not which.
    pub relief_doubt: bool,
    /// What contradicts itself.
    pub conflicts: Vec<Conflict>,
}

/// Columns that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Charged with one section, convicted of another.
    ChargedOtherwise,
    /// The offense at the disposition is not the one convicted of.
    DisposedOtherwise,
    /// Two rows of the count name different offenses: none is taken.
    RowsNameDifferentOffenses,
    /// Two rows of the count end it differently.
    RowsEndDifferently,
    /// The conviction's level is given twice, differently.
    Levels,
    /// The disposition's date is not the event's.
    Dates,
    /// The code of the section is missing or wrong.
    CodeInDoubt,
    /// The charge was taken from the comment.
    FromComment,
    /// The charge carries a qualifier that was not understood.
    Qualified,
    /// A later step of the cycle undoes it (dismissed, acquitted, reversed) or says something that is not understood.
    DismissedLater,
    /// The disposition's date and the event's lie a year or more apart.
    DatesFarApart,
    /// The rows of the count name different counties, or only its arrest names one.
    Counties,
}

impl Counted {
    /// Whether it is a conviction.
    #[must_use]
    pub fn convicted(&self) -> bool {
        self.kind == Some(DispositionKind::Convicted)
    }
}

/// Puts the rows of a count together; `first` is the place of the first of them.
pub(super) fn counted(rows: &[Row<'_>], first: usize, book: &mut Book<'_>) -> Counted {
    let mut conflicts = Vec::new();
    let step = rows.first().map_or(Step::Other, |row| {
        let step = row.field(col::STP_TYPE_DESCR);
        if step.starts_with(b"ARREST") {
            Step::Arrest
        } else if step.starts_with(b"COURT") {
            Step::Court
        } else {
            Step::Other
        }
    });
    let mut kind: Option<DispositionKind> = None;
    for row in rows {
        let now = book.ending(row.field(col::DISP_DESCR)).kind;
        if let Some(now) = now {
            if kind.is_some_and(|before| before != now) {
                conflicts.push(Conflict::RowsEndDifferently);
            }
            if kind != Some(DispositionKind::Convicted) {
                kind = Some(now);
            }
        }
    }
    let convicted = kind == Some(DispositionKind::Convicted);
    let mut known: Option<Arc<Known>> = None;
    for row in rows {
        let now = offense(row, convicted, book, &mut conflicts);
        if let Some(before) = &known
            && before.charged != now.charged
        {
            conflicts.push(Conflict::RowsNameDifferentOffenses);
            // None is taken, and the count is not lost: what is asked about is what it may be.
            let may_be = if before.reached { before } else { &now };
            known = Some(doubtful(may_be));
            break;
        }
        known = Some(now);
    }
    let known = known.unwrap_or_else(|| book.charge(b""));
    if known.charged.section.is_none() && known.charged.likely.is_some() {
        conflicts.push(Conflict::CodeInDoubt);
    }
    let level = levels(rows, convicted, &mut conflicts);
    let decided = decided(rows, kind, book, &mut conflicts);
    let county = |row: &Row<'_>| text(row.field(col::STP_ORI_CNTY_NAME)).to_ascii_uppercase();
    if let Some((one, rest)) = rows.split_first()
        && rest.iter().any(|row| county(row) != county(one))
    {
        conflicts.push(Conflict::Counties);
    }
    conflicts.sort_unstable();
    conflicts.dedup();
    Counted {
        first,
        end: first + rows.len(),
        step,
        known,
        kind,
        level,
        decided,
        granted: Vec::new(),
        relief_doubt: false,
        conflicts,
    }
}

// What the person was convicted of, else what stood at the disposition, else the charge; the comment where the charge points to it.
fn offense(
    row: &Row<'_>,
    convicted: bool,
    book: &mut Book<'_>,
    conflicts: &mut Vec<Conflict>,
) -> Arc<Known> {
    let (mut field, mut qualifier) = (row.field(col::OFFENSE_DESCR), col::OFFENSE_QUAL_LST);
    if points_to_comment(&text(field)) {
        let comment = row.field(col::COMMENT_TEXT);
        if !comment.is_empty() {
            conflicts.push(Conflict::FromComment);
        }
        field = comment;
    }
    let charge = book.charge(field);
    let mut known = Arc::clone(&charge);
    let disposed = row.field(col::DISP_OFFENSE_DESCR);
    let conviction = row.field(col::CONV_OFFENSE_DESCR);
    if !disposed.is_empty() {
        known = book.charge(disposed);
        qualifier = col::DISP_OFFENSE_QUAL_LST;
    }
    if convicted && !conviction.is_empty() {
        let now = book.charge(conviction);
        if !disposed.is_empty() && known.charged != now.charged {
            conflicts.push(Conflict::DisposedOtherwise);
        }
        known = now;
        qualifier = col::CONV_OFFENSE_QUAL_LST;
    }
    if known.charged != charge.charged {
        conflicts.push(Conflict::ChargedOtherwise);
    }
    // A conviction whose text says no section may be of what was charged.
    // One about another offense (a conspiracy, an accessory) is about what was charged, as far as anybody can tell.
    let about_it = convicted && known.about_another && charge.reached && !known.reached;
    if known.meant.is_none() && charge.meant.is_some() || about_it {
        known = doubtful(&charge);
    }
    let qualifiers = [
        qualifier,
        col::DISP_OFFENSE_QUAL_LST,
        col::CONV_OFFENSE_QUAL_LST,
    ];
    let qualified = qualifiers.iter().any(|one| !row.field(*one).is_empty());
    if qualified && !known.charged.attempt {
        conflicts.push(Conflict::Qualified);
        // Attempt, conspiracy, accessory: which, a person must read. The section alone is not the offense.
        return doubtful(&known);
    }
    known
}

// A charge that is only likely: a person must look.
fn doubtful(known: &Known) -> Arc<Known> {
    let mut doubt = known.clone();
    doubt.charged.likely = doubt.charged.section.take().or(doubt.charged.likely);
    doubt.charge = None;
    doubt.weighs = true;
    Arc::new(doubt)
}

// The level that the rows agree on.
fn levels(rows: &[Row<'_>], convicted: bool, conflicts: &mut Vec<Conflict>) -> Option<Level> {
    let mut level: Option<Level> = None;
    for row in rows {
        let now = level_of(row, convicted, conflicts);
        if now.is_some() && level.is_some() && now != level {
            conflicts.push(Conflict::Levels);
            return None;
        }
        level = level.or(now);
    }
    level
}

fn level_of(row: &Row<'_>, convicted: bool, conflicts: &mut Vec<Conflict>) -> Option<Level> {
    let of = |column| level(row.field(column));
    let status = row.field(col::CONV_STAT_DESCR);
    let conviction = of(col::CONV_OFFENSE_TOC);
    if !status.is_empty() {
        let stated = level(status);
        if convicted && conviction.is_some() && conviction != stated {
            conflicts.push(Conflict::Levels);
            return None;
        }
        return stated;
    }
    conviction
        .or_else(|| of(col::DISP_OFFENSE_TOC))
        .or_else(|| of(col::OFFENSE_TOC))
}

// The later of the event's and the disposition's day, should they differ: it promises less. A row that tells of something later
// (an order that dismissed it) does not date the conviction.
fn decided(
    rows: &[Row<'_>],
    kind: Option<DispositionKind>,
    book: &mut Book<'_>,
    conflicts: &mut Vec<Conflict>,
) -> Dated {
    let mut day = Dated::Blank;
    let mut own = |row: &&Row<'_>| book.ending(row.field(col::DISP_DESCR)).kind == kind;
    for row in rows.iter().filter(|row| own(row)) {
        for column in [col::STP_EVENT_DATE, col::DISP_DATE] {
            day = match (day, row.date(column)) {
                (before, Dated::Blank) => before,
                (Dated::Blank, now) => now,
                (Dated::Unreadable, now @ Dated::On(_)) => now,
                (before, Dated::Unreadable) => before,
                (Dated::On(before), Dated::On(now)) => {
                    if before != now {
                        let apart = before.earliest().duration_until(now.earliest()).abs();
                        conflicts.push(match apart.as_hours() < 365 * 24 {
                            true => Conflict::Dates,
                            false => Conflict::DatesFarApart,
                        });
                    }
                    let later = |date: PartialDate| (date.latest(), date.exact().is_none());
                    Dated::On(if later(now) > later(before) {
                        now
                    } else {
                        before
                    })
                }
            };
        }
    }
    day
}

/// The part of a sentence that a row tells of.
pub(super) fn part(row: &Row<'_>) -> Option<SentencePart> {
    let kind = row.field(col::SENT_LOC_DESCR);
    let length: Option<u16> = text(row.field(col::SENT_LENGTH)).parse().ok();
    if kind.is_empty() && length.is_none() {
        return None;
    }
    let starts = |word: &str| kind.starts_with(word.as_bytes());
    let mut part = SentencePart {
        kind: match () {
            () if starts("PRISON") => PartKind::Prison,
            () if starts("JAIL") => PartKind::Jail,
            () if starts("PROB") => PartKind::Probation,
            () if starts("PAROLE") => PartKind::Parole,
            () if starts("FINE") => PartKind::Fine,
            () if starts("REST") => PartKind::Restitution,
            () => PartKind::Other,
        },
        years: None,
        months: None,
        days: None,
        suspended: None,
    };
    match row.field(col::SENT_TIME_CODE) {
        b"Y" => part.years = length,
        b"M" => part.months = length,
        b"D" => part.days = length,
        _ => {}
    }
    Some(part)
}
