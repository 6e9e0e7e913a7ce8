//! Entries whose header is lost or garbled, told by the agency, the name's code or the letters that are left.

use super::super::dates;
use super::super::entry::Lead;
use super::super::headers::{self, Kind};
use super::Walker;

impl Walker<'_> {
    /// An entry without a known header: a registration that has none, an agency's own line, or unknown words.
    pub(super) fn headless<'t>(
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
    pub(super) fn lost_header(&self, text: &str) -> Option<Kind> {
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
}

pub(super) fn names_a_code(text: &str) -> bool {
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
