//! Flags in words, for whoever reads a sheet without a window. The words name no client's data; the window has words of its own.

use std::fmt;

use crate::FlagKind;

impl fmt::Display for FlagKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ImpossibleDate => "the calendar has no such date; what it does not say is left unknown",
            Self::DoubtfulDate => "the date is not clear, or cannot be in its place; compare it",
            Self::DoubtfulSection => "the section is not clear; compare it",
            Self::RepairedCode => "a code that was printed wrong was put right; compare it",
            Self::DoubtfulLevel => "the level is not clear; compare it",
            Self::DoubtfulDisposition => "the disposition is misread; compare it",
            Self::UnknownDisposition => "the words of this disposition are not known; they changed nothing",
            Self::LesserOffense => "convicted of a lesser offense than charged; compare the section",
            Self::DoubtfulSentence => "a length in a sentence cannot be read; compare it",
            Self::OtherBirthDate => "the sheet has another birth date too",
            Self::RepairedHeader => "a header was repaired",
            Self::DoubtfulCountNumber => "a count number that is none; taken as the next",
            Self::UnknownCourt => "the court's county is not known",
            Self::WideRange => "a count range too wide to be one; taken as a single count",
            Self::FurtherCounts => "a remark names further counts that are not listed",
            Self::SecondCharge => "a second charge in one count; it is not in the record",
            Self::LaterDismissal => {
                "a later dismissal that names no section; it is not in the record"
            }
            Self::Reversed => "a conviction that was reversed; that is not in the record",
            Self::ReliefMentioned => "relief is mentioned, not clearly granted; it is left unknown",
            Self::ReliefUnnamed => {
                "relief was granted, but the line does not say under which section; compare it"
            }
            Self::ReliefUndone => "an order that granted relief was taken back; relief is left unknown",
            Self::ReliefOnOneCount => "relief on one of several counts; compare which",
            Self::ConvictionImplied => {
                "the conviction is known only because it was set aside; compare it"
            }
            Self::ConvictionWithoutCourt => {
                "only a custody or probation entry shows this conviction: its day is not known, and its court only as far as that entry names it"
            }
            Self::OutOfState => {
                "a conviction in another state, shown by an entry of parole; it is not in the record: add what counts of it by hand"
            }
            Self::UnknownEntry => "the header of this entry is not known; it is kept as text",
            Self::Strike => "the sheet marks a possible strike",
            Self::Deceased => "the sheet says that the person has died",
            Self::Supervision => "the sheet lists probation or parole",
            Self::RegistrationEnded => "the duty to register is said to have ended; it was kept",
            Self::SentenceEnded => "probation or the sentence is said to have ended",
            Self::Realignment => "the sheet marks the sentence as county jail",
            Self::DoubtfulName => "a name without a comma; kept whole as the family name",
            Self::DoubtfulLetters => "the letters are not sure; compare them with the picture",
            Self::SmallLetters => {
                "the letters of this page are small; compare everything on it, or scan it again at 300 dots per inch"
            }
            Self::PageMoved => "the page was put where its printed number says",
            Self::DoublePage => "the page says the same as another and was left out",
            Self::PageMissing => "a page that the others count is not there",
            Self::UnprovedLayout => {
                "the layout of this paper is known from public descriptions alone; compare every fact of it"
            }
            Self::SameNumber => "the same court and number stand elsewhere on the sheet",
        })
    }
}
