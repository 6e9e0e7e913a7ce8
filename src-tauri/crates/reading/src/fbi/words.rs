//! The words of an FBI record: labels, and what begins an entry.

use crate::OtherKind;

/// What a label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Born,
    FbiNumber,
    StateNumber,
    ArrestDate,
    ArrestNumber,
    Agency,
    Charge,
    /// The words of the charge that a number announced.
    Literal,
    Statute,
    Level,
    /// A court's part begins, or goes on.
    Court,
    /// The court's name within its part.
    CourtName,
    CourtNumber,
    CourtDate,
    Ended,
    Sentenced,
    /// A part that is kept as text.
    Kept(OtherKind),
    /// Nothing that the record needs.
    Nothing,
}

/// Labels of the head, with a colon.
pub(super) const HEAD: [(&str, Kind); 13] = [
    ("NAME", Kind::Name),
    ("SUBJECT NAME", Kind::Name),
    ("ALIAS", Kind::Name),
    ("AKA", Kind::Name),
    ("DATE OF BIRTH", Kind::Born),
    ("BIRTH DATE", Kind::Born),
    ("DOB", Kind::Born),
    ("FBI NUMBER", Kind::FbiNumber),
    ("FBI NO", Kind::FbiNumber),
    ("FBI/UCN", Kind::FbiNumber),
    ("UCN", Kind::FbiNumber),
    ("STATE ID NUMBER", Kind::StateNumber),
    ("SID", Kind::StateNumber),
];

/// Labels of entries and cycles.
pub(super) const LABELS: [(&str, Kind); 59] = [
    ("SID", Kind::StateNumber),
    ("STATE ID NUMBER", Kind::StateNumber),
    ("NAME USED", Kind::Name),
    ("SUBJECT'S NAME", Kind::Name),
    ("SUBJECT NAME", Kind::Name),
    ("ARREST DATE", Kind::ArrestDate),
    ("DATE OF ARREST", Kind::ArrestDate),
    ("AGENCY CASE", Kind::ArrestNumber),
    ("AGENCY CASE NUMBER", Kind::ArrestNumber),
    ("AGENCY CASE NO", Kind::ArrestNumber),
    ("AGENCY CASE NO.", Kind::ArrestNumber),
    ("ARREST CASE NUMBER", Kind::ArrestNumber),
    ("ARREST NUMBER", Kind::ArrestNumber),
    ("AGENCY", Kind::Agency),
    ("ARRESTING AGENCY", Kind::Agency),
    ("CHARGE", Kind::Charge),
    ("CHARGE LITERAL", Kind::Literal),
    ("CHARGE DESCRIPTION", Kind::Literal),
    ("STATUTE", Kind::Statute),
    ("SEVERITY", Kind::Level),
    ("CHARGE SEVERITY", Kind::Level),
    ("COURT", Kind::Court),
    ("COURT DISPOSITION", Kind::Court),
    ("SENTENCING", Kind::Court),
    ("COURT AGENCY", Kind::CourtName),
    ("SENTENCING AGENCY", Kind::CourtName),
    ("COURT NAME", Kind::CourtName),
    ("COURT CASE", Kind::CourtNumber),
    ("COURT CASE NO", Kind::CourtNumber),
    ("COURT CASE NO.", Kind::CourtNumber),
    ("COURT CASE NUMBER", Kind::CourtNumber),
    ("COURT NO", Kind::CourtNumber),
    ("DOCKET", Kind::CourtNumber),
    ("DOCKET NO", Kind::CourtNumber),
    ("CASE NO", Kind::CourtNumber),
    ("CASE NUMBER", Kind::CourtNumber),
    ("FINAL DISPOSITION DATE", Kind::CourtDate),
    ("DISPOSITION DATE", Kind::CourtDate),
    ("SENTENCE DATE", Kind::CourtDate),
    ("DISPOSITION", Kind::Ended),
    ("DISPO", Kind::Ended),
    ("SENTENCE", Kind::Sentenced),
    ("CORRECTIONS", Kind::Kept(OtherKind::Custody)),
    ("CUSTODY", Kind::Kept(OtherKind::Custody)),
    ("INCARCERATION", Kind::Kept(OtherKind::Custody)),
    ("SUPERVISION", Kind::Kept(OtherKind::Probation)),
    ("APPLICANT", Kind::Kept(OtherKind::Applicant)),
    ("TRACKING NUMBER", Kind::Nothing),
    ("EARLIEST EVENT DATE", Kind::Nothing),
    ("INCIDENT DATE", Kind::Nothing),
    ("ARREST TYPE", Kind::Nothing),
    ("ARREST", Kind::Nothing),
    ("CHARGE NUMBER", Kind::Nothing),
    ("CHARGE TRACKING NUMBER", Kind::Nothing),
    ("STATE OFFENSE CODE", Kind::Nothing),
    ("NCIC OFFENSE CODE", Kind::Nothing),
    ("COMMENT", Kind::Nothing),
    ("FINGERPRINT NUMBER", Kind::Nothing),
    ("PHOTO NUMBER", Kind::Nothing),
];

/// Labels that also stand in the middle of a line.
pub(super) const WITHIN: [&str; 6] = [
    "NAME USED",
    "SID",
    "COURT CASE",
    "CASE NO",
    "AGENCY CASE",
    "DOCKET",
];

/// `12-ARRESTED OR RECEIVED 1998/06/09`: the words behind the number, and the number.
pub(super) fn header(text: &str) -> Option<(&str, u16)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    let number = number.parse().ok().filter(|_| digits <= 3)?;
    let words = rest.trim_start().strip_prefix('-')?.trim_start();
    let known = [
        "ARRESTED OR RECEIVED",
        "ARRESTED",
        "RECEIVED",
        "APPLICANT",
        "CIVIL",
        "REGISTERED",
        "REGISTRATION",
        "INQUIRY",
    ];
    known
        .iter()
        .any(|word| words.starts_with(word))
        .then_some((words, number))
}

/// `=== CYCLE 001 ===`.
pub(super) fn cycle(text: &str) -> bool {
    let bare = bare(text);
    bare.strip_prefix("CYCLE").is_some_and(|rest| {
        let rest = rest.trim();
        !rest.is_empty() && rest.len() <= 4 && rest.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A title without the ruler round it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(['=', '*', '-', '_', ' '])
}
