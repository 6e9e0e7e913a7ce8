//! The tests of a route, each with the part that puts it.

use super::{Kind, Route};
use crate::test::Test;

/// A test of a route, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The kind of part that puts it, as the file names it.
    pub kind: &'static str,
    /// Its number among the parts of its kind.
    pub number: usize,
    /// The part's name.
    pub name: &'a str,
    /// The test.
    pub test: &'a Test,
}

impl Route {
    /// Every test of the route.
    #[must_use]
    pub fn tests(&self) -> Vec<Asked<'_>> {
        let mut all = Vec::new();
        let mut add = |kind, number, name, test| {
            all.push(Asked {
                kind,
                number,
                name,
                test,
            });
        };
        match &self.kind {
            Kind::Automatic(_) => {}
            Kind::Door(door) => {
                for (n, gate) in door.gates.iter().enumerate() {
                    add("gate", n, gate.id.as_str(), &gate.test);
                }
                for (n, wait) in door.waits.iter().enumerate() {
                    if let Some(test) = &wait.test {
                        add("wait", n, &wait.id, test);
                    }
                }
                for (n, grant) in door.grants.iter().enumerate() {
                    if let Some(test) = &grant.test {
                        add("grant", n, &grant.say.text, test);
                    }
                }
                if let Some(presumed) = &door.presumed {
                    add("presumed", 0, &presumed.id, &presumed.test);
                }
                for (n, notice) in door.notices.iter().enumerate() {
                    add("notice", n, &notice.review.text, &notice.test);
                }
            }
            Kind::Rules(rules) => {
                for (n, gate) in rules.gates.iter().enumerate() {
                    add("gate", n, gate.id.as_str(), &gate.test);
                }
                for (n, bar) in rules.bars.iter().enumerate() {
                    add("bar", n, &bar.id, &bar.test);
                }
                for (n, except) in rules.excepts.iter().enumerate() {
                    add("except", n, &except.id, &except.test);
                }
                for (n, notice) in rules.notices.iter().enumerate() {
                    add("notice", n, &notice.review.text, &notice.test);
                }
            }
        }
        all
    }
}
