//! A row of the list and a case of the export side by side.

use super::Case;
use super::list::{List, Listed, numbers};
use crate::csv;
use crate::who::{Compared, Is};

/// What was found for a row or a case on the other side, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// The same case number, and the same person as far as both say.
    Matched,
    /// The same case number; nothing else could be compared.
    NumberOnly,
    /// The same case number or number of the state, and another person.
    Conflict,
    /// The same person, under other case numbers.
    PersonOnly,
    /// Nothing.
    Unmatched,
}

impl Said {
    pub(super) const ALL: [Self; 5] = [
        Self::Matched,
        Self::NumberOnly,
        Self::Conflict,
        Self::PersonOnly,
        Self::Unmatched,
    ];

    /// Its name in tables.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::NumberOnly => "case_number_only",
            Self::Conflict => "conflict",
            Self::PersonOnly => "person_only",
            Self::Unmatched => "unmatched",
        }
    }
}

/// A case of the export beside a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) said: Said,
    case: Case,
    evidence: String,
    against: String,
}

/// The pairs, by row of the list; each with the place of its case.
pub(super) struct Found(Vec<Vec<(Pair, usize)>>);

/// What was found for a row of the list, the row, and its pairs.
type Row = (Said, usize, Vec<Pair>);

impl Found {
    pub(super) fn new(rows: usize) -> Self {
        Self(vec![Vec::new(); rows])
    }

    /// Looks for a case of the export, whose place is given.
    pub(super) fn case(&mut self, case: &Case, place: usize, list: &List) {
        for at in list.near(&case.number, &case.who) {
            let row = &list.rows[at];
            let compared = row.who.compare(&case.who);
            let number = !numbers(&row.number).is_disjoint(&numbers(&case.number));
            let said = said(number, compared);
            if said == Said::Unmatched {
                continue;
            }
            let words = |which: Is| {
                let each = compared.each().into_iter();
                let each = each
                    .filter(move |(_, is)| *is == which)
                    .map(|(word, _)| word);
                let number = (number && which == Is::Same).then_some("case number");
                number
                    .into_iter()
                    .chain(each)
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            let pair = Pair {
                said,
                case: case.clone(),
                evidence: words(Is::Same),
                against: words(Is::Other),
            };
            self.0[at].push((pair, place));
        }
    }

    /// The rows of the list, the best found first, each with its pairs; and what was found for each of so many cases.
    ///
    /// People charged together have one case number: it is no conflict where either side has found its own.
    pub(super) fn done(self, list: &List, cases: usize) -> (Vec<Row>, Vec<Said>) {
        let mut best = vec![Said::Unmatched; cases];
        for (pair, place) in self.0.iter().flatten() {
            best[*place] = best[*place].min(pair.said);
        }
        let mut rows = Vec::new();
        let mut conflicts = vec![false; cases];
        for (at, mut pairs) in self.0.into_iter().enumerate() {
            let own = pairs.iter().any(|(pair, _)| pair.said < Said::Conflict);
            pairs.retain(|(pair, place)| {
                pair.said != Said::Conflict || !own && best[*place] == Said::Conflict
            });
            let said = pairs.iter().map(|(pair, _)| pair.said).min();
            let said = said.unwrap_or(Said::Unmatched);
            // What is worse than the best says nothing more of this row.
            pairs.retain(|(pair, _)| pair.said == said);
            for (_, place) in pairs.iter().filter(|_| said == Said::Conflict) {
                conflicts[*place] = true;
            }
            let mut pairs: Vec<Pair> = pairs.into_iter().map(|(pair, _)| pair).collect();
            pairs.sort_unstable();
            rows.push((said, at, pairs));
        }
        for (best, conflict) in best.iter_mut().zip(conflicts) {
            if *best == Said::Conflict && !conflict {
                *best = Said::Unmatched;
            }
        }
        rows.sort_by_cached_key(|(said, at, pairs)| {
            let row = &list.rows[*at];
            let whose = (row.number.clone(), row.who.clone());
            (*said, whose, pairs.clone(), row.line)
        });
        (rows, best)
    }
}

fn said(number: bool, compared: Compared) -> Said {
    let wholly_other = compared.name == Is::Other && compared.born == Is::Other;
    match (number, compared.one()) {
        // The state's number was mistyped on one side, or the person's: nothing here can tell.
        (_, true) if wholly_other => Said::Conflict,
        (true, true) => Said::Matched,
        (true, false) if compared.other() => Said::Conflict,
        (true, false) if compared.same() => Said::Matched,
        (true, false) => Said::NumberOnly,
        // Namesakes born on one day have different numbers.
        (false, true) if compared.cii != Is::Other => Said::PersonOnly,
        (false, _) => Said::Unmatched,
    }
}

/// The columns of the list's side and of conflicts.
pub(super) const HEADS: [&str; 15] = [
    "found",
    "evidence",
    "contradicts",
    "line",
    "list_case_number",
    "list_cii_number",
    "list_name",
    "list_born",
    "case_number",
    "subject_id",
    "cii_number",
    "name",
    "born",
    "convictions",
    "determinations",
];

/// Writes a row of the list, with a case of the export where there is one.
pub(super) fn line(table: &mut Vec<u8>, row: &Listed, pair: Option<&Pair>) {
    let said = pair.map_or(Said::Unmatched, |pair| pair.said).key();
    let of = |what: fn(&Pair) -> String| pair.map(what).unwrap_or_default();
    csv::line(
        table,
        [
            said,
            &of(|pair| pair.evidence.clone()),
            &of(|pair| pair.against.clone()),
            &row.line.to_string(),
            &row.number,
            &row.who.cii,
            &row.who.name,
            &row.who.born,
            &of(|pair| pair.case.number.clone()),
            &of(|pair| pair.case.subject.clone()),
            &of(|pair| pair.case.who.cii.clone()),
            &of(|pair| pair.case.who.name.clone()),
            &of(|pair| pair.case.who.born.clone()),
            &of(|pair| pair.case.convictions.to_string()),
            &of(|pair| pair.case.determined()),
        ],
    );
}
