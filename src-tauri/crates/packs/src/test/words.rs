//! Tests in words: what the book prints of a rule, and what the prover says of a question that nobody answered.

use record::Level;
use serde::Serialize;

use super::{Leaf, Now, Since, Test, level_bit};
use crate::Pack;
use crate::door::Anchor;
use crate::offense::ListId;
use crate::section::Charge;

impl Pack {
    /// A test as a sentence that follows on "whether".
    #[must_use]
    pub fn test_in_words(&self, test: &Test) -> String {
        let all = |tests: &[Test], between: &str| {
            let parts: Vec<String> = tests.iter().map(|t| self.part_in_words(t)).collect();
            parts.join(between)
        };
        match test {
            Test::All(tests) => all(tests, " and "),
            Test::Any(tests) => all(tests, " or "),
            Test::Not(test) => format!("it is not so that {}", self.part_in_words(test)),
            Test::AnyCount(_, test) => format!("for some count {}", self.part_in_words(test)),
            Test::One(leaf) => self.leaf_in_words(leaf),
        }
    }

    // Inside of another test, several together stand in brackets.
    fn part_in_words(&self, test: &Test) -> String {
        let words = self.test_in_words(test);
        match test {
            Test::All(_) | Test::Any(_) => format!("({words})"),
            _ => words,
        }
    }

    /// One question, likewise.
    #[must_use]
    pub fn leaf_in_words(&self, leaf: &Leaf) -> String {
        let list = |id: &ListId| format!("the list `{}`", self.offenses.list(*id).id);
        match leaf {
            Leaf::Court(ids) => format!("the court is one of {}", ids.join(" or ")),
            Leaf::Outcome(kinds) => format!("the count is {}", any_of(kinds)),
            Leaf::Granted { by, not_by, effect } => {
                let sections = |all: &[Charge]| {
                    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                    all.join(" or ")
                };
                let what = match effect.as_slice() {
                    [] => "relief was given".to_owned(),
                    effect => format!("it was {}", any_of(effect)),
                };
                match (by.as_slice(), not_by.as_slice()) {
                    ([], []) => what,
                    (by, []) => format!("{what} under {}", sections(by)),
                    ([], but) => format!("{what} under another section than {}", sections(but)),
                    (by, but) => format!("{what} under {}, not {}", sections(by), sections(but)),
                }
            }
            Leaf::OffenseFrom(day) => format!("the offense was on {day} or later"),
            Leaf::Attempt => "it is an attempt".to_owned(),
            Leaf::Conduct(mask) => {
                let all = self.limits.conduct_ids();
                format!("the conduct is {}", among(all, *mask))
            }
            Leaf::Amount(scale, mask) => {
                let classes = &self.limits.scale(*scale).classes;
                let all = classes.iter().map(|class| class.id.as_str());
                format!("the amount is {}", among(all, *mask))
            }
            Leaf::Circumstance(circumstance) => format!("`{}` is so", circumstance.key()),
            Leaf::Prior { list: id, at_least } => format!(
                "at least {at_least} of the convictions before the charge are on {}",
                list(id)
            ),
            Leaf::Companion(id) => format!("a conviction of the same case is on {}", list(id)),
            Leaf::Registered {
                section,
                explained_by,
            } => format!(
                "there is a duty to register under {section} that no conviction on {} explains",
                list(explained_by)
            ),
            Leaf::ElsewhereBefore => {
                "a conviction of another jurisdiction came before the charge".to_owned()
            }
            Leaf::Elsewhere => "there is a conviction of another jurisdiction".to_owned(),
            Leaf::Undated => "the record gives no date of the offense".to_owned(),
            Leaf::Died => "the person has died".to_owned(),
            Leaf::Level(mask) => {
                let levels = [Level::Infraction, Level::Misdemeanor, Level::Felony];
                let levels = levels.into_iter().filter(|l| level_bit(*l) & mask != 0);
                format!("the level is {}", any_of(&levels.collect::<Vec<_>>()))
            }
            Leaf::Listed(id) => format!("the section is on {}", list(id)),
            Leaf::CodeOf(codes) => format!("the section is of {}", codes.join(" or ")),
            Leaf::Sentence(kind) => format!("the sentence has {}", word(kind)),
            Leaf::Violated => "the conditions of the sentence were broken".to_owned(),
            Leaf::Plea(pleas) => format!("the plea was {}", any_of(pleas)),
            Leaf::Serving => "this sentence is still being served".to_owned(),
            Leaf::Now(now) => now_in_words(*now).to_owned(),
            Leaf::EventFrom(event, day) => {
                format!("{} was on {day} or later", anchor_in_words(*event))
            }
            Leaf::Under(age) => {
                format!("the person was under {age} on the day of the offense")
            }
            Leaf::Ever(id) => format!("any conviction of the record is on {}", list(id)),
            Leaf::Since(since) => since_in_words(*since),
            Leaf::Pattern(pattern) => format!(
                "within {} years there are {} convictions or {} arrests on {}",
                pattern.years,
                pattern.convictions,
                pattern.arrests,
                list(&pattern.list)
            ),
            Leaf::Citizen => "the person is known to be a citizen".to_owned(),
            Leaf::Juvenile => "it is a juvenile court's case".to_owned(),
            Leaf::Duty(section) => format!("there is a duty to register under {section}"),
        }
    }
}

fn now_in_words(now: Now) -> &'static str {
    match now {
        Now::Serving => "the person is serving a sentence in custody on that day",
        Now::Probation => "the person is on probation on that day",
        Now::Prcs => "the person is under supervision after release to a county on that day",
        Now::Parole => "the person is on parole or mandatory supervision on that day",
        Now::Supervised => "the person is under any supervision on that day",
        Now::Charged => "the person is charged with an offense on that day",
    }
}

fn since_in_words(since: Since) -> String {
    let what = match since.felony {
        true => "a later felony",
        false => "a later conviction",
    };
    let by = match since.by_offense {
        true => "whose offense came",
        false => "that came",
    };
    let after = anchor_in_words(since.after);
    match since.within {
        None => format!("there is {what} {by} after {after}"),
        Some(years) => format!("there is {what} {by} within {years} years after {after}"),
    }
}

/// An event, as words.
pub(crate) fn anchor_in_words(anchor: Anchor) -> String {
    match anchor {
        Anchor::Judged => "the judgment".to_owned(),
        Anchor::Completed => "the end of the sentence".to_owned(),
        Anchor::Offense => "the offense".to_owned(),
        Anchor::Arrested => "the last arrest".to_owned(),
        Anchor::Born => "the birth".to_owned(),
        Anchor::Day(day) => day.to_string(),
    }
}

// The word of the contract, as it is spoken.
fn word(value: &impl Serialize) -> String {
    let value = toml::Value::try_from(value).ok();
    let word = value.as_ref().and_then(toml::Value::as_str);
    word.unwrap_or_default().replace('_', " ")
}

fn any_of(values: &[impl Serialize]) -> String {
    values.iter().map(word).collect::<Vec<_>>().join(" or ")
}

fn among<'a>(all: impl Iterator<Item = &'a str>, mask: u16) -> String {
    let chosen = all.enumerate().filter(|(n, _)| mask & 1 << n != 0);
    chosen.map(|(_, id)| id).collect::<Vec<_>>().join(" or ")
}
