//! Wordings as data: what the words of a disposition line mean, and which of them say that relief was granted.
//!
//! This module compares words; it decides no law. What it does not know it leaves unknown.

use record::{DispositionKind, Effect, Plea};
use serde::Deserialize;

/// The wordings of one jurisdiction's record sheets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wordings {
    disposition: Vec<OutcomeWording>,
    plea: Vec<PleaWording>,
    later: Vec<LaterWording>,
    relief: ReliefWordings,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeWording {
    kind: Option<DispositionKind>,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PleaWording {
    plea: Plea,
    any: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LaterWording {
    event: Later,
    any: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReliefWordings {
    refused: Vec<String>,
    asked: Vec<String>,
    answered: Vec<String>,
    granted: Vec<String>,
    effect: Vec<EffectWording>,
    authority: Vec<AuthorityWording>,
    phrase: Vec<PhraseWording>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectWording {
    effect: Effect,
    all: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AuthorityWording {
    authority: String,
    cite: String,
    words: Vec<String>,
    effect: Option<Effect>,
    #[serde(default)]
    of_conviction: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseWording {
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    of_conviction: bool,
    effect: Option<Effect>,
}

/// What the sheet says about how a count ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ended so; [`DispositionKind::Other`] where the words are not in the table.
    Is(DispositionKind),
    /// The sheet says that it does not know.
    NotStated,
}

/// What happened to a sentence, or a duty, later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Later {
    /// Its conditions were broken: revoked, reinstated, violation found.
    Violated,
    /// It was changed: the new terms replace the old.
    Modified,
    /// The conviction was reversed.
    Reversed,
    /// Probation or sentence ended.
    Ended,
    /// The duty to register ended.
    NeedNotRegister,
}

/// Relief that a line tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relief {
    /// It was granted.
    Granted {
        /// What it did, at least one thing, each with the section that stands beside it, where the line names one.
        grants: Vec<Grant>,
        /// The line also says that there was a conviction.
        of_conviction: bool,
    },
    /// A section or phrase of relief stands there, but not that it was granted, or not what it did: for a person to read.
    Mentioned,
}

/// One thing that an order did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// What it did.
    pub effect: Effect,
    /// Under which section.
    pub authority: Option<String>,
}

/// A table of wordings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordingsError {
    /// Not the expected shape.
    #[error("the table of wordings is not readable: {0}")]
    Shape(#[from] toml::de::Error),
    /// An entry that can match nothing, or everything.
    #[error("wording entry {entry} has no phrase to look for")]
    Empty {
        /// Which entry, counted from 1 in its list.
        entry: usize,
    },
}

impl Wordings {
    /// Reads a table of wordings.
    ///
    /// # Errors
    /// The text is no such table, or an entry looks for nothing.
    pub fn parse(text: &str) -> Result<Self, WordingsError> {
        let table: Self = toml::from_str(text)?;
        let blank = |list: &[String]| list.iter().all(|phrase| phrase.trim().is_empty());
        let outcomes = table
            .disposition
            .iter()
            .map(|w| blank(&w.starts) && blank(&w.exact) && blank(&w.any));
        let phrases = table
            .relief
            .phrase
            .iter()
            .map(|w| blank(&w.any) && blank(&w.exact));
        let authorities = table
            .relief
            .authority
            .iter()
            .map(|w| blank(&w.words) || w.cite.trim().is_empty());
        for (index, empty) in outcomes
            .enumerate()
            .chain(phrases.enumerate())
            .chain(authorities.enumerate())
        {
            if empty {
                return Err(WordingsError::Empty { entry: index + 1 });
            }
        }
        Ok(table)
    }

    /// How a count ended, by the words of its disposition.
    #[must_use]
    pub fn outcome(&self, text: &str) -> Outcome {
        let words = Words::of(text);
        self.disposition
            .iter()
            .find(|w| {
                !words.any(&w.none)
                    && (words.starts(&w.starts) || words.exact(&w.exact) || words.any(&w.any))
            })
            .map_or(Outcome::Is(DispositionKind::Other), |w| {
                w.kind.map_or(Outcome::NotStated, Outcome::Is)
            })
    }

    /// The plea or verdict, where the words name it.
    #[must_use]
    pub fn plea(&self, text: &str) -> Option<Plea> {
        let words = Words::of(text);
        self.plea.iter().find(|w| words.any(&w.any)).map(|w| w.plea)
    }

    /// What happened later, where the words name it.
    #[must_use]
    pub fn later(&self, text: &str) -> Option<Later> {
        let words = Words::of(text);
        self.later
            .iter()
            .find(|w| words.any(&w.any) && !words.any(&w.none))
            .map(|w| w.event)
    }

    /// Relief that the line tells of.
    #[must_use]
    pub fn relief(&self, text: &str) -> Option<Relief> {
        let words = Words::of(text);
        let relief = &self.relief;
        let authorities: Vec<(usize, &AuthorityWording)> = relief
            .authority
            .iter()
            .filter_map(|w| Some((words.position(&w.words)?, w)))
            .collect();
        let phrase = relief
            .phrase
            .iter()
            .find(|w| (words.any(&w.any) || words.exact(&w.exact)) && !words.any(&w.none));
        if authorities.is_empty() && phrase.is_none() {
            return None;
        }
        let only_asked = words.any(&relief.asked) && !words.any(&relief.answered);
        if words.any(&relief.refused) || only_asked {
            return Some(Relief::Mentioned);
        }
        // `REDUCED PER one section AND DISMISSED PER another`: what stands next behind an effect gave it.
        let beside = |effect: Effect, at: usize| {
            let reduces = matches!(
                effect,
                Effect::ReducedToMisdemeanor | Effect::ReducedToInfraction
            );
            // A section that has an effect of its own gives no other kind of relief.
            let able = || {
                authorities
                    .iter()
                    .filter(|(_, w)| !reduces || w.effect.is_none())
            };
            able()
                .filter(|(place, _)| *place > at)
                .min_by_key(|(place, _)| *place)
                .or_else(|| able().max_by_key(|(place, _)| *place))
                .map(|(_, w)| w.authority.clone())
        };
        let mut grants: Vec<Grant> = relief
            .effect
            .iter()
            .filter(|w| w.all.iter().all(|group| words.any(group)))
            .map(|w| Grant {
                effect: w.effect,
                authority: beside(
                    w.effect,
                    w.all
                        .first()
                        .and_then(|g| words.position(g))
                        .unwrap_or_default(),
                ),
            })
            .collect();
        if grants.is_empty() {
            let first = authorities.first().map(|(_, w)| *w);
            let own = first
                .filter(|_| words.any(&relief.granted))
                .and_then(|w| w.effect);
            grants.extend(
                own.or_else(|| phrase.and_then(|w| w.effect))
                    .map(|effect| Grant {
                        effect,
                        authority: first.map(|w| w.authority.clone()),
                    }),
            );
        }
        if grants.is_empty() {
            return Some(Relief::Mentioned);
        }
        Some(Relief::Granted {
            grants,
            of_conviction: phrase.is_some_and(|w| w.of_conviction)
                || authorities.iter().any(|(_, w)| w.of_conviction),
        })
    }
}

/// A text made ready for comparing: words with single blanks round them, and the text without blanks and doubled letters.
struct Words {
    spaced: String,
    squeezed: String,
}

impl Words {
    fn of(text: &str) -> Self {
        let upper: String = text.chars().flat_map(char::to_uppercase).collect();
        let mut spaced = String::with_capacity(upper.len() + 2);
        spaced.push(' ');
        let plain = upper
            .split(|c: char| !(c.is_alphanumeric() || c == '.'))
            .map(|word| word.trim_matches('.'));
        for word in plain.filter(|word| !word.is_empty()) {
            spaced.push_str(word);
            spaced.push(' ');
        }
        Self {
            squeezed: squeeze(&upper),
            spaced,
        }
    }

    fn any(&self, phrases: &[String]) -> bool {
        self.position(phrases).is_some()
    }

    /// Where the first of the phrases that stands there begins.
    fn position(&self, phrases: &[String]) -> Option<usize> {
        phrases.iter().find_map(|phrase| {
            let (phrase, any_ending) = match phrase.strip_suffix('*') {
                Some(beginning) => (beginning, true),
                None => (phrase.as_str(), false),
            };
            self.spaced
                .match_indices(phrase)
                .map(|(at, _)| at)
                .find(|at| {
                    let before = self
                        .spaced
                        .get(..*at)
                        .is_some_and(|text| text.ends_with(' '));
                    let after = self
                        .spaced
                        .get(at + phrase.len()..)
                        .is_some_and(|text| text.starts_with(' '));
                    before && (any_ending || after)
                })
        })
    }

    fn exact(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|phrase| self.spaced.trim() == phrase)
    }

    fn starts(&self, phrases: &[String]) -> bool {
        phrases
            .iter()
            .any(|phrase| self.squeezed.starts_with(&squeeze(phrase)))
    }
}

fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if !squeezed.ends_with(c) {
            squeezed.push(c);
        }
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wordings() -> Wordings {
        Wordings::parse(include_str!("../us-ca/wordings.toml")).unwrap()
    }

    #[test]
    fn dispositions_are_told_apart() {
        use DispositionKind as K;
        let w = wordings();
        for (text, kind) in [
            ("CONVICTED", K::Convicted),
            ("C O N V I C T E D", K::Convicted),
            ("CONVICTED-PROB/JAIL", K::Convicted),
            ("CONVICTION CERT BY CLERK OF THE COURT", K::Other),
            ("DISMISSED/FURTHERANCE OF JUSTICE", K::Dismissed),
            ("DISMISSSED/FURTHERANCE OF JUSTICE", K::Dismissed),
            ("1385 PC-DISMISSED/FURTHERANCE OF JUSTICE", K::Dismissed),
            ("ACQUITTED", K::Acquitted),
            ("NOT GUILTY BY JURY", K::Acquitted),
            ("NOT GUILTY BY REASON OF INSANITY", K::Other),
            ("PROS REJ-LACK OF CORPUS", K::NotFiled),
            ("RELEASED/DETENTION ONLY", K::NotFiled),
            ("RELEASED", K::NotFiled),
            ("PROS REL-DET ONLY-LACK OF PROB CAUSE", K::NotFiled),
            ("CONV-PROB/JAIL", K::Convicted),
            ("RELEASED ON BAIL", K::Other),
            ("RELEASED TO OTHER AGENCY", K::Other),
            ("DIVERSION PC 1000", K::Diverted),
            ("DIVERSION TERMINATED", K::Other),
            ("PETITION SUSTAINED", K::Adjudicated),
            ("PROC SUSP/COMM MENTALLY INCOMP 1370 PC", K::Other),
            ("HELD TO ANSWER", K::Other),
            ("PENDING", K::Pending),
            ("SOMETHING ELSE", K::Other),
        ] {
            assert_eq!(w.outcome(text), Outcome::Is(kind), "{text}");
        }
        assert_eq!(w.outcome("DISPO NOT AVAILABLE"), Outcome::NotStated);
    }

    #[test]
    fn relief_is_recorded_only_where_the_line_says_it_was_granted() {
        use Effect::{
            Dismissed, Pardoned, ReducedToInfraction, ReducedToMisdemeanor, Sealed, Vacated,
        };
        let w = wordings();
        for (text, authority, effects) in [
            (
                "CONV SET ASIDE & DISM PER 1203.4 PC",
                Some("PC 1203.4"),
                vec![Dismissed],
            ),
            (
                "CONV SET ASIDE&DISM PER 1203.4A PC",
                Some("PC 1203.4a"),
                vec![Dismissed],
            ),
            (
                "CONV SET ASIDE & DISM PER 1203.41 PC",
                Some("PC 1203.41"),
                vec![Dismissed],
            ),
            (
                "CONV SET ASIDE & DISM PER 1203.42 PC",
                Some("PC 1203.42"),
                vec![Dismissed],
            ),
            (
                "RELIEF GRANTED 1203.425 PC",
                Some("PC 1203.425"),
                vec![Dismissed],
            ),
            (
                "ARREST RELIEF GRANTED 851.93 PC",
                Some("PC 851.93"),
                vec![Sealed],
            ),
            (
                "ARREST SEALED PER 851.91 PC",
                Some("PC 851.91"),
                vec![Sealed],
            ),
            ("REDUCED TO MISDEMEANOR", None, vec![ReducedToMisdemeanor]),
            (
                "REDUCED TO MISD PER 17(B)(3) PC",
                Some("PC 17(b)"),
                vec![ReducedToMisdemeanor],
            ),
            (
                "REDUCED TO INFRACTION PER 17(D)(2) PC",
                Some("PC 17(d)"),
                vec![ReducedToInfraction],
            ),
            (
                "REDUCED TO MISDEMEANOR PER 1170.18 PC",
                Some("PC 1170.18"),
                vec![ReducedToMisdemeanor],
            ),
            (
                "DISMISSED AND SEALED PER 11361.8 HS",
                Some("HS 11361.8"),
                vec![Dismissed, Sealed],
            ),
            (
                "REDESIGNATED AS MISD PER PROP 64",
                Some("HS 11361.8"),
                vec![ReducedToMisdemeanor],
            ),
            (
                "REDUCED TO INFRACTION 11361.8(F) HS",
                Some("HS 11361.8"),
                vec![ReducedToInfraction],
            ),
            (
                "DISMISSED-LEGALLY INVALID",
                Some("HS 11361.8"),
                vec![Dismissed],
            ),
            ("DISM PER 11361.9 HS", Some("HS 11361.9"), vec![Dismissed]),
            (
                "CONVICTION VACATED PER 1473.7 PC",
                Some("PC 1473.7"),
                vec![Vacated],
            ),
            ("FULL PARDON GRANTED BY GOVERNOR", None, vec![Pardoned]),
        ] {
            match w.relief(text) {
                Some(Relief::Granted { grants, .. }) => {
                    let found: Vec<_> = grants
                        .iter()
                        .map(|g| (g.effect, g.authority.as_deref()))
                        .collect();
                    let wanted: Vec<_> =
                        effects.iter().map(|effect| (*effect, authority)).collect();
                    assert_eq!(found, wanted, "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        for text in [
            "PETITION PER 1203.4 PC DENIED",
            "PETITION FILED 11361.8 HS",
            "RESENTENCED PER 11361.8 HS",
            "REDUCED TO MISDEMEANOR DENIED",
            "1203.4 PC RELIEF VACATED",
            "1203.4 PC",
            "NOT DISMISSED PER 11361.8 HS",
            "APPLICATION TO DISMISS PER 11361.8 HS FILED",
            "REFUSED DISMISSAL PER 11361.8 HS",
            "REQUEST FOR DISMISSAL 11361.8 HS CONTINUED",
            "DISMISSED PER 11361.8 HS - ENTERED IN ERROR",
            "DISMISSAL PER 1203.4 PC OPPOSED",
            "DISMISSED PER 1203.4 PC COUNT 2 ONLY",
        ] {
            assert_eq!(w.relief(text), Some(Relief::Mentioned), "{text}");
        }
        for text in [
            "CONVICTED",
            "DISMISSED/FURTHERANCE OF JUSTICE",
            "PROBATION REVOKED",
            "SEALED INDICTMENT FILED",
        ] {
            assert_eq!(w.relief(text), None, "{text}");
        }
    }

    #[test]
    fn each_effect_has_the_section_beside_it() {
        let w = wordings();
        for (text, expected) in [
            (
                "REDUCED TO MISD PER 17(B)(3) PC & DISM PER 1203.4 PC",
                [
                    (Effect::ReducedToMisdemeanor, Some("PC 17(b)")),
                    (Effect::Dismissed, Some("PC 1203.4")),
                ],
            ),
            (
                "REDUCED TO MISD & DISM PER 1203.4 PC",
                [
                    (Effect::ReducedToMisdemeanor, None),
                    (Effect::Dismissed, Some("PC 1203.4")),
                ],
            ),
        ] {
            let Some(Relief::Granted {
                grants,
                of_conviction: true,
            }) = w.relief(text)
            else {
                panic!("{text}");
            };
            let found: Vec<_> = grants
                .iter()
                .map(|g| (g.effect, g.authority.as_deref()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        // A section of convictions says so without a phrase.
        assert!(matches!(
            w.relief("DISM PER 1203.41 PC"),
            Some(Relief::Granted {
                of_conviction: true,
                ..
            })
        ));
        assert!(matches!(
            w.relief("DISM PER 1385 PC"),
            Some(Relief::Granted {
                of_conviction: false,
                ..
            })
        ));
    }

    #[test]
    fn later_events_are_told_apart() {
        let w = wordings();
        assert_eq!(w.later("PROBATION REVOKED"), Some(Later::Violated));
        assert_eq!(w.later("PROBATION REVOKED-DENIED"), None);
        assert_eq!(w.later("SENTENCE MODIFIED"), Some(Later::Modified));
        assert_eq!(
            w.later("NO LONGER REQUIRED TO REGISTER/DRUG REG"),
            Some(Later::NeedNotRegister)
        );
        assert_eq!(
            w.plea("CONVICTED-PLEA OF NOLO CONTENDERE"),
            Some(Plea::NoContest)
        );
    }

    #[test]
    fn an_entry_that_looks_for_nothing_is_refused() {
        let text = include_str!("../us-ca/wordings.toml").replacen(
            "exact = [\"SEALED\"]",
            "exact = []",
            1,
        );
        assert!(matches!(
            Wordings::parse(&text),
            Err(WordingsError::Empty { .. })
        ));
    }
}
