//! Findings: an answer put into the contract's form and the pack's words.

use jiff::civil::Date;
use packs::door::Scope;
use packs::route::{Automatic, Kind, Route, Say, Warning as Due};
use packs::source::Cite;
use packs::words::Words;
use record::findings::{
    Code, Finding, Mode, Procedure, Question, Reason, Relief, Review, RouteId, Status,
    Verification, Warning,
};
use record::{Citizenship, Count, DispositionKind, PartKind, PartialDate, SentencePart};

use crate::answer::{Answer, answer};
use crate::contradiction::Contradiction;
use crate::docket::Docket;
use crate::fact::Fact;
use crate::run::Law;
use crate::trace::{Facts, Says, Step};
use crate::{Detail, words};

/// What every finding of one question shares.
pub(crate) struct Asking<'a> {
    pub(crate) docket: &'a Docket<'a>,
    pub(crate) words: &'a Words,
    pub(crate) detail: Detail,
}

/// A finding whose questions are not in order yet: that takes all findings.
pub(crate) struct Open {
    pub(crate) finding: Finding,
    pub(crate) asks: Vec<Fact>,
    pub(crate) order: u32,
    /// What a paper may ask for in the alternative where the finding names no fallback.
    pub(crate) alternative: Option<Relief>,
}

impl<'a> Asking<'a> {
    /// What a route says about a count; nothing where it does not concern it.
    pub(crate) fn find(&self, route: &'a Route, k: usize, c: usize) -> Option<Open> {
        match &route.kind {
            Kind::Rules(rules) => {
                let mut answer = answer(self.docket, Law::Table(rules), k, c);
                let proof = answer.presumes.iter().filter(|fact| fact.is_evidence());
                let proof: Vec<Fact> = proof.copied().collect();
                if let Some(say) = rules.presumption.as_ref().filter(|_| !proof.is_empty()) {
                    let (id, holds) = ("presumption", Some(true));
                    answer.steps.push(Step {
                        id,
                        say,
                        holds,
                        says: Says::Plain,
                        from: proof.into(),
                    });
                }
                let unreached = matches!(
                    answer.verdict.code,
                    Some(Code::OtherJurisdiction | Code::NotAConviction | Code::NotCovered)
                );
                (route.every_count || !unreached).then(|| self.finding(route, k, c, answer))
            }
            Kind::Automatic(automatic) => self.automatic(route, automatic, k, c),
            Kind::Door(door) => {
                let answer = answer(self.docket, Law::Door(door), k, c);
                let unreached = matches!(
                    answer.verdict.code,
                    Some(Code::OtherJurisdiction | Code::NotAConviction | Code::NotCovered)
                );
                // A point for a lawyer is worth a finding though the route is not.
                let pointed = !answer.reviews.is_empty();
                (route.every_count || !unreached || pointed)
                    .then(|| self.finding(route, k, c, answer))
            }
        }
    }

    // Does the process look at this count at all?
    fn looks_at(&self, automatic: &Automatic, answer: &Answer<'_>, k: usize, c: usize) -> bool {
        let listed = answer
            .offense
            .is_some_and(|offense| automatic.only.contains(&offense));
        let unreached = matches!(
            answer.verdict.code,
            Some(
                Code::OtherJurisdiction
                    | Code::NotAConviction
                    | Code::NotCovered
                    | Code::AfterTheAct
            )
        );
        let count = &self.docket.record.cases[k].counts[c];
        let judged = count.disposition.as_ref().and_then(|d| d.date);
        let late = automatic
            .judged_before
            .zip(judged)
            .is_some_and(|(day, judged)| judged.earliest() >= day);
        listed && !unreached && !late && (automatic.juvenile || !self.juvenile(k, c))
    }

    fn automatic(
        &self,
        route: &'a Route,
        automatic: &'a Automatic,
        k: usize,
        c: usize,
    ) -> Option<Open> {
        let other = self.docket.pack.routes.get(automatic.like)?;
        let mut answer = answer(self.docket, Law::Table(other.rules()?), k, c);
        if answer.verdict.status == Status::AlreadyGranted {
            // What was granted says by itself that the count was looked at.
            return Some(self.finding(route, k, c, answer));
        }
        if !self.looks_at(automatic, &answer, k, c) {
            return None;
        }
        if answer.verdict.status == Status::Eligible {
            let due = automatic.due_on(self.docket.as_of) <= self.docket.as_of;
            answer.verdict.status = if due {
                Status::LikelyDone
            } else {
                Status::NotYet
            };
            answer.steps.push(Step {
                id: "automatic",
                say: &automatic.say,
                holds: Some(due),
                says: Says::Plain,
                from: Facts::new(),
            });
        }
        Some(self.finding(route, k, c, answer))
    }

    fn juvenile(&self, k: usize, c: usize) -> bool {
        let case = &self.docket.record.cases[k];
        let kind = case.counts[c].disposition.as_ref().map(|d| d.kind);
        case.juvenile == Some(true) || kind == Some(DispositionKind::Adjudicated)
    }

    fn finding(&self, route: &'a Route, k: usize, c: usize, answer: Answer<'a>) -> Open {
        let case = &self.docket.record.cases[k];
        let verdict = &answer.verdict;
        let open = matches!(
            verdict.status,
            Status::Eligible | Status::LikelyDone | Status::NotYet
        );
        let other = match &route.kind {
            Kind::Rules(_) | Kind::Door(_) => Some(route),
            Kind::Automatic(automatic) => self.docket.pack.routes.get(automatic.like),
        };
        let results = other
            .and_then(Route::rules)
            .map(|rules| match verdict.serving {
                Some(true) => &rules.serving,
                Some(false) | None => &rules.completed,
            });
        let relief = |class| results.filter(|_| open).and_then(|r| r.relief(class));
        let grant = verdict.grant.filter(|_| open);
        let (mode, path) = match (&route.kind, open, verdict.serving) {
            (Kind::Automatic(_), ..) => (Some(Mode::Automatic), None),
            (Kind::Door(_), ..) => (grant.and_then(|g| g.mode), grant.and_then(|g| g.path)),
            (Kind::Rules(_), true, Some(_)) => (results.map(|r| r.mode), results.map(|r| r.path)),
            (Kind::Rules(_), ..) => (None, None),
        };
        let earliest = match &route.kind {
            Kind::Automatic(automatic) if verdict.status == Status::NotYet => {
                Some(automatic.due_on(self.docket.as_of))
            }
            _ => verdict.earliest,
        };
        let scope = route.scope();
        let by_count = scope == Scope::Count;
        let by_case = scope != Scope::Person;
        let juvenile = self.juvenile(k, c);
        let full = self.detail == Detail::Full;
        let mut presumes: Vec<_> = answer.presumes.iter().map(|fact| fact.path()).collect();
        presumes.sort();
        let finding = Finding {
            route: RouteId([&self.docket.pack.id, "/", &route.id].concat()),
            case: by_case.then_some(k),
            count: by_count.then_some(c),
            case_id: case.id.clone().filter(|_| by_case),
            count_id: case.counts[c].id.clone().filter(|_| by_count),
            status: verdict.status,
            code: verdict.code,
            relief: grant
                .and_then(|grant| grant.relief)
                .or_else(|| verdict.class.and_then(relief)),
            fallback: verdict.less.or_else(|| verdict.fallback.and_then(relief)),
            presumes,
            mode,
            path,
            earliest,
            questions: Vec::new(),
            reasons: full.then(|| {
                answer
                    .steps
                    .iter()
                    .map(|step| self.reason(k, c, step))
                    .collect()
            }),
            review: answer
                .reviews
                .iter()
                .map(|review| self.review(review))
                .collect(),
            warnings: self.warnings(route, k, c, &answer),
            procedure: route
                .procedure
                .as_ref()
                .filter(|_| full)
                .map(|p| self.procedure(k, case.counts[c].level, p)),
            forms: if juvenile {
                route.juvenile_forms.clone()
            } else {
                route.forms.clone()
            },
            rank: None,
            verification: self.verification(&answer),
        };
        let alternative = verdict.least.and_then(relief);
        Open {
            alternative: alternative.filter(|_| finding.fallback.is_none()),
            finding,
            asks: answer.asks,
            order: route.order,
        }
    }

    /// The questions of a finding, in the order given.
    pub(crate) fn questions(&self, asks: &[Fact]) -> Vec<Question> {
        asks.iter()
            .map(|fact| {
                let words = self.words.question.get(fact.question());
                let words = words.filter(|_| self.detail == Detail::Full);
                Question {
                    fact: fact.path(),
                    ask: words.map(|w| w.ask.clone()),
                    place: words.map(|w| w.place.clone()),
                    leads: Vec::new(),
                }
            })
            .collect()
    }

    fn cite(&self, cite: Cite) -> String {
        self.docket.pack.sources.get(cite).cite.clone()
    }

    fn reason(&self, k: usize, c: usize, step: &Step<'_>) -> Reason {
        let count = &self.docket.record.cases[k].counts[c];
        Reason {
            id: step.id.to_owned(),
            holds: step.holds,
            text: words::reason(self.words, count, step),
            cite: Some(self.cite(step.say.cite)),
            from: step.from.iter().map(|fact| fact.path()).collect(),
        }
    }

    fn review(&self, say: &Say) -> Review {
        Review {
            text: self
                .words
                .review
                .get(&say.text)
                .cloned()
                .unwrap_or_default(),
            cite: self.cite(say.cite),
        }
    }

    fn procedure(
        &self,
        k: usize,
        level: Option<record::Level>,
        procedure: &packs::route::Procedure,
    ) -> Procedure {
        let county = self.docket.record.cases[k].court.county.as_deref();
        let courts = self.docket.pack.courts.as_ref();
        let known = courts
            .zip(county)
            .and_then(|(courts, name)| Some((courts, courts.county(name)?)));
        Procedure {
            court: known.map(|(courts, county)| courts.caption(county)),
            serve: procedure.serve.clone(),
            notice_days: procedure.notice_days.filter(|_| {
                let named = &procedure.notice_levels;
                named.is_empty() || level.is_some_and(|level| named.contains(&level))
            }),
            fee: self.words.word.get(&procedure.fee).cloned(),
            copies: known
                .and_then(|(_, county)| county.extra_copies)
                .map(u32::from),
        }
    }

    fn verification(&self, answer: &Answer<'_>) -> Verification {
        let steps = answer.steps.iter().map(|step| step.say.cite);
        let cites = steps.chain(answer.rests.iter().copied());
        let status = |cite| self.docket.pack.sources.get(cite).status;
        cites.map(status).min().unwrap_or(Verification::Unverified)
    }

    fn warnings(&self, route: &'a Route, k: usize, c: usize, answer: &Answer<'_>) -> Vec<Warning> {
        let due = route
            .warnings
            .iter()
            .filter(|due| self.due(due, k, c, answer));
        due.map(|due| Warning {
            code: due.code.clone(),
            text: self
                .words
                .warning
                .get(&due.code)
                .cloned()
                .unwrap_or_default(),
            cite: Some(self.cite(due.cite)),
        })
        .collect()
    }

    /// Warns of facts that exclude each other, on every finding about the case or count that has them.
    pub(crate) fn contradictions(&self, clashes: &[Contradiction], finding: &mut Finding) {
        let day = |day: Option<PartialDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let about = |clash: &&Contradiction| clash.concerns(finding.case, finding.count);
        let warnings: Vec<_> = clashes
            .iter()
            .filter(about)
            .map(|clash| {
                let text = self.words.warning.get(clash.kind.key());
                let text = text.map_or(clash.kind.key(), String::as_str);
                Warning {
                    code: "contradiction".to_owned(),
                    text: text
                        .replace("{date}", &day(clash.one))
                        .replace("{day}", &day(clash.other)),
                    cite: None,
                }
            })
            .collect();
        finding.warnings.extend(warnings);
    }

    fn due(&self, due: &Due, k: usize, c: usize, answer: &Answer<'_>) -> bool {
        let verdict = &answer.verdict;
        let person = &self.docket.record.person;
        let count = &self.docket.record.cases[k].counts[c];
        let classes = [verdict.class, verdict.fallback];
        let registered = due.registered.as_ref().is_none_or(|section| {
            person.registrations.iter().flatten().any(|duty| {
                let charge = self.docket.pack.codes.charge(duty.section.as_str());
                charge.is_some_and(|charge| charge.fits(section) == packs::section::Fit::Yes)
            })
        });
        let automatic = due.automatic.is_none_or(|number| {
            let Some(other) = self.docket.pack.routes.get(number) else {
                return false;
            };
            match &other.kind {
                Kind::Automatic(automatic) => {
                    other.exists(self.docket.as_of) && self.looks_at(automatic, answer, k, c)
                }
                Kind::Rules(_) | Kind::Door(_) => false,
            }
        });
        due.status.contains(&verdict.status)
            && due.because.is_none_or(|code| verdict.code == Some(code))
            && (!due.noncitizen || person.citizenship != Some(Citizenship::Citizen))
            && (!due.serving || verdict.serving != Some(false))
            && (due.classes.is_empty()
                || classes
                    .iter()
                    .flatten()
                    .any(|class| due.classes.contains(class)))
            && (due.levels.is_empty()
                || count.level.is_none_or(|level| due.levels.contains(&level)))
            && due.full_year_before.is_none_or(|day| full_year(count, day))
            && registered
            && automatic
    }
}

// A year in jail, to the day, imposed before a day: what was then the most that a jail sentence could be.
fn full_year(count: &Count, before: Date) -> bool {
    let judged = count.disposition.as_ref().and_then(|d| d.date);
    let parts = count.sentence.as_ref().and_then(|s| s.parts.as_deref());
    let year = |part: &SentencePart| {
        part.kind == PartKind::Jail
            && matches!(
                (part.years, part.months, part.days),
                (Some(1), None | Some(0), None | Some(0))
                    | (None | Some(0), Some(12), None | Some(0))
                    | (None | Some(0), None | Some(0), Some(365))
            )
    };
    judged.is_none_or(|judged| judged.earliest() < before)
        && parts.unwrap_or_default().iter().any(year)
}
