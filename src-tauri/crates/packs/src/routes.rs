//! Reads routes from their files and resolves what they refer to.

mod deadline;
mod door;
mod raw;
mod rules;

use record::findings::Status;

use crate::error::{LoadError, Problem};
use crate::fact::{Ages, Circumstance};
use crate::file::TextFile;
use crate::offense::{charge, twice};
use crate::route::{
    Automatic, Due, Except, Gate, Kind, Notice, Procedure, Results, Route, Row, Say, Stop, Warning,
};
use crate::source::Sources;
use crate::test::Terms;
use crate::words::Texts;

pub(crate) use raw::RawRoute;

use door::{Parts, door};
use raw::{
    RawAutomatic, RawGate, RawNotice, RawResults, RawReview, RawRow, RawStop, RawWarning, Word,
};
use rules::{Ends, Steps, ages, rules};

/// What routes refer to.
pub(crate) struct Around<'a> {
    pub(crate) terms: Terms<'a>,
    pub(crate) sources: &'a Sources,
    pub(crate) texts: &'a Texts,
    /// The ids of all routes, in their order.
    pub(crate) ids: &'a [String],
    /// The numbers of the official forms.
    pub(crate) forms: &'a [String],
}

impl RawRoute {
    pub(crate) fn id(&self) -> &Word {
        &self.route.id
    }

    /// The route whose rules it follows, where it has none of its own.
    pub(crate) fn follows(&self) -> Option<&Word> {
        self.automatic.as_ref().map(|automatic| &automatic.like)
    }

    /// Whether it decides by a table of its own.
    pub(crate) fn has_rules(&self) -> bool {
        self.automatic.is_none() && self.grant.is_empty()
    }

    pub(crate) fn order(&self) -> u32 {
        self.route.order
    }

    pub(crate) fn resolve(self, around: &Around<'_>) -> Result<Route, LoadError> {
        let file = around.terms.file;
        around
            .texts
            .need(file, "the route's name", &self.route.id, |w| {
                w.route.keys().collect()
            })?;
        if let Some(until) = self.route.until.filter(|until| *until <= self.route.from) {
            let problem = format!("a route from {} cannot end on {until}", self.route.from);
            return Err(file.error_at(&self.route.id, Problem::Value(problem)));
        }
        let mut seen: Vec<&str> = Vec::new();
        let gates = self.gate.iter().chain(&self.bar).map(|gate| &gate.id);
        for id in gates.chain(self.wait.iter().map(|wait| &wait.id)) {
            if seen.contains(&id.get_ref().as_str()) {
                return Err(twice(file, "the gate, bar or wait", id));
            }
            seen.push(id.get_ref());
        }
        let kind = match self.automatic {
            Some(raw) => Kind::Automatic(raw.resolve(around)?),
            None if !self.grant.is_empty() => Kind::Door(Box::new(door(
                around,
                self.route.scope,
                Parts {
                    gates: self.gate,
                    waits: self.wait,
                    grants: self.grant,
                    notices: self.notice,
                    presumed: self.presumed,
                },
            )?)),
            None if self.presumed.is_some() => {
                let problem = "`[presumed]` stands with `[[grant]]`".to_owned();
                return Err(file.error(0..0, Problem::Value(problem)));
            }
            None => Kind::Rules(Box::new(rules(
                around,
                self.route.juvenile_age.as_ref(),
                self.bears,
                Steps {
                    gates: self.gate,
                    reach: self.reach,
                    bars: self.bar,
                    rows: self.row,
                    excepts: self.except,
                },
                Ends {
                    not_reached: self.not_reached,
                    presumption: self.presumption,
                    lesser: self.lesser,
                    completed: self.completed,
                    serving: self.serving,
                    notices: self.notice,
                },
            )?)),
        };
        let procedure = self.procedure.map(|raw| {
            Ok(Procedure {
                fee: around.texts.word(file, &raw.fee)?,
                fee_form: around.forms(raw.fee_form.as_slice())?.pop(),
                serve: raw
                    .serve
                    .iter()
                    .map(|who| around.texts.word(file, who))
                    .collect::<Result<_, _>>()?,
                notice_days: raw.notice_days,
                notice_levels: raw.notice_levels,
            })
        });
        Ok(Route {
            id: self.route.id.into_inner(),
            from: self.route.from,
            until: self.route.until,
            every_count: self.route.every_count,
            order: self.route.order,
            kind,
            forms: around.forms(&self.route.forms)?,
            juvenile_forms: around.forms(&self.route.juvenile_forms)?,
            procedure: procedure.transpose()?,
            deadlines: deadline::deadlines(around, self.deadline)?,
            warnings: self
                .warning
                .into_iter()
                .map(|w| w.resolve(around))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Around<'_> {
    fn forms(&self, numbers: &[Word]) -> Result<Vec<String>, LoadError> {
        let known = |number: &Word| {
            if self.forms.contains(number.get_ref()) {
                return Ok(number.get_ref().clone());
            }
            let all = self.forms.iter().map(String::as_str);
            let problem = Problem::unknown("the form", number.get_ref(), all);
            Err(self.terms.file.error_at(number, problem))
        };
        numbers.iter().map(known).collect()
    }

    fn say(&self, text: &Word, cite: &Word) -> Result<Say, LoadError> {
        let file = self.terms.file;
        Ok(Say {
            text: self.texts.reason(file, text)?,
            cite: self.sources.resolve(file, cite)?,
        })
    }

    fn review(&self, text: &Word, cite: &Word) -> Result<Say, LoadError> {
        let file = self.terms.file;
        Ok(Say {
            text: self.texts.review(file, text)?,
            cite: self.sources.resolve(file, cite)?,
        })
    }

    fn maybe_review(&self, raw: Option<&RawReview>) -> Result<Option<Say>, LoadError> {
        raw.map(|raw| self.review(&raw.review, &raw.cite))
            .transpose()
    }

    fn notices(&self, raw: Vec<RawNotice>) -> Result<Vec<Notice>, LoadError> {
        raw.into_iter()
            .map(|raw| {
                Ok(Notice {
                    review: self.review(&raw.review, &raw.cite)?,
                    no_lesser: raw.no_lesser,
                    test: raw.test.resolve(&self.terms)?,
                })
            })
            .collect()
    }

    fn stop(&self, raw: &RawStop, cite: &Word) -> Result<Stop, LoadError> {
        let cite = raw.cite.as_ref().unwrap_or(cite);
        let review = raw
            .review
            .as_ref()
            .map(|text| self.review(text, cite))
            .transpose()?;
        if (raw.status == Status::NotEligible) != raw.code.is_some() {
            let problem = "a `code` says why not: with `not_eligible`, and only there".to_owned();
            return Err(self.terms.file.error_at(cite, Problem::Value(problem)));
        }
        Ok(Stop {
            status: raw.status,
            code: raw.code,
            class: raw.is,
            review,
        })
    }

    fn gate(&self, raw: RawGate) -> Result<Gate, LoadError> {
        let stop = |stop: &Option<RawStop>| {
            let stop = stop.as_ref().map(|stop| self.stop(stop, &raw.cite));
            stop.transpose()
        };
        let (then, otherwise) = (stop(&raw.then)?, stop(&raw.otherwise)?);
        let test = raw.test.resolve(&self.terms)?;
        let arguable = match &raw.arguable {
            Some(text) => Some(self.review(text, &raw.cite)?),
            None => {
                let stops = then.iter().chain(&otherwise);
                stops.filter_map(|stop| stop.review.clone()).next()
            }
        };
        // Whether an offense is on a list can be a question of law, and a lawyer who is asked is told between what.
        if arguable.is_none() && test.asks_a_list() {
            let problem = format!(
                "a list can be arguable: give `{}` an `arguable` text for the lawyer",
                raw.id.get_ref()
            );
            return Err(self.terms.file.error_at(&raw.id, Problem::Value(problem)));
        }
        Ok(Gate {
            say: self.say(&raw.say, &raw.cite)?,
            id: raw.id.into_inner(),
            test,
            then,
            otherwise,
            arguable,
        })
    }

    fn route(&self, id: &Word) -> Result<usize, LoadError> {
        self.ids
            .iter()
            .position(|known| known == id.get_ref())
            .ok_or_else(|| {
                let known = self.ids.iter().map(String::as_str);
                self.terms
                    .file
                    .error_at(id, Problem::unknown("route", id.get_ref(), known))
            })
    }

    fn need<T>(&self, value: Option<T>, what: &str) -> Result<T, LoadError> {
        value.ok_or_else(|| {
            let problem = format!("a route with rules needs `[{what}]`");
            self.terms.file.error(0..0, Problem::Value(problem))
        })
    }

    fn results(&self, raw: &RawResults) -> Result<Results, LoadError> {
        Ok(Results {
            path: raw.path,
            mode: raw.mode,
            lawful: raw.lawful,
            infraction: raw.infraction,
            misdemeanor: raw.misdemeanor,
            say: self.say(&raw.say, &raw.cite)?,
        })
    }

    fn row(&self, raw: &RawRow, excepts: &[Except]) -> Result<Row, LoadError> {
        let Terms {
            file,
            limits,
            offenses,
            ..
        } = &self.terms;
        let age = raw
            .age
            .as_ref()
            .map_or(Ok(Ages::ANY), |age| ages(file, age))?;
        let unless = raw.unless.iter().map(|id| {
            excepts
                .iter()
                .position(|e| &e.id == id.get_ref())
                .ok_or_else(|| {
                    let known = excepts.iter().map(|e| e.id.as_str());
                    file.error_at(id, Problem::unknown("exception", id.get_ref(), known))
                })
        });
        let bits = |all: &[Circumstance]| all.iter().fold(0, |mask, c| mask | c.bit());
        Ok(Row {
            of: raw
                .of
                .iter()
                .map(|id| offenses.resolve(file, id))
                .collect::<Result<_, _>>()?,
            age,
            bands: 0,
            by_age: raw.age.is_some(),
            conduct: match &raw.conduct {
                None => u16::MAX,
                Some(classes) => limits.conduct_classes(file, classes)?,
            },
            amount: match &raw.amount {
                None => None,
                Some(classes) => limits.amount_classes(file, classes)?,
            },
            with: bits(&raw.with),
            without: bits(&raw.without),
            from: raw.from,
            until: raw.until,
            is: raw.is,
            or: raw.or,
            unless: unless.collect::<Result<_, _>>()?,
            say: self.say(&raw.say, &raw.cite)?,
            review: self.maybe_review(raw.review.as_ref())?,
            same_review: self.maybe_review(raw.same_review.as_ref())?,
        })
    }
}

impl RawAutomatic {
    // Days that follow one another without a gap: each but the last ends, and later than the one before it.
    fn due(&self, file: &TextFile) -> Result<Vec<Due>, LoadError> {
        let due = self.due.get_ref();
        let (last, earlier) = due.split_last().ok_or_else(|| {
            let problem = "`due` names no day".to_owned();
            file.error_at(&self.due, Problem::Value(problem))
        })?;
        let ends: Vec<_> = earlier.iter().map_while(|due| due.until).collect();
        let in_order = ends.is_sorted_by(|one, next| one < next);
        if last.until.is_some() || ends.len() < earlier.len() || !in_order {
            let problem = "each day of `due` but the last ends, in order, and the last does not";
            return Err(file.error_at(&self.due, Problem::Value(problem.to_owned())));
        }
        Ok(due.clone())
    }

    fn resolve(self, around: &Around<'_>) -> Result<Automatic, LoadError> {
        let Terms { file, offenses, .. } = &around.terms;
        Ok(Automatic {
            like: around.route(&self.like)?,
            due: self.due(file)?,
            judged_before: self.judged_before,
            only: self
                .only
                .iter()
                .map(|id| offenses.resolve(file, id))
                .collect::<Result<_, _>>()?,
            juvenile: self.juvenile,
            say: around.say(&self.say, &self.cite)?,
        })
    }
}

impl RawWarning {
    fn resolve(self, around: &Around<'_>) -> Result<Warning, LoadError> {
        let Terms { file, codes, .. } = &around.terms;
        Ok(Warning {
            code: around.texts.warning(file, &self.code)?,
            cite: around.sources.resolve(file, &self.cite)?,
            status: self.status,
            because: self.because,
            noncitizen: self.noncitizen,
            serving: self.serving,
            classes: self.classes,
            levels: self.levels,
            registered: self
                .registered
                .map(|s| charge(file, codes, &s))
                .transpose()?,
            automatic: self.automatic.map(|id| around.route(&id)).transpose()?,
            full_year_before: self.full_year_before,
        })
    }
}
