//! The rules of a policy taken apart for the window, and put together again.

use packs::Pack;
use packs::policy::Policy;
use serde::{Deserialize, Serialize};
use vault::Act;

use super::pack;
use crate::view::{KeepPolicy, PolicyRule, PolicyRules, ReviewUnder, ReviewView};
use crate::{Desk, Error, Result};

/// A policy's file, as the packs read it.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
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
    disqualified: String,
    #[serde(default)]
    rule: Vec<PolicyRule>,
}

impl File {
    fn of(policy: &Policy) -> Result<Self> {
        toml::from_str(&policy.text()).map_err(|error| Error::Policy(error.to_string()))
    }

    fn read(&self, pack: &Pack) -> Result<Policy> {
        let text = toml::to_string(self).map_err(|error| Error::Policy(error.to_string()))?;
        let read = pack.read_policy(&self.title, &text);
        read.map_err(|error| Error::Policy(error.to_string()))
    }
}

/// A policy with other rules. It is about the same sections, so that no file need be read again.
pub(crate) fn edited(base: &Policy, rules: &PolicyRules, pack: &Pack) -> Result<Policy> {
    let file = File {
        disqualified: rules.disqualified.clone(),
        rule: rules.rules.clone(),
        ..File::of(base)?
    };
    file.read(pack)
}

impl Desk {
    /// The rules of a policy.
    ///
    /// # Errors
    /// The role's; there is no such policy.
    pub fn review_rules(&self, ask: &ReviewUnder) -> Result<PolicyRules> {
        self.needs(Act::Review)?;
        let file = File::of(&self.review_policy(&ask.policy)?)?;
        Ok(PolicyRules {
            disqualified: file.disqualified,
            sections: file.sections,
            rules: file.rule,
        })
    }

    /// Keeps a policy whose rules were changed beside the others, until the program ends.
    ///
    /// # Errors
    /// The role's; [`Error::Policy`] where it has no name or a rule cannot be read.
    pub fn keep_review_policy(&self, ask: &KeepPolicy) -> Result<ReviewView> {
        self.needs(Act::Review)?;
        let pack = pack(self.packs)?;
        let base = self.review_policy(&ask.policy)?;
        let title = ask.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return Err(Error::Policy("it has no name yet".into()));
        }
        let file = File {
            id: title.clone(),
            source: format!("rules of {} changed in this office", base.title),
            title: title.clone(),
            disqualified: ask.edited.disqualified.clone(),
            rule: ask.edited.rules.clone(),
            ..File::of(&base)?
        };
        let policy = file.read(pack)?;
        if pack.policy(&policy.id).is_some() {
            return Err(Error::Policy(format!(
                "`{title}` is one of the program's own: give it another name"
            )));
        }
        let mut room = self.room().state();
        room.own.retain(|known| known.id != policy.id);
        room.texts.retain(|(id, ..)| *id != policy.id);
        room.texts.push((policy.id.clone(), title, policy.text()));
        room.own.push(policy);
        drop(room);
        self.review()
    }

    /// A policy as a file of the packs' form, which the headless command reads too.
    ///
    /// # Errors
    /// The role's; there is no such policy.
    pub fn review_policy_text(&self, ask: &ReviewUnder) -> Result<String> {
        self.needs(Act::Review)?;
        Ok(self.review_policy(&ask.policy)?.text())
    }
}
