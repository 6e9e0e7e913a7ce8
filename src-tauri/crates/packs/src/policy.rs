//! County policies as data: what a prosecutor's office asks the court for, beyond what the law owes.
//!
//! A policy is a list of rules tried from the top; the first whose conditions all hold says what is asked for. A policy decides
//! nothing by itself: the mass review puts it beside the law's own answer and never below it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{LoadError, Problem};
use crate::file::TextFile;
use crate::offense::Offenses;
use crate::route::Route;
use crate::section::{Charge, Codes};

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name on the command line.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Where it is known from, and how sure that is.
    pub source: String,
    /// The route whose answers it stands beside.
    pub route: String,
    /// The sections it is about.
    pub sections: Vec<Charge>,
    /// Other sections that the law is asked about, and on which the policy is silent.
    pub also: Vec<Charge>,
    /// Convictions of other sections that it also decides.
    pub companions: Vec<Charge>,
    /// What a disqualification by law does to the policy's answer.
    pub disqualified: Disqualified,
    /// Its rules, from the top.
    pub rules: Vec<Rule>,
}

/// What a disqualification by law does to the policy's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disqualified {
    /// The law's answer stands.
    #[default]
    Law,
    /// A person decides.
    Review,
    /// The policy's answer stands: the office asks for more than the statute gives.
    Policy,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its conditions; all must hold.
    pub when: When,
    /// What is asked for.
    pub then: Asked,
    /// The reason, in words.
    pub say: String,
}

/// What a policy asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// A person looks at it.
    Review,
    /// A lesser offense.
    Reduce,
    /// Dismissal.
    Dismiss,
}

/// Conditions. Years are counted by the calendar; a person born on February 29 has a birthday on March 1 of a common year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// The conviction is a felony, or is not.
    pub felony: Option<bool>,
    /// It is of one of these sections.
    pub section: Vec<Charge>,
    /// It is of one of the policy's companion sections, or is not.
    pub companion: Option<bool>,
    /// A count of the policy's sections stands in the same cycle, however it ended.
    pub beside_covered: Option<bool>,
    /// The conviction is of this day or later.
    pub convicted_from: Option<Date>,
    /// Under this age on the day of the conviction.
    pub under_at_conviction: Option<u8>,
    /// At least this age on the day asked about.
    pub age: Option<u8>,
    /// At least so many years since this conviction.
    pub years_since: Option<u8>,
    /// More than so many years since the person's last conviction of anything.
    pub years_clean: Option<u8>,
    /// Every conviction of the person is of the policy's sections, or not.
    pub only_covered: Option<bool>,
    /// The person died, or did not.
    pub died: Option<bool>,
    /// The person has more than one conviction, or has not.
    pub several: Option<bool>,
    /// The sentence of this conviction has ended, or has not.
    pub sentence_ended: Option<bool>,
    /// The sentences of all convictions of the policy's sections have ended, or not.
    pub sentences_ended: Option<bool>,
    /// A conviction on this list came before.
    pub listed_before: Option<String>,
    /// A duty to register under this section began before.
    pub registered_before: Option<Charge>,
    /// At least so many earlier convictions, in other cases, of the same section.
    pub same_section_before: Option<u8>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawPolicy {
    id: String,
    title: String,
    source: String,
    route: String,
    sections: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    companions: Vec<String>,
    #[serde(default)]
    disqualified: Disqualified,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    when: RawWhen,
    then: Asked,
    say: String,
}

#[derive(Deserialize, Serialize, Default)]
#[serde(deny_unknown_fields)]
struct RawWhen {
    felony: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    section: Vec<String>,
    companion: Option<bool>,
    beside_covered: Option<bool>,
    convicted_from: Option<Date>,
    under_at_conviction: Option<u8>,
    age: Option<u8>,
    years_since: Option<u8>,
    years_clean: Option<u8>,
    only_covered: Option<bool>,
    died: Option<bool>,
    several: Option<bool>,
    sentence_ended: Option<bool>,
    sentences_ended: Option<bool>,
    listed_before: Option<String>,
    registered_before: Option<String>,
    same_section_before: Option<u8>,
}

/// What a policy's names are looked up in.
pub(crate) struct Around<'a> {
    pub(crate) codes: &'a Codes,
    pub(crate) offenses: &'a Offenses,
    pub(crate) routes: &'a [Route],
}

impl Policy {
    /// Reads a policy file.
    pub(crate) fn load(file: &TextFile, around: &Around<'_>) -> Result<Self, LoadError> {
        let raw: RawPolicy = file.parse()?;
        raw.resolve(around)
            .map_err(|problem| file.error(0..0, problem))
    }

    /// The policy as a file that reads back to the same.
    #[must_use]
    pub fn text(&self) -> String {
        let raw = RawPolicy {
            id: self.id.clone(),
            title: self.title.clone(),
            source: self.source.clone(),
            route: self.route.clone(),
            sections: printed(&self.sections),
            also: printed(&self.also),
            companions: printed(&self.companions),
            disqualified: self.disqualified,
            rule: self.rules.iter().map(RawRule::of).collect(),
        };
        toml::to_string(&raw).unwrap_or_default()
    }
}

impl RawRule {
    fn of(rule: &Rule) -> Self {
        let when = rule.when.clone();
        Self {
            when: RawWhen {
                felony: when.felony,
                section: printed(&when.section),
                companion: when.companion,
                beside_covered: when.beside_covered,
                convicted_from: when.convicted_from,
                under_at_conviction: when.under_at_conviction,
                age: when.age,
                years_since: when.years_since,
                years_clean: when.years_clean,
                only_covered: when.only_covered,
                died: when.died,
                several: when.several,
                sentence_ended: when.sentence_ended,
                sentences_ended: when.sentences_ended,
                listed_before: when.listed_before,
                registered_before: when.registered_before.map(|charge| charge.to_string()),
                same_section_before: when.same_section_before,
            },
            then: rule.then,
            say: rule.say.clone(),
        }
    }
}

fn printed(charges: &[Charge]) -> Vec<String> {
    charges.iter().map(Charge::to_string).collect()
}

impl RawPolicy {
    fn resolve(self, around: &Around<'_>) -> Result<Policy, Problem> {
        let routes = || around.routes.iter().map(|route| route.id.as_str());
        if !routes().any(|id| id == self.route) {
            return Err(Problem::unknown("the route", &self.route, routes()));
        }
        let rules = self
            .rule
            .into_iter()
            .map(|rule| {
                Ok(Rule {
                    when: rule.when.resolve(around)?,
                    then: rule.then,
                    say: rule.say,
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Policy {
            id: self.id,
            title: self.title,
            source: self.source,
            route: self.route,
            sections: charges(&self.sections, around)?,
            also: charges(&self.also, around)?,
            companions: charges(&self.companions, around)?,
            disqualified: self.disqualified,
            rules,
        })
    }
}

impl RawWhen {
    fn resolve(self, around: &Around<'_>) -> Result<When, Problem> {
        if let Some(list) = &self.listed_before {
            let lists = || around.offenses.lists().map(|list| list.id.as_str());
            if !lists().any(|id| id == list) {
                return Err(Problem::unknown("the list", list, lists()));
            }
        }
        let registered: Vec<String> = self.registered_before.into_iter().collect();
        Ok(When {
            felony: self.felony,
            section: charges(&self.section, around)?,
            companion: self.companion,
            beside_covered: self.beside_covered,
            convicted_from: self.convicted_from,
            under_at_conviction: self.under_at_conviction,
            age: self.age,
            years_since: self.years_since,
            years_clean: self.years_clean,
            only_covered: self.only_covered,
            died: self.died,
            several: self.several,
            sentence_ended: self.sentence_ended,
            sentences_ended: self.sentences_ended,
            listed_before: self.listed_before,
            registered_before: charges(&registered, around)?.pop(),
            same_section_before: self.same_section_before,
        })
    }
}

fn charges(printed: &[String], around: &Around<'_>) -> Result<Vec<Charge>, Problem> {
    printed
        .iter()
        .map(|text| {
            around
                .codes
                .charge(text)
                .ok_or_else(|| Problem::Value(format!("`{text}` is no section of law")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::Packs;

    #[test]
    fn every_policy_reads_back_from_its_text() {
        let pack = Packs::builtin()
            .unwrap()
            .iter()
            .find(|pack| !pack.policies.is_empty())
            .unwrap();
        for policy in &pack.policies {
            let again = pack.read_policy("again.toml", &policy.text()).unwrap();
            assert_eq!(again, *policy);
        }
    }
}
